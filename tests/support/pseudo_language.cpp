#include "tests/support/pseudo_language.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "media/base/guarded.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::string_view kMark = "~";

std::string accented(char letter) {
  static const std::map<char, const char*> letters{{'a', "á"}, {'e', "é"}, {'i', "í"}, {'o', "ó"},
                                                   {'u', "ú"}, {'A', "Á"}, {'E', "É"}, {'I', "Í"},
                                                   {'O', "Ó"}, {'U', "Ú"}};
  const auto found = letters.find(letter);
  return found == letters.end() ? std::string(1, letter) : found->second;
}

std::string arabic(char letter) {
  static constexpr std::string_view kLatin = "abcdefghijklmnopqrstuvwxyz";
  static const std::string arabic_letters[] = {"ا", "ب", "ج", "د", "ه", "ف", "غ", "ح", "ي",
                                               "ژ", "ك", "ل", "م", "ن", "و", "پ", "ق", "ر",
                                               "س", "ت", "ع", "ڤ", "ش", "خ", "ط", "ز"};
  const auto at = kLatin.find(char(std::tolower(static_cast<unsigned char>(letter))));
  return at == kLatin.npos ? std::string(1, letter) : arabic_letters[at];
}

// Words of four letters, so that lines can be broken in them.
std::string padding(std::size_t letters) {
  std::string text;
  for (std::size_t i = 0; i < letters; ++i) text += i % 5 == 0 ? " " : "x";
  return text;
}

class PseudoLanguage final : public Catalog {
 public:
  explicit PseudoLanguage(Pseudo kind) : kind_(kind) {}
  const char* find(const char* /*context*/, const char* message) const override { return kept(message); }
  const char* find_count(const char* one, const char* many, std::uint64_t n) const override {
    return kept(n == 1 ? one : many);
  }
  bool is_right_to_left() const override { return kind_ == Pseudo::RightToLeft; }

 private:
  const char* kept(const char* message) const {
    auto sentences = sentences_.lock();
    const auto [found, is_new] = sentences->try_emplace(message);
    if (is_new) found->second = pseudo_sentence(kind_, message);
    return found->second.c_str();
  }
  const Pseudo kind_;
  mutable Guarded<std::map<std::string, std::string, std::less<>>> sentences_;
};

}  // namespace

std::string pseudo_sentence(Pseudo kind, std::string_view english) {
  std::string text;
  int depth = 0;
  for (const char letter : english) {
    depth += letter == '{' ? 1 : 0;
    text += depth > 0 ? std::string(1, letter) : kind == Pseudo::Long ? accented(letter) : arabic(letter);
    depth -= letter == '}' && depth > 0 ? 1 : 0;
  }
  // One space alone can't grow, and neither does a name of a key.
  if (kind == Pseudo::Long) text += padding((english.size() * 2 + 4) / 5 - 1) += kMark;
  return text;
}

bool is_long_pseudo(std::string_view text) {
  return text.ends_with(kMark);
}

std::unique_ptr<const Catalog> make_pseudo_language(Pseudo kind) {
  return std::make_unique<PseudoLanguage>(kind);
}

}  // namespace meanwhile
