// What somebody is told who mistyped a command.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meanwhile {

// Of `known`, what `word` was probably meant to be: its beginning, or up to a third of its letters off.
std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& known);

// For CLI::Option::check. One of these words; the sentence names them all.
CLI::Validator one_of(const std::vector<std::string>& words);
// The same for a command that judges the word itself: these are what shells offer.
CLI::Validator such_as(const std::vector<std::string>& words);
// What one_of or such_as was given; none: neither was used.
std::vector<std::string> choices_of(CLI::Option& option);
std::function<std::string(const std::string&)> whole_number(long least, long most);

// CLI11's own words in help, in the reader's language: of cli and all its commands, once they are there.
void translate_cli_words(CLI::App& cli);

// What was wrong and what is allowed, for standard error. cli: whose parse() threw `error`.
std::string usage_sentence(const CLI::App& cli, const CLI::ParseError& error);

}  // namespace meanwhile
