#include "media/base/cue_correction.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

using Texts = std::vector<std::string_view>;

Texts texts_in(std::string_view line) {
  Texts texts;
  while (!(line = trimmed(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t\r\n"), line.size());
    texts.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return texts;
}

std::string joined(const Texts& texts) {
  std::string line;
  for (const std::string_view text : texts) line.append(line.empty() ? "" : " ").append(text);
  return line;
}

// Which words of the old and the new text are the same, in order, as many as there are: the longest common
// subsequence.
class SameWords {
 public:
  SameWords(const CueWords& before, const Texts& after)
      : before_(before), after_(after), width_(after.size() + 1), lengths_((before.size() + 1) * width_) {
    for (std::size_t i = before.size(); i-- > 0;) {
      for (std::size_t j = after.size(); j-- > 0;)
        at(i, j) = is_same(i, j) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }

  std::vector<std::pair<std::size_t, std::size_t>> find() {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before_.size() && j < after_.size()) {
      if (is_same(i, j))
        pairs.emplace_back(i++, j++);
      else
        at(i + 1, j) >= at(i, j + 1) ? ++i : ++j;
    }
    return pairs;
  }

 private:
  bool is_same(std::size_t i, std::size_t j) const { return before_[i].text == after_[j]; }
  std::uint32_t& at(std::size_t i, std::size_t j) { return lengths_[i * width_ + j]; }

  const CueWords& before_;
  const Texts& after_;
  const std::size_t width_;
  std::vector<std::uint32_t> lengths_;
};

struct Space {
  MediaTime from{};
  MediaTime to{};
};

void share_space(const Space& space, std::span<const std::string_view> texts, CueWords& into) {
  std::size_t letters = 0;
  for (const std::string_view text : texts) letters += count_characters(text);
  std::size_t before = 0;
  const auto place = [&](std::size_t letter) {
    return space.from + (space.to - space.from) * static_cast<std::int64_t>(letter) /
                            static_cast<std::int64_t>(std::max<std::size_t>(letters, 1));
  };
  for (const std::string_view text : texts) {
    const std::size_t after = before + count_characters(text);
    into.push_back({place(before), place(after), std::string(text)});
    before = after;
  }
}

// Between two words that stay: those of `old` were there, `texts` are there now.
void put_instead(std::span<const CueWord> old, std::span<const std::string_view> texts, const Space& gap,
                 CueWords& into) {
  if (old.empty()) return share_space(gap, texts, into);
  if (old.size() != texts.size()) return share_space({old.front().from, old.back().to}, texts, into);
  for (std::size_t i = 0; i < old.size(); ++i)
    into.push_back({old[i].from, old[i].to, std::string(texts[i])});
}

CueWords corrected_words(const VttCue& cue, const Texts& texts) {
  auto same = SameWords(cue.words, texts).find();
  same.emplace_back(cue.words.size(), texts.size());
  CueWords words;
  std::size_t i = 0;
  std::size_t j = 0;
  for (const auto& [old_at, new_at] : same) {
    const bool is_end = old_at == cue.words.size();
    const MediaTime from = i == 0 ? cue.from : cue.words[i - 1].to;
    const MediaTime to = is_end ? std::max(cue.to, from) : cue.words[old_at].from;
    put_instead(std::span(cue.words).subspan(i, old_at - i), std::span(texts).subspan(j, new_at - j),
                {from, to}, words);
    if (is_end) break;
    words.push_back(cue.words[old_at]);
    i = old_at + 1;
    j = new_at + 1;
  }
  return words;
}

}  // namespace

VttCue corrected_cue(const VttCue& cue, std::string_view text) {
  const Texts texts = texts_in(text);
  VttCue corrected{cue.from, cue.to, joined(texts)};
  if (!cue.words.empty()) corrected.words = corrected_words(cue, texts);
  return corrected;
}

std::string line_of(const VttCue& cue) {
  return joined(texts_in(cue.text));
}

}  // namespace meanwhile
