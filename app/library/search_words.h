// Text and queries as SQLite's FTS5 takes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meanwhile {

// Scripts that put no spaces between words (Chinese, Japanese, Korean) get one around each character: so that
// a word in the middle of a sentence is found.
std::string searchable_text(std::string_view text);

// What a person typed as an FTS5 expression: all words, the last as a beginning; nothing in it is an
// operator. nullopt: there is no word in it.
std::optional<std::string> match_expression(std::string_view words);

}  // namespace meanwhile
