#include "app/library/letter_folding.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace meanwhile {
namespace {

constexpr UChar32 kAcute = 0x301;
constexpr UChar32 kBreve = 0x306;
constexpr UChar32 kMacron = 0x304;
constexpr UChar32 kDiaeresis = 0x308;
constexpr UChar32 kDoubleAcute = 0x30B;
constexpr UChar32 kCyrillicE = 0x435;
constexpr UChar32 kCyrillicCapitalE = 0x415;
constexpr std::u32string_view kCyrillicWithAcute = U"гкГК";
constexpr UChar32 kNukta = 0x93C;

// Letters that are no other letter with a mark, as people type them whose keyboard lacks them. The Arabic
// ones are written for each other, by habit or by keyboard; the rest of the alef's forms are marks for
// Unicode.
constexpr std::pair<UChar32, const char16_t*> kTypedAs[] = {
    {0xE6, u"ae"},      {0xF0, u"d"},       {0xF8, u"o"},       {0xFE, u"th"},      {0x111, u"d"},
    {0x127, u"h"},      {0x131, u"i"},      {0x138, u"q"},      {0x142, u"l"},      {0x14B, u"n"},
    {0x153, u"oe"},     {0x167, u"t"},      {0x1E5, u"g"},      {0x259, u"e"},      {0x629, u"\u0647"},
    {0x649, u"\u064A"}, {0x671, u"\u0627"}, {0x6A9, u"\u0643"}, {0x6C1, u"\u0647"}, {0x6CC, u"\u064A"},
    {0x6D5, u"\u0647"}};

// Only stretches a word: the tatweel, and the small letters of the Quran's spelling.
bool is_stretching(UChar32 c) {
  return c == 0x640 || c == 0x6E5 || c == 0x6E6;
}

// "й", "ў", "ї", "ѓ" and their kin are letters of their own; "ё" is mostly written "е", and an accent over a
// vowel marks the stress.
bool makes_another_cyrillic_letter(UChar32 base, UChar32 mark) {
  if (uscript_hasScript(base, USCRIPT_CYRILLIC) == 0) return false;
  if (mark == kDiaeresis) return base != kCyrillicE && base != kCyrillicCapitalE;
  if (mark == kAcute) return kCyrillicWithAcute.contains(static_cast<char32_t>(base));
  return mark == kBreve || mark == kMacron || mark == kDoubleAcute;
}

// Hindi writes the borrowed sounds (q, kh, gh, z, f) with and without the dot; below others it is a letter.
bool is_optional_nukta(UChar32 base) {
  return base == 0x915 || base == 0x916 || base == 0x917 || base == 0x91C || base == 0x92B;
}

// Marks that all scripts share are accents, but for the two that voice kana. Arabic, Hebrew and Syriac write
// their vowels for learners only; in other scripts a mark of their own is a part of the word.
bool is_optional_in_script(UChar32 mark) {
  if (mark == 0x3099 || mark == 0x309A) return false;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(mark, &error)) {
    case USCRIPT_INHERITED:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
    case USCRIPT_CYRILLIC:
      return true;
    default:
      return false;
  }
}

bool is_left_out(UChar32 c, UChar32 base) {
  if (is_stretching(c)) return true;
  if (c == kNukta) return is_optional_nukta(base);
  if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) == 0) return false;
  return is_optional_in_script(c) && !makes_another_cyrillic_letter(base, c);
}

// text: decomposed.
icu::UnicodeString without_optional_marks(const icu::UnicodeString& text) {
  icu::UnicodeString kept;
  UChar32 base = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_left_out(c, base)) continue;
    if ((U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) base = c;
    kept.append(c);
  }
  return kept;
}

void append_as_typed(icu::UnicodeString& text, UChar32 c) {
  const auto* letter = std::ranges::find(kTypedAs, c, &std::pair<UChar32, const char16_t*>::first);
  if (letter != std::end(kTypedAs)) {
    text.append(icu::UnicodeString(letter->second));
  } else if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
    text.append(static_cast<UChar32>('0' + u_charDigitValue(c)));
  } else {
    text.append(c);
  }
}

// text: in lower case.
icu::UnicodeString as_typed(const icu::UnicodeString& text) {
  icu::UnicodeString typed;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) append_as_typed(typed, text.char32At(i));
  return typed;
}

icu::UnicodeString normalized(const icu::Normalizer2* form, const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString result = form != nullptr ? form->normalize(text, error) : text;
  return U_SUCCESS(error) ? result : text;
}

}  // namespace

icu::UnicodeString fold_letters(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* decomposing = icu::Normalizer2::getNFKDInstance(error);
  const auto* composing = icu::Normalizer2::getNFCInstance(error);
  icu::UnicodeString letters = without_optional_marks(normalized(decomposing, text));
  letters.foldCase();
  return normalized(composing, as_typed(letters));
}

std::string folded_letters(std::string_view text) {
  std::string folded;
  fold_letters(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size()))))
      .toUTF8String(folded);
  return folded;
}

std::string composed_letters(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* composing = icu::Normalizer2::getNFCInstance(error);
  std::string composed;
  normalized(composing, icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size()))))
      .toUTF8String(composed);
  return composed;
}

}  // namespace meanwhile
