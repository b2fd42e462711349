#include "app/cli/manual/zsh_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/manual/described.h"

namespace meanwhile {
namespace {

// A text within a specification of _arguments.
std::string zsh_escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == ':' || letter == '[' || letter == ']' || letter == '\\') result += '\\';
    result += letter;
  }
  return result;
}

std::string zsh_function(std::string path) {
  std::ranges::replace(path, ' ', '_');
  return "_" + path;
}

std::string zsh_words(const DescribedOption& option) {
  if (option.offer == Offer::Files) return "_files";
  if (option.offer == Offer::Folders) return "_files -/";
  if (option.choices.empty()) return " ";
  return fmt::format("({})", fmt::join(option.choices, " "));
}

// "'--page=[The page]:PAGE:(inbox record)'", one for each name.
std::vector<std::string> zsh_option(const DescribedOption& option) {
  std::vector<std::string> words;
  for (const auto& name : option.names) {
    // Another name of it isn't offered any more, nor the same, unless it may come again.
    std::string word = option.is_repeatable ? "*" : fmt::format("({})", fmt::join(option.names, " "));
    word += name;
    if (option.value_count > 0 && name.starts_with("--")) word += "=";
    word += fmt::format("[{}]", zsh_escaped(option.words));
    for (int i = 0; i < option.value_count; ++i)
      word += fmt::format(":{}:{}", zsh_escaped(option.value), zsh_words(option));
    words.push_back(shell_quoted(word));
  }
  return words;
}

std::string zsh_place(const DescribedOption& place, std::size_t number) {
  const std::string which = place.is_repeatable ? "*" : std::to_string(number);
  return shell_quoted(fmt::format("{}:{}:{}", which, zsh_escaped(place.value), zsh_words(place)));
}

std::string zsh_options(const std::vector<const DescribedCommand*>& with_those_above) {
  std::string text;
  for (const DescribedCommand* each : with_those_above)
    for (const auto& option : each->options) {
      const bool is_taken =
          each != with_those_above.back() &&
          std::ranges::any_of(with_those_above.back()->options,
                              [&](const DescribedOption& own) { return own.names == option.names; });
      if (is_taken) continue;
      for (const auto& word : zsh_option(option)) text += " \\\n    " + word;
    }
  return text;
}

std::string zsh_commands(const DescribedCommand& command) {
  std::string text;
  for (const auto& below : command.commands)
    text += "        " + shell_quoted(zsh_escaped(below.name) + ":" + below.words) + "\n";
  return text;
}

std::string zsh_leaf(const DescribedCommand& command, const std::string& name, const std::string& options) {
  std::string text = fmt::format("{}() {{\n  _arguments -S{}", name, options);
  for (std::size_t i = 0; i < command.places.size(); ++i)
    text += " \\\n    " + zsh_place(command.places[i], i + 1);
  return text + "\n}\n\n";
}

// A command of commands: the first word says which one goes on; another word is its own.
std::string zsh_branch(const DescribedCommand& command, const std::string& name, const std::string& options) {
  std::string cases;
  for (const auto& below : command.commands)
    cases += fmt::format("        {}) {} ;;\n", below.name, zsh_function(below.path));
  return fmt::format(R"zsh({0}() {{
  local curcontext=$curcontext state line
  local -a commands
  _arguments -C -S{1} \
    '1: :->first' '*:: :->rest'
  case $state in
    first)
      commands=(
{2}      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
{3}        *) {0}_itself ;;
      esac
      ;;
  esac
}}

)zsh",
                     name, options, zsh_commands(command), cases);
}

std::string zsh_functions(const DescribedCommand& command, std::vector<const DescribedCommand*> above) {
  above.push_back(&command);
  const std::string name = zsh_function(command.path);
  const std::string options = zsh_options(above);
  if (command.commands.empty()) return zsh_leaf(command, name, options);
  DescribedCommand itself = command;
  if (!itself.places.empty()) itself.places.erase(itself.places.begin());  // it is typed already
  std::string text = zsh_leaf(itself, name + "_itself", options) + zsh_branch(command, name, options);
  for (const auto& below : command.commands) text += zsh_functions(below, above);
  return text;
}

}  // namespace

std::string zsh_completion(const DescribedCommand& program) {
  return "#compdef meanwhile\n# Made by meanwhile from its own commands.\n\n" + zsh_functions(program, {}) +
         "_meanwhile \"$@\"\n";
}

}  // namespace meanwhile
