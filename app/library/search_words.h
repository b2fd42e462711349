// Text and queries as SQLite's FTS5 takes them: ICU finds the words and folds them, FTS5's tokenizer
// ("ascii") only sees spaces. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meanwhile {

// The words, folded (letter_folding.h), with one space between them; punctuation, signs and emoji are none.
// Thai, Lao, Khmer and Burmese, which put no spaces between words, are broken by ICU's dictionaries; of
// Chinese, Japanese and Korean each character stands alone: so that a word in the middle of a sentence is
// found.
std::string searchable_text(std::string_view text);

// What a person typed as an FTS5 expression: all words, the last as a beginning; nothing in it is an
// operator. nullopt: there is no word in it.
std::optional<std::string> match_expression(std::string_view words);

}  // namespace meanwhile
