// Text that other people wrote: valid UTF-8, counted in characters, and made safe to show.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace meanwhile {

constexpr char32_t kReplacementCharacter = 0xFFFD;

// Takes one code point off the front of text, which must not be empty. nullopt: what stood there was not
// valid UTF-8 (overlong, a surrogate, beyond U+10FFFF, cut off); then one byte is taken.
std::optional<char32_t> take_code_point(std::string_view& text);
void append_code_point(std::string& text, char32_t code_point);

bool is_valid_utf8(std::string_view text);
// Code points; an invalid byte counts as one.
std::size_t count_characters(std::string_view text);
// Each invalid byte becomes U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

// As it is shown: without control characters (but for tab and line break) and without what turns the
// direction of writing, hides or marks characters unseen (bidi controls, tags, byte order marks): nobody's
// text may reorder the text around it. Line ends become "\n". Source: Unicode UAX #9 and UTR #36.
std::string display_text(std::string_view text);
// The same on one line, for titles and names: white space becomes single spaces, none at the ends.
std::string display_line(std::string_view text);
// display_line() of it would be empty.
bool is_blank(std::string_view text);

// text as a part of a line of ours: one that is written from right to left turns nothing around it. The same
// text, if there is nothing of that in it. Source: Unicode UAX #9, "isolates".
std::string isolated(std::string_view text);

// The first `characters` of text with "…" behind, if there are more.
std::string shorten(std::string_view text, std::size_t characters);

// Without the spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

}  // namespace meanwhile
