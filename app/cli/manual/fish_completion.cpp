#include "app/cli/manual/fish_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/manual/described.h"

namespace meanwhile {
namespace {

// Within fish's single quotes only these two are special.
std::string fish_quoted(std::string_view words) {
  std::string quoted = "'";
  for (const char letter : words) {
    if (letter == '\'' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + "'";
}

std::string fish_condition(const char* function, const DescribedCommand& command) {
  return fish_quoted(std::string(function) + " " + fish_quoted(command.path));
}

std::string fish_words(const DescribedOption& option) {
  if (option.value_count == 0) return {};
  if (option.offer == Offer::Files) return " -r -F";
  if (option.offer == Offer::Folders) return " -x -a '(__fish_complete_directories)'";
  if (option.choices.empty()) return " -x";
  return " -x -a " + fish_quoted(fmt::format("{}", fmt::join(option.choices, " ")));
}

std::string fish_option(const DescribedCommand& command, const DescribedOption& option) {
  std::string line = "complete -c meanwhile -n " + fish_condition("__meanwhile_below", command);
  for (const std::string_view name : option.names)
    line += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                   : fmt::format(" -s {}", name.substr(1));
  return line + fish_words(option) + " -d " + fish_quoted(option.words) + "\n";
}

std::string fish_place(const DescribedCommand& command, const DescribedOption& place) {
  std::string line = "complete -c meanwhile -n " + fish_condition("__meanwhile_at", command);
  if (place.offer == Offer::Files) return line + " -F\n";
  if (place.offer == Offer::Folders) return line + " -a '(__fish_complete_directories)'\n";
  if (place.choices.empty()) return {};
  return line + " -a " + fish_quoted(fmt::format("{}", fmt::join(place.choices, " "))) + "\n";
}

std::string fish_lines(const DescribedCommand& command) {
  std::string lines;
  for (const auto& option : command.options) lines += fish_option(command, option);
  for (const auto& below : command.commands)
    lines +=
        fmt::format("complete -c meanwhile -n {} -a {} -d {}\n", fish_condition("__meanwhile_at", command),
                    fish_quoted(below.name), fish_quoted(below.words));
  for (const auto& place : command.places) lines += fish_place(command, place);
  return lines;
}

// "case 'meanwhile list'; echo …", for commands and for options that take a word.
std::string fish_cases(const DescribedCommand& program, bool of_options) {
  std::string cases;
  for (const DescribedCommand* each : with_all_below(program)) {
    std::vector<std::string> words;
    if (of_options) {
      for (const auto& option : each->options)
        if (option.value_count > 0) words.insert(words.end(), option.names.begin(), option.names.end());
    } else {
      for (const auto& below : each->commands) words.push_back(below.name);
    }
    if (!words.empty())
      cases += fmt::format("    case {}\n      string split -- ' ' {}\n", fish_quoted(each->path),
                           fish_quoted(fmt::format("{}", fmt::join(words, " "))));
  }
  return cases;
}

std::string fish_function(const char* name, const std::string& cases) {
  return fmt::format("function {}\n  switch $argv[1]\n{}  end\nend\n\n", name, cases);
}

constexpr const char* kFishWork = R"fish(# The command that is typed, with those above it.
function __meanwhile_path
  set -l path meanwhile
  set -l words (commandline -opc)
  set -l is_value 0
  for word in $words[2..-1]
    if test $is_value = 1
      set is_value 0
    else if string match -q -- '-*' $word
      set -l above $path
      while test -n "$above"
        contains -- $word (__meanwhile_valued $above); and set is_value 1
        set above (string match -r '^(.*) [^ ]*$' -g -- $above)
      end
    else if contains -- $word (__meanwhile_commands $path)
      set path "$path $word"
    end
  end
  echo $path
end

function __meanwhile_at
  test (__meanwhile_path) = $argv[1]
end

function __meanwhile_below
  string match -q -- "$argv[1] *" (__meanwhile_path)" "
end

)fish";

}  // namespace

std::string fish_completion(const DescribedCommand& program) {
  std::string script =
      "# fish completion for meanwhile, made by it from its own commands.\n\n"
      "# What each command has below it.\n" +
      fish_function("__meanwhile_commands", fish_cases(program, false)) +
      "# The options of each that take a word.\n" +
      fish_function("__meanwhile_valued", fish_cases(program, true)) + kFishWork +
      "complete -c meanwhile -f\n";
  for (const DescribedCommand* each : with_all_below(program)) script += fish_lines(*each);
  return script;
}

}  // namespace meanwhile
