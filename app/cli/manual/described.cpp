#include "app/cli/manual/described.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/usage.h"

namespace meanwhile {
namespace {

// What an option without values has as the number of them; more than this is "as many as there are".
constexpr int kMostValues = 4;

std::vector<std::string> option_names(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const auto& name : option.get_snames()) names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

// CLI11 appends what its validators say: "INT:POSITIVE".
std::string option_value(const CLI::Option& option) {
  const std::string said = option.get_type_name();
  const std::string name = said.substr(0, said.find(':'));
  if (name == "INT" || name == "UINT" || name == "FLOAT") return "NUMBER";
  return name.empty() ? "TEXT" : name;
}

std::string in_capitals(std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char letter) { return char(std::toupper(letter)); });
  return word;
}

// By what its value is called: FILE, FILE.png, OUT.mp4, DIR.
Offer offer_for(std::string_view value) {
  if (value.starts_with("FILE") || value.starts_with("OUT.")) return Offer::Files;
  return value == "DIR" ? Offer::Folders : Offer::Choices;
}

DescribedOption described_option(CLI::Option& option) {
  DescribedOption result{.names = option_names(option),
                         .words = option.get_description(),
                         .usual = option.get_default_str(),
                         .is_required = option.get_required(),
                         .is_repeatable = option.get_expected_max() > kMostValues};
  if (option.get_items_expected_max() == 0) return result;
  result.value_count = std::clamp(option.get_type_size_max(), 1, kMostValues);
  result.value = option_value(option);
  result.offer = offer_for(result.value);
  result.choices = choices_of(option);
  if (result.names.empty() && result.value == "TEXT") result.value = in_capitals(option.get_name(true));
  return result;
}

DescribedCommand described_command(CLI::App& command, const std::string& above) {
  DescribedCommand result{
      .path = above + command.get_name(), .name = command.get_name(), .words = command.get_description()};
  for (CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;
    (option->nonpositional() ? result.options : result.places).push_back(described_option(*option));
  }
  for (CLI::App* below : command.get_subcommands({}))
    if (!below->get_group().empty()) result.commands.push_back(described_command(*below, result.path + " "));
  return result;
}

}  // namespace

DescribedCommand describe(CLI::App& cli) {
  return described_command(cli, "");
}

std::vector<const DescribedCommand*> with_all_below(const DescribedCommand& command) {
  std::vector<const DescribedCommand*> all{&command};
  for (const DescribedCommand& below : command.commands)
    for (const DescribedCommand* each : with_all_below(below)) all.push_back(each);
  return all;
}

std::string shell_quoted(const std::string& words) {
  std::string quoted = "'";
  for (const char letter : words) {
    if (letter == '\'')
      quoted += "'\\''";
    else
      quoted += letter;
  }
  return quoted + "'";
}

}  // namespace meanwhile
