#include "app/library/search_words.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/ascii.h"
#include "app/library/letter_folding.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

// More than anybody types; each word costs a search of its own.
constexpr std::size_t kMostWords = 12;
constexpr std::size_t kLongestQuery = 200;

// So many pieces may a word be taken for while it is being typed.
constexpr int kLongestTail = 4;

constexpr UChar32 kZeroWidthSpace = 0x200B;

// Kana, ideographs, Hangul, and their extensions.
bool is_written_without_spaces(UChar32 c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x1AFF0 && c <= 0x1B16F) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_of_a_word(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK | U_GC_CO_MASK)) != 0;
}

// Letters by name, but written for an apostrophe: "м'ята", "мʼята".
bool is_like_an_apostrophe(UChar32 c) {
  return c >= 0x2B9 && c <= 0x2DF;
}

// Abbreviations in one square, of letters that are searched.
bool is_square(UChar32 c) {
  return c >= 0x3200 && c <= 0x33FF;
}

// Not to be seen, and so nothing that anybody types.
bool is_unseen(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK)) != 0 ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

// Before anything is folded, for "™" would become letters. A zero-width space is a word's end in Thai and
// Khmer.
icu::UnicodeString without_signs(std::string_view text) {
  const auto raw =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString kept;
  for (int32_t i = 0; i < raw.length(); i = raw.moveIndex32(i, 1)) {
    const UChar32 c = raw.char32At(i);
    if (u_isUWhiteSpace(c) != 0 || c == kZeroWidthSpace) {
      kept.append(u' ');
    } else if (!is_unseen(c)) {
      const bool stays = (is_of_a_word(c) && !is_like_an_apostrophe(c)) || is_square(c);
      kept.append(stays ? c : UChar32{' '});
    }
  }
  return kept;
}

// Thai, Lao, Khmer, Burmese. Source: Unicode UAX #14, class SA.
bool needs_a_dictionary(UChar32 c) {
  return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// A space where such writing meets another: ICU joins "ประชุมZoom".
icu::UnicodeString with_dictionary_runs_apart(const icu::UnicodeString& text) {
  icu::UnicodeString apart;
  bool was_in_run = false;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool is_in_run = is_mark(c) ? was_in_run : needs_a_dictionary(c);
    if (is_in_run != was_in_run) apart.append(u' ');
    apart.append(c);
    was_in_run = is_in_run;
  }
  return apart;
}

// nullptr: ICU has none here; such text is then found by its beginning. A thread's own, for it walks over a
// text.
icu::BreakIterator* word_breaks() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    if (U_FAILURE(error)) made.reset();
    return made;
  }();
  return breaks.get();
}

icu::UnicodeString with_words_apart(const icu::UnicodeString& text) {
  icu::UnicodeString runs = with_dictionary_runs_apart(text);
  icu::BreakIterator* const breaks = word_breaks();
  if (breaks == nullptr || runs.length() == text.length()) return runs;
  breaks->setText(runs);
  icu::UnicodeString apart;
  int32_t begin = 0;
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    if (needs_a_dictionary(runs.char32At(begin))) apart.append(u' ');
    apart.append(runs, begin, end - begin);
    begin = end;
  }
  return apart;
}

class SpacedText {
 public:
  void add(UChar32 c) {
    if (!is_of_a_word(c)) return end_word();
    const bool stands_alone = is_mark(c) ? stood_alone_ : is_written_without_spaces(c);
    if (!is_mark(c) && (stands_alone || stood_alone_)) end_word();
    append_code_point(text_, static_cast<char32_t>(c));
    stood_alone_ = stands_alone;
  }

  std::string take() {
    if (text_.ends_with(' ')) text_.pop_back();
    return std::move(text_);
  }

 private:
  void end_word() {
    if (!text_.empty() && !text_.ends_with(' ')) text_ += ' ';
    stood_alone_ = false;
  }

  std::string text_;
  bool stood_alone_ = false;
};

std::string spaced(const icu::UnicodeString& folded) {
  SpacedText text;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) text.add(folded.char32At(i));
  return text.take();
}

// The same for what most text is made of, at a tenth of the price.
std::string spaced_ascii(std::string_view text) {
  std::string words;
  words.reserve(text.size());
  for (const char c : text) {
    const bool is_letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_control = (c >= 0 && c < '\t') || (c > '\r' && c < ' ') || c == '\x7F';
    if (is_letter) {
      words += ascii_lower(c);
    } else if (!is_control && !words.empty() && !words.ends_with(' ')) {
      words += ' ';
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// In quotes nothing is an operator, and a quote is no part of a word. Source: SQLite, "FTS5 Strings".
std::string phrase(std::string_view words, bool is_beginning) {
  return '"' + std::string(words) + (is_beginning ? "\" *" : "\"");
}

bool has_dictionary_run(std::string_view word) {
  const icu::UnicodeString text = without_signs(word);
  return with_dictionary_runs_apart(text).length() != text.length();
}

// As the person typed them: between spaces.
std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty() && words.size() < kMostWords) {
    const auto space = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, space);
    if (!searchable_text(word).empty()) words.emplace_back(word);
    line.remove_prefix(std::min(space + 1, line.size()));
  }
  return words;
}

// words without the last `count` of the spaces between them.
std::string with_tail_joined(std::string words, int count) {
  for (; count > 0; --count) {
    const auto space = words.rfind(' ');
    if (space == std::string::npos) break;
    words.erase(space, 1);
  }
  return words;
}

// Characters and words that one doesn't part when typing make a phrase: they must follow each other. Of a
// dictionary's words the last is half typed yet and taken apart otherwise than it will be when it is whole.
std::string expression_of(std::string_view word, bool is_last) {
  const std::string apart = searchable_text(word);
  std::string expression = phrase(apart, is_last);
  if (!has_dictionary_run(word)) return expression;
  for (int joined = 1; joined <= kLongestTail; ++joined) {
    const std::string other = with_tail_joined(apart, joined);
    expression += " OR " + phrase(other, is_last);
    if (!other.contains(' ')) break;
  }
  return '(' + expression + ')';
}

}  // namespace

std::string searchable_text(std::string_view text) {
  if (is_ascii(text)) return spaced_ascii(text);
  return spaced(fold_letters(with_words_apart(without_signs(text))));
}

std::optional<std::string> match_expression(std::string_view words) {
  const std::vector<std::string> typed = split_words(display_line(words.substr(0, kLongestQuery)));
  std::string expression;
  for (const std::string& word : typed) {
    if (!expression.empty()) expression += " AND ";
    expression += expression_of(word, &word == &typed.back());
  }
  if (expression.empty()) return std::nullopt;
  return expression;
}

}  // namespace meanwhile
