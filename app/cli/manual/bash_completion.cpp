#include "app/cli/manual/bash_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <string>
#include <vector>

#include "app/cli/manual/described.h"

namespace meanwhile {
namespace {

// "--at=1 --play": how many words each takes.
std::string bash_options(const DescribedCommand& command) {
  std::vector<std::string> words;
  for (const auto& option : command.options)
    for (const auto& name : option.names)
      words.push_back(option.value_count == 0 ? name : fmt::format("{}={}", name, option.value_count));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string bash_words(const DescribedOption& option) {
  if (option.offer == Offer::Files) return "<file>";
  if (option.offer == Offer::Folders) return "<folder>";
  return fmt::format("{}", fmt::join(option.choices, " "));
}

std::string bash_case(const std::string& of, const std::string& words) {
  if (words.empty()) return {};
  return fmt::format("    {}) echo {} ;;\n", shell_quoted(of), shell_quoted(words));
}

std::string bash_values(const DescribedCommand& command) {
  std::string lines;
  for (const auto& option : command.options)
    for (const auto& name : option.names) lines += bash_case(command.path + " " + name, bash_words(option));
  for (std::size_t i = 0; i < command.places.size(); ++i) {
    const auto& place = command.places[i];
    const std::string number = place.is_repeatable ? "*" : std::to_string(i + 1);
    lines += bash_case(command.path + " " + number, bash_words(place));
  }
  return lines;
}

std::string bash_commands(const DescribedCommand& command) {
  std::vector<std::string> names;
  for (const auto& below : command.commands) names.push_back(below.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string bash_function(const char* name, const std::string& cases) {
  return fmt::format("{}() {{\n  case $1 in\n{}  esac\n}}\n", name, cases);
}

// What uses the tables. Bash splits words at "=": "--page", "=", "in".
constexpr const char* kBashWork = R"bash(
# $1: a command. Its options and those of the commands above it.
_meanwhile_all_options() {
  local path=$1
  _meanwhile_options "$path"
  while [[ $path == *' '* ]]; do
    path=${path% *}
    _meanwhile_options "$path"
  done
}

# $1: a command, $2: an option. How many words it takes.
_meanwhile_count() {
  local each
  for each in $(_meanwhile_all_options "$1"); do
    if [[ ${each%%=*} == "$2" && $each == *=* ]]; then
      echo "${each#*=}"
      return
    fi
  done
  echo 0
}

# $1: a command, $2: an option of it or of one above.
_meanwhile_option_values() {
  local path=$1 values
  while :; do
    values=$(_meanwhile_values "$path $2")
    [[ -z $values && $path == *' '* ]] || break
    path=${path% *}
  done
  echo "$values"
}

# $1: what is offered, $2: the word as far as it is typed.
_meanwhile_offer() {
  case $1 in
    '<file>' | '<folder>')
      compopt -o filenames 2>/dev/null
      local kind=-f
      [[ $1 == '<file>' ]] || kind=-d
      mapfile -t COMPREPLY < <(compgen "$kind" -- "$2")
      ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2") ;;
  esac
}

_meanwhile_offer_options() {
  local each names=''
  for each in $(_meanwhile_all_options "$1"); do names+=" ${each%%=*}"; done
  _meanwhile_offer "$names" "$2"
}

# $1: a command, $2: how many words stand behind it.
_meanwhile_offer_word() {
  local values
  values=$(_meanwhile_values "$1 $2")
  [[ -n $values ]] || values=$(_meanwhile_values "$1 *")
  [[ $values == '<'* ]] || values="$(_meanwhile_commands "$1") $values"
  _meanwhile_offer "$values" "$3"
}

_meanwhile() {
  local path=meanwhile option='' left=0 place=1 each i
  local word=${COMP_WORDS[COMP_CWORD]}
  [[ $word != '=' ]] || word=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    each=${COMP_WORDS[i]}
    if [[ $each == '=' ]]; then
      continue
    elif ((left > 0)); then
      left=$((left - 1))
    elif [[ $each == -* ]]; then
      option=$each
      left=$(_meanwhile_count "$path" "$each")
    elif [[ " $(_meanwhile_commands "$path") " == *" $each "* ]]; then
      path="$path $each"
      place=1
    else
      place=$((place + 1))
    fi
  done
  COMPREPLY=()
  if ((left > 0)); then
    _meanwhile_offer "$(_meanwhile_option_values "$path" "$option")" "$word"
  elif [[ $word == -* ]]; then
    _meanwhile_offer_options "$path" "$word"
  else
    _meanwhile_offer_word "$path" "$place" "$word"
  fi
}

complete -F _meanwhile meanwhile
)bash";

}  // namespace

std::string bash_completion(const DescribedCommand& program) {
  std::string commands;
  std::string options;
  std::string values;
  for (const DescribedCommand* each : with_all_below(program)) {
    commands += bash_case(each->path, bash_commands(*each));
    options += bash_case(each->path, bash_options(*each));
    values += bash_values(*each);
  }
  return "# bash completion for meanwhile, made by it from its own commands.\n\n"
         "# What each command has below it.\n" +
         bash_function("_meanwhile_commands", commands) +
         "\n# The options of each; behind = how many words one takes.\n" +
         bash_function("_meanwhile_options", options) +
         "\n# What an option, or the word in a place, may be.\n" +
         bash_function("_meanwhile_values", values) + kBashWork;
}

}  // namespace meanwhile
