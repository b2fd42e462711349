#include "app/cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace meanwhile {
namespace {

// Letters that are wrong, missing, too many, or changed places with their neighbour ("optimal string
// alignment").
std::size_t typos_between(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> typos(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) typos[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) typos[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      typos[i][j] = std::min({typos[i - 1][j] + 1, typos[i][j - 1] + 1, typos[i - 1][j - 1] + other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        typos[i][j] = std::min(typos[i][j], typos[i - 2][j - 2] + 1);
    }
  }
  return typos[a.size()][b.size()];
}

// The command that was meant: as many of its words as were known.
const CLI::App& command_of(const CLI::App& cli) {
  const auto below = cli.get_subcommands();
  return below.empty() ? cli : command_of(*below.front());
}

// As it is typed: "meanwhile library".
std::string typed(const CLI::App& command) {
  const auto* above = command.get_parent();
  return above ? typed(*above) + " " + command.get_name() : command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  // Those without a group are for the program itself.
  for (const auto* command :
       app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
    names.push_back(command->get_name());
  return names;
}

// With those of the commands above, which it takes too.
std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* app = &command; app; app = app->get_parent()) {
    for (const auto* option : app->get_options()) {
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::string perhaps(std::string_view word, const std::vector<std::string>& known) {
  const auto nearest = nearest_word(word, known);
  return nearest ? fmt::format(" Did you mean '{}'?", *nearest) : "";
}

std::string unknown_sentence(const CLI::App& command, const std::vector<std::string>& unknown) {
  const auto option =
      std::ranges::find_if(unknown, [](const std::string& word) { return word.starts_with('-'); });
  if (option != unknown.end()) {
    const std::string name = option->substr(0, option->find('='));
    return fmt::format("'{}' has no option '{}'.{}", typed(command), name,
                       perhaps(name, options_of(command)));
  }
  const auto commands = commands_of(command);
  if (commands.empty())
    return fmt::format("'{}' was not expected behind '{}'.", unknown.front(), typed(command));
  const auto meant = perhaps(unknown.front(), commands);
  return fmt::format("'{}' is no command of '{}'.{}", unknown.front(), typed(command),
                     meant.empty() ? fmt::format(" There are: {}.", fmt::join(commands, ", ")) : meant);
}

std::string missing_sentence(const CLI::App& command, const std::string& said) {
  const auto commands = commands_of(command);
  if (!commands.empty())
    return fmt::format("'{}' needs one of: {}.", typed(command), fmt::join(commands, ", "));
  return fmt::format("'{}': {}.", typed(command), said);
}

// "Could not convert: kbit = abc": what is converted is numbers.
std::string number_sentence(const std::string& said) {
  const auto name = said.find(": ");
  const auto value = said.find(" = ");
  if (name == said.npos || value == said.npos) return said + ".";
  return fmt::format("{}: '{}' is not a number.", said.substr(name + 2, value - name - 2),
                     said.substr(value + 3));
}

// The name of a validator is nobody's but ours: there the words can be found again, and help doesn't show it.
constexpr std::string_view kChoices = "choices: ";

CLI::Validator naming(const std::vector<std::string>& words,
                      const std::function<std::string(const std::string&)>& judge) {
  return {[judge](std::string& word) { return judge(word); }, "",
          fmt::format("{}{}", kChoices, fmt::join(words, " "))};
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& known) {
  std::optional<std::string> nearest;
  std::size_t fewest = std::max<std::size_t>(1, std::min<std::size_t>(3, word.size() / 3)) + 1;
  for (const auto& candidate : known) {
    const bool begins = word.size() > 1 && candidate.starts_with(word);
    const std::size_t typos = begins ? 1 : typos_between(word, candidate);
    if (typos >= fewest) continue;
    fewest = typos;
    nearest = candidate;
  }
  return nearest;
}

CLI::Validator one_of(const std::vector<std::string>& words) {
  return naming(words, [words](const std::string& word) -> std::string {
    if (std::ranges::find(words, word) != words.end()) return {};
    return fmt::format("'{}' is none of {}.{}", word, fmt::join(words, ", "), perhaps(word, words));
  });
}

CLI::Validator such_as(const std::vector<std::string>& words) {
  return naming(words, [](const std::string&) { return std::string(); });
}

std::vector<std::string> choices_of(CLI::Option& option) {
  std::vector<std::string> words;
  try {
    const std::string name = option.get_validator()->get_name();
    if (!name.starts_with(kChoices)) return {};
    for (const auto word : std::views::split(std::string_view(name).substr(kChoices.size()), ' '))
      words.emplace_back(word.begin(), word.end());
  } catch (const CLI::OptionNotFound&) {  // it has none
  }
  return words;
}

std::function<std::string(const std::string&)> whole_number(long least, long most) {
  return [=](const std::string& word) -> std::string {
    long number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc() && end == word.data() + word.size() && number >= least && number <= most)
      return {};
    return fmt::format("'{}' is not a whole number from {} to {}.", word, least, most);
  };
}

std::string usage_sentence(const CLI::App& cli, const CLI::ParseError& error) {
  const CLI::App& command = command_of(cli);
  const auto unknown = cli.remaining(true);
  std::string sentence = error.what();
  if (!unknown.empty())
    sentence = unknown_sentence(command, unknown);
  else if (dynamic_cast<const CLI::RequiredError*>(&error))
    sentence = missing_sentence(command, sentence);
  else if (dynamic_cast<const CLI::ConversionError*>(&error))
    sentence = number_sentence(sentence);
  else if (!sentence.ends_with('.') && !sentence.ends_with('?'))
    sentence += ".";
  return fmt::format("{} '{} --help' tells what it takes.", sentence, typed(command));
}

}  // namespace meanwhile
