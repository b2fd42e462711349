#include "app/library/clip_summary.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

// More than a line shows.
constexpr std::size_t kLongestSummary = 200;

std::string chapter_names(const Chapters& chapters) {
  std::string names;
  for (const Chapter& chapter : chapters) {
    if (is_blank(chapter.name)) continue;
    names += (names.empty() ? "" : " · ") + isolated(display_line(chapter.name));
  }
  return names;
}

// Up to the first full stop that ends a word: "1.5 million. Then" is "1.5 million."
std::string first_sentence(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool is_end = text[i] == '.' || text[i] == '?' || text[i] == '!';
    if (is_end && text[i + 1] == ' ') return std::string(text.substr(0, i + 1));
  }
  // Chinese and Japanese put no space behind it.
  for (const std::string_view end : {"。", "？", "！"})
    if (const std::size_t at = text.find(end); at != std::string_view::npos)
      return std::string(text.substr(0, at + end.size()));
  return std::string(text);
}

}  // namespace

std::string clip_summary(const Chapters& chapters, const std::vector<std::string>& captions) {
  std::string summary = chapter_names(chapters);
  if (summary.empty()) {
    std::string said;
    for (const std::string& line : captions) said.append(said.empty() ? "" : " ").append(line);
    summary = first_sentence(display_line(said));
  }
  return shorten(summary, kLongestSummary);
}

}  // namespace meanwhile
