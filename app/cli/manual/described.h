// What the command line takes, as data: what its manual page and the shells' completions are made of.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace meanwhile {

// What a shell may offer where a word is typed.
enum class Offer { Choices, Files, Folders };

struct DescribedOption {
  std::vector<std::string> names;    // "-h", "--help"; empty: a word in its place
  std::string value;                 // "T", "on|off", "CLIP"; "": takes none
  int value_count = 0;               // words that it takes
  std::string words;                 // what it is for
  std::string usual;                 // without it; "": not said
  std::vector<std::string> choices;  // with Offer::Choices: what to offer, perhaps nothing
  Offer offer = Offer::Choices;
  bool is_required = false;
  bool is_repeatable = false;
};

struct DescribedCommand {
  std::string path;  // "meanwhile library use"
  std::string name;  // "use"
  std::string words;
  std::vector<DescribedOption> options;  // its own; it takes those of the commands above, too
  std::vector<DescribedOption> places;   // in their order
  std::vector<DescribedCommand> commands;
};

// All that isn't hidden. cli isn't changed: CLI11 has no other way to its validators.
DescribedCommand describe(CLI::App& cli);

// The command and all below it, each before its own, in their order.
std::vector<const DescribedCommand*> with_all_below(const DescribedCommand& command);

// Around `words`, for a shell: 'It'\''s'.
std::string shell_quoted(const std::string& words);

}  // namespace meanwhile
