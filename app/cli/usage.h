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
std::function<std::string(const std::string&)> one_of(std::vector<std::string> words);
std::function<std::string(const std::string&)> whole_number(long least, long most);

// What was wrong and what is allowed, for standard error. cli: whose parse() threw `error`.
std::string usage_sentence(const CLI::App& cli, const CLI::ParseError& error);

}  // namespace meanwhile
