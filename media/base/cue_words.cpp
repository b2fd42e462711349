#include "media/base/cue_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "media/base/cue_text.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr std::string_view kSure = "<c.sure";

struct Stamp {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind '>'
  MediaTime time{};
};

// The next "<00:00:01.200>" at or behind `from`.
std::optional<Stamp> next_stamp(std::string_view marked, std::size_t from) {
  for (std::size_t open = marked.find('<', from); open != std::string_view::npos;
       open = marked.find('<', open + 1)) {
    const std::size_t close = marked.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    if (const auto time = parse_cue_time(marked.substr(open + 1, close - open - 1)))
      return Stamp{open, close + 1, *time};
  }
  return std::nullopt;
}

int sure_percent_in(std::string_view piece) {
  const std::size_t found = piece.find(kSure);
  if (found == std::string_view::npos) return 100;
  piece.remove_prefix(found + kSure.size());
  int percent = 100;
  const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), percent);
  return error == std::errc() && end != piece.data() ? std::clamp(percent, 0, 100) : 100;
}

void add_word(CueWords& words, std::string_view piece, MediaTime from, MediaTime to) {
  std::string text = plain_cue_text(piece);
  std::ranges::replace(text, '\n', ' ');
  if (!text.empty()) words.push_back({from, to, std::move(text), sure_percent_in(piece)});
}

MediaTime in_milliseconds(MediaTime time) {
  return std::chrono::floor<std::chrono::milliseconds>(time);
}

std::string marked_word(const CueWord& word) {
  if (word.sure_percent >= 100) return escaped_cue_text(word.text);
  return fmt::format("{}{}>{}</c>", kSure, word.sure_percent, escaped_cue_text(word.text));
}

std::string stamp_text(MediaTime time) {
  return "<" + cue_time(time) + ">";
}

}  // namespace

CueWords words_in_cue(std::string_view marked, MediaTime from, MediaTime to) {
  CueWords words;
  auto stamp = next_stamp(marked, 0);
  if (!stamp) return words;
  MediaTime begun = from;
  std::size_t piece = 0;
  while (stamp) {
    if (stamp->time < begun || stamp->time > to) return {};
    add_word(words, marked.substr(piece, stamp->begin - piece), begun, stamp->time);
    piece = stamp->end;
    begun = stamp->time;
    stamp = next_stamp(marked, piece);
  }
  add_word(words, marked.substr(piece), begun, to);
  return words;
}

std::string cue_words_text(std::string_view text, MediaTime from, const CueWords& words) {
  std::string marked;
  MediaTime written = in_milliseconds(from);
  for (const CueWord& word : words) {
    const std::size_t found = text.find(word.text);
    const bool follows = found != std::string_view::npos && trimmed(text.substr(0, found)).empty();
    if (!follows || in_milliseconds(word.from) < written || word.to < word.from) return {};
    marked += escaped_cue_text(text.substr(0, found));
    if (const MediaTime begins = in_milliseconds(word.from); begins > written) marked += stamp_text(begins);
    written = in_milliseconds(word.to);
    marked += marked_word(word) + stamp_text(written);
    text.remove_prefix(found + word.text.size());
  }
  return trimmed(text).empty() ? marked : std::string();
}

CueWords cut_words(const CueWords& words, MediaTime from, MediaTime to) {
  CueWords kept;
  for (CueWord word : words) {
    if (word.from < from || word.from >= to) continue;
    word.from -= from;
    word.to = std::min(word.to, to) - from;
    kept.push_back(std::move(word));
  }
  return kept;
}

}  // namespace meanwhile
