#include "media/base/filler_words.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace meanwhile {
namespace {

using Words = std::span<const std::string_view>;

// Each with its letters once ("hmm" is "hm"), and only where it is no other word of that language: "um" is
// one of German, "er" of German and Norwegian, "eh" of English and Italian.
constexpr std::array kEverywhere{std::string_view("hm"),  std::string_view("m"),   std::string_view("uhm"),
                                 std::string_view("ehm"), std::string_view("erm"), std::string_view("ähm"),
                                 std::string_view("öhm"), std::string_view("øhm")};
constexpr std::array<std::string_view, 4> kEnglish{"um", "uh", "er", "ah"};
constexpr std::array<std::string_view, 4> kGerman{"äh", "öh", "ä", "mh"};
constexpr std::array<std::string_view, 4> kFrench{"euh", "heu", "hum", "eum"};
constexpr std::array<std::string_view, 2> kSpanish{"eh", "em"};
constexpr std::array<std::string_view, 2> kItalian{"em", "mh"};
constexpr std::array<std::string_view, 3> kPortuguese{"hum", "ahn", "ãh"};
constexpr std::array<std::string_view, 4> kDutch{"eh", "uh", "euh", "öh"};
constexpr std::array<std::string_view, 4> kScandinavian{"eh", "öh", "øh", "æh"};
constexpr std::array<std::string_view, 2> kFinnishAndHungarian{"ö", "öh"};
constexpr std::array<std::string_view, 4> kPolish{"y", "e", "ym", "em"};
constexpr std::array<std::string_view, 4> kRussian{"э", "эм", "хм", "м"};
constexpr std::array<std::string_view, 4> kUkrainian{"е", "ем", "гм", "м"};
constexpr std::array<std::string_view, 4> kTurkish{"ı", "ıh", "e", "em"};
constexpr std::array<std::string_view, 8> kJapanese{"えー",     "えーと", "えと", "えっと",
                                                    "えーっと", "うーん", "んー", "あのー"};
constexpr std::array<std::string_view, 2> kChinese{"呃", "唔"};
constexpr std::array<std::string_view, 2> kKorean{"음", "으음"};

struct LanguageWords {
  std::string_view language;
  Words words;
};
constexpr LanguageWords kLanguages[] = {{"en", kEnglish},
                                        {"de", kGerman},
                                        {"fr", kFrench},
                                        {"es", kSpanish},
                                        {"it", kItalian},
                                        {"pt", kPortuguese},
                                        {"nl", kDutch},
                                        {"sv", kScandinavian},
                                        {"da", kScandinavian},
                                        {"no", kScandinavian},
                                        {"nb", kScandinavian},
                                        {"nn", kScandinavian},
                                        {"fi", kFinnishAndHungarian},
                                        {"hu", kFinnishAndHungarian},
                                        {"pl", kPolish},
                                        {"ru", kRussian},
                                        {"uk", kUkrainian},
                                        {"tr", kTurkish},
                                        {"ja", kJapanese},
                                        {"zh", kChinese},
                                        {"ko", kKorean}};

// In whatever language: what stresses, agrees or greets, what grammar doubles ("that that", "die, die",
// "vous vous"), and what is counted.
constexpr std::string_view kDoubled[] = {
    "very",  "really", "so",    "no",     "yes",   "yeah",   "okay",  "ok",    "right", "many",
    "much",  "far",    "long",  "more",   "never", "please", "bye",   "ha",    "blah",  "had",
    "that",  "there",  "again", "zero",   "one",   "two",    "three", "four",  "five",  "six",
    "seven", "eight",  "nine",  "sehr",   "ganz",  "nein",   "ja",    "doch",  "viel",  "nie",
    "bitte", "genau",  "der",   "die",    "das",   "sie",    "null",  "eins",  "zwei",  "drei",
    "vier",  "fünf",   "sechs", "sieben", "acht",  "neun",   "très",  "non",   "oui",   "bien",
    "trop",  "nous",   "vous",  "muy",    "sí",    "más",    "molto", "sì",    "ciao",  "piano",
    "muito", "não",    "sim",   "heel",   "nee",   "dat",    "nej",   "очень", "да",    "нет"};

bool is_of_a_word(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_ALPHABETIC) != 0 || u_isdigit(c) != 0;
}

icu::UnicodeString bare_of(std::string_view word) {
  auto text = icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  text.foldCase();
  std::int32_t begin = 0;
  std::int32_t end = text.length();
  while (begin < end && !is_of_a_word(text.char32At(begin))) begin = text.moveIndex32(begin, 1);
  while (end > begin && !is_of_a_word(text.char32At(end - 1))) end = text.moveIndex32(end, -1);
  return {text, begin, end - begin};
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

// "uhhm", "э-э": each letter once.
std::string without_length(const icu::UnicodeString& bare) {
  icu::UnicodeString once;
  for (std::int32_t i = 0; i < bare.length(); i = bare.moveIndex32(i, 1)) {
    const UChar32 c = bare.char32At(i);
    const bool is_again = !once.isEmpty() && once.char32At(once.length() - 1) == c;
    if (c != u'-' && !is_again) once.append(c);
  }
  return utf8_of(once);
}

// "ER" is a room of a hospital.
bool is_abbreviation(std::string_view word) {
  const bool is_small = std::ranges::any_of(word, [](char c) { return c < 'A' || c > 'Z'; });
  return word.size() > 1 && !is_small;
}

Words fillers_of(std::string_view language) {
  const std::string_view wide = language.substr(0, language.find('-'));
  const auto* found = std::ranges::find(kLanguages, wide, &LanguageWords::language);
  return found == std::end(kLanguages) ? Words{} : found->words;
}

}  // namespace

std::string bare_word(std::string_view word) {
  return utf8_of(bare_of(word));
}

bool is_filler(std::string_view word, std::string_view language) {
  const icu::UnicodeString bare = bare_of(word);
  if (bare.isEmpty()) return false;
  // One letter is somebody's initial, unless it is drawn out, or is a syllable.
  const bool is_letter = bare.countChar32() == 1 && bare.char32At(0) < 0x3000;
  if (is_letter || is_abbreviation(word)) return false;
  const std::string once = without_length(bare);
  const Words words = fillers_of(language);
  return std::ranges::find(kEverywhere, once) != kEverywhere.end() ||
         std::ranges::find(words, once) != words.end();
}

bool may_be_doubled(std::string_view bare_word) {
  const bool has_digit = std::ranges::any_of(bare_word, [](char c) { return c >= '0' && c <= '9'; });
  return has_digit || std::ranges::find(kDoubled, bare_word) != std::end(kDoubled);
}

}  // namespace meanwhile
