#include "media/base/repeated_starts.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/filler_words.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostWords = 6;
constexpr MediaTime kLongestGap = std::chrono::seconds(2);

struct SaidWord {
  std::size_t index = 0;  // among all
  std::string bare;
  bool is_cut_off = false;  // "publ-"
  bool ends_sentence = false;
};
using SaidWords = std::vector<SaidWord>;

bool ends_with_any(std::string_view text, const auto& endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return text.ends_with(ending); });
}

SaidWord said_word(std::size_t index, std::string_view text) {
  static constexpr std::string_view kCutOff[] = {"-", "–", "—", "…", "..."};
  static constexpr std::string_view kSentenceEnds[] = {".", "?", "!", "。", "？", "！"};
  const bool is_cut_off = ends_with_any(text, kCutOff);
  return {index, bare_word(text), is_cut_off, !is_cut_off && ends_with_any(text, kSentenceEnds)};
}

SaidWords said_words(const CueWords& words, std::string_view language) {
  SaidWords said;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_filler(words[i].text, language)) said.push_back(said_word(i, words[i].text));
  }
  return said;
}

bool is_said_again(const SaidWord& first, const SaidWord& second, bool is_last) {
  if (first.bare.empty() || first.ends_sentence) return false;
  return is_last && first.is_cut_off ? second.bare.starts_with(first.bare) : first.bare == second.bare;
}

bool are_close(const CueWords& words, const SaidWord& one, const SaidWord& next) {
  return words[next.index].from - words[one.index].to < kLongestGap;
}

// Whether the `count` words from `begin` on are said once more behind them.
bool is_repeated(const CueWords& words, const SaidWords& said, std::size_t begin, std::size_t count) {
  bool is_meant = true;
  for (std::size_t i = begin; i < begin + count; ++i) {
    const bool is_last = i + 1 == begin + count;
    if (!is_said_again(said[i], said[i + count], is_last) || !are_close(words, said[i], said[i + 1]))
      return false;
    is_meant = is_meant && may_be_doubled(said[i].bare);
  }
  return !is_meant;
}

// 0: they aren't.
std::size_t count_repeated(const CueWords& words, const SaidWords& said, std::size_t begin) {
  std::size_t count = std::min(kMostWords, (said.size() - begin) / 2);
  while (count > 0 && !is_repeated(words, said, begin, count)) --count;
  return count;
}

}  // namespace

std::vector<RepeatedStart> repeated_starts(const CueWords& words, std::string_view language) {
  const SaidWords said = said_words(words, language);
  std::vector<RepeatedStart> starts;
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t count = count_repeated(words, said, at);
    if (count > 0) starts.push_back({said[at].index, said[at + count].index});
    at += std::max<std::size_t>(count, 1);
  }
  return starts;
}

}  // namespace meanwhile
