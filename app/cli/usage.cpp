#include "app/cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/translation.h"

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
  return nearest ? " " + tr_format("Did you mean '{}'?", *nearest) : "";
}

std::string unknown_sentence(const CLI::App& command, const std::vector<std::string>& unknown) {
  const auto option =
      std::ranges::find_if(unknown, [](const std::string& word) { return word.starts_with('-'); });
  if (option != unknown.end()) {
    const std::string name = option->substr(0, option->find('='));
    // TRANSLATORS: {0} is a command, {1} an option.
    return tr_format("'{}' has no option '{}'.", typed(command), name) + perhaps(name, options_of(command));
  }
  const auto commands = commands_of(command);
  if (commands.empty())
    return tr_format("'{}' was not expected behind '{}'.", unknown.front(), typed(command));
  const auto meant = perhaps(unknown.front(), commands);
  // TRANSLATORS: {1} is a command that has commands of its own.
  return tr_format("'{}' is no command of '{}'.", unknown.front(), typed(command)) +
         (meant.empty() ? " " + tr_format("There are: {}.", fmt::join(commands, ", ")) : meant);
}

std::string missing_sentence(const CLI::App& command, const std::string& said) {
  const auto commands = commands_of(command);
  if (!commands.empty())
    return tr_format("'{}' needs one of: {}.", typed(command), fmt::join(commands, ", "));
  return fmt::format("'{}': {}.", typed(command), said);
}

// What CLI11 says, as far as it says it for one of our commands. For tr().
constexpr std::array kLibrarySentences{
    // TRANSLATORS: {} is an option or a command's word, such as "clip".
    tr_later("{} is required"),
    // TRANSLATORS: Both are options.
    tr_later("{} requires {}"),
    // TRANSLATORS: Both are options.
    tr_later("{} excludes {}"),
    // TRANSLATORS: {0} is an option, {1} how many values are missing, {2} of which kind: "TEXT".
    tr_later("{}: {} required {} missing"),
    // TRANSLATORS: {0} is an option.
    tr_later("{}: Value {} not in range {} to {}"),
};

// What stands in `said` where the sentence has {}; nullopt: it isn't that sentence.
using Parts = std::array<std::string, 4>;
std::optional<Parts> parts_of(std::string_view said, std::string_view sentence) {
  constexpr std::string_view kHole = "{}";
  Parts parts;
  for (std::size_t i = 0;; ++i) {
    const auto hole = sentence.find(kHole);
    if (hole == sentence.npos) return said == sentence ? std::optional(std::move(parts)) : std::nullopt;
    if (i == parts.size() || !said.starts_with(sentence.substr(0, hole))) return std::nullopt;
    said.remove_prefix(hole);
    sentence.remove_prefix(hole + kHole.size());
    const auto behind = sentence.substr(0, sentence.find(kHole));
    const auto end = behind.empty() ? said.size() : said.find(behind);
    if (end == said.npos) return std::nullopt;
    parts[i] = said.substr(0, end);
    said.remove_prefix(end);
  }
}

std::string translated(const std::string& said) {
  for (const char* sentence : kLibrarySentences) {
    if (const auto parts = parts_of(said, sentence))
      return tr_format(fmt::runtime(sentence), (*parts)[0], (*parts)[1], (*parts)[2], (*parts)[3]);
  }
  return said;
}

// "Could not convert: kbit = abc": what is converted is numbers.
std::string number_sentence(const std::string& said) {
  const auto name = said.find(": ");
  const auto value = said.find(" = ");
  if (name == said.npos || value == said.npos) return said + ".";
  // TRANSLATORS: {0} is an option or a command's word, such as "kbit".
  return tr_format("{}: '{}' is not a number.", said.substr(name + 2, value - name - 2),
                   said.substr(value + 3));
}

// The name of a validator is nobody's but ours: there the words can be found again, and help doesn't show it.
constexpr std::string_view kChoices = "choices: ";

CLI::Validator naming(const std::vector<std::string>& words,
                      const std::function<std::string(const std::string&)>& judge) {
  return {[judge](std::string& word) { return judge(word); }, "",
          fmt::format("{}{}", kChoices, fmt::join(words, " "))};
}

// The headings of its help, and the options that CLI11 adds.
void translate_parts(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_group() == "Options") option->group(tr_in("help of a command", "Options"));
  }
  if (auto* help = app.get_help_ptr()) help->description(tr("Print this help message and exit"));
  if (auto* version = app.get_version_ptr())
    version->description(tr("Display program version information and exit"));
  for (CLI::App* below : app.get_subcommands({})) {
    if (below->get_group() == "Subcommands") below->group(tr_in("help of a command", "Subcommands"));
    translate_parts(*below);
  }
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
    return tr_format("'{}' is none of {}.", word, fmt::join(words, ", ")) + perhaps(word, words);
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
    return tr_format("'{}' is not a whole number from {} to {}.", word, least, most);
  };
}

void translate_cli_words(CLI::App& cli) {
  const auto formatter = cli.get_formatter();
  formatter->label("Usage", tr_in("help of a command", "Usage"));
  // TRANSLATORS: On the line of usage, in brackets.
  formatter->label("OPTIONS", tr_in("help of a command", "OPTIONS"));
  // TRANSLATORS: On the line of usage, in brackets.
  formatter->label("SUBCOMMAND", tr_in("help of a command", "SUBCOMMAND"));
  formatter->label("SUBCOMMANDS", tr_in("help of a command", "SUBCOMMANDS"));
  // TRANSLATORS: Over the words that a command takes without an option before them.
  formatter->label("Positionals", tr_in("help of a command", "Positionals"));
  // TRANSLATORS: Of an option.
  formatter->label("REQUIRED", tr_in("help of a command", "REQUIRED"));
  // TRANSLATORS: Before the options without which this one can't be given.
  formatter->label("Needs", tr_in("help of a command", "Needs"));
  // TRANSLATORS: Before the options with which this one can't be given.
  formatter->label("Excludes", tr_in("help of a command", "Excludes"));
  translate_parts(cli);
}

std::string usage_sentence(const CLI::App& cli, const CLI::ParseError& error) {
  const CLI::App& command = command_of(cli);
  const auto unknown = cli.remaining(true);
  std::string sentence = translated(error.what());
  if (!unknown.empty())
    sentence = unknown_sentence(command, unknown);
  else if (dynamic_cast<const CLI::RequiredError*>(&error))
    sentence = missing_sentence(command, sentence);
  else if (dynamic_cast<const CLI::ConversionError*>(&error))
    sentence = number_sentence(error.what());
  else if (!sentence.ends_with('.') && !sentence.ends_with('?'))
    sentence += ".";
  return sentence + " " + tr_format("'{} --help' tells what it takes.", typed(command));
}

}  // namespace meanwhile
