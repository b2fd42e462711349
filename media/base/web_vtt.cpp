#include "media/base/web_vtt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/cue_text.h"
#include "media/base/cue_words.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostCues = 50'000;
constexpr std::size_t kLongestCue = 2'000;  // bytes
constexpr std::int64_t kMostHours = 1'000;
constexpr std::string_view kName = "WEBVTT";
constexpr std::string_view kArrow = "-->";
// As players write and read them; WebVTT has no words of its own for it.
constexpr std::string_view kLanguage = "Language:";
constexpr std::string_view kKind = "Kind:";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Lines end by CR, LF or both.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  const bool is_pair = rest.substr(end).starts_with("\r\n");
  rest.remove_prefix(std::min(rest.size(), end + (is_pair ? 2 : 1)));
  return line;
}

std::optional<std::int64_t> number_in(std::string_view text, std::size_t fewest, std::size_t most) {
  std::int64_t value = 0;
  if (text.size() < fewest || text.size() > most) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

// "01:02:03.004" or "02:03.004", with a comma too (SubRip); the first number may have one digit only, as some
// programs write hours.
std::optional<MediaTime> parse_cue_time(std::string_view text) {
  const std::size_t dot = text.find_first_of(".,");
  if (dot == std::string_view::npos) return std::nullopt;
  const auto thousandths = number_in(text.substr(dot + 1), 3, 3);
  std::string_view whole = text.substr(0, dot);
  std::array<std::int64_t, 3> parts{};  // seconds, minutes, hours
  std::size_t count = 0;
  for (bool is_last = false; !is_last; ++count) {
    if (count == parts.size()) return std::nullopt;
    const std::size_t colon = whole.rfind(':');
    is_last = colon == std::string_view::npos;
    const auto number =
        number_in(is_last ? whole : whole.substr(colon + 1), is_last ? 1 : 2, count == 2 ? 4 : 2);
    if (!number) return std::nullopt;
    parts[count] = *number;
    if (!is_last) whole = whole.substr(0, colon);
  }
  if (!thousandths || count < 2 || parts[0] > 59 || parts[1] > 59 || parts[2] > kMostHours)
    return std::nullopt;
  return std::chrono::milliseconds(((parts[2] * 60 + parts[1]) * 60 + parts[0]) * 1000 + *thousandths);
}

namespace {

// "00:01.000 --> 00:02.500 line:0": the two times.
std::optional<std::pair<MediaTime, MediaTime>> parse_timing(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  const auto from = parse_cue_time(trimmed(line.substr(0, arrow)));
  const std::string_view after = trimmed(line.substr(arrow + kArrow.size()));
  const auto to = parse_cue_time(after.substr(0, after.find_first_of(" \t")));
  if (!from || !to || *to <= *from) return std::nullopt;
  return std::pair(*from, *to);
}

// Lines up to the next empty one.
std::vector<std::string_view> take_block(std::string_view& rest) {
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (!line.empty()) lines.push_back(line);
    if (line.empty() && !lines.empty()) break;
  }
  return lines;
}

std::optional<VttCue> cue_of(const std::vector<std::string_view>& block) {
  if (block.empty()) return std::nullopt;
  const std::size_t timing = block[0].find(kArrow) == std::string_view::npos ? 1 : 0;  // after a name
  if (timing >= block.size()) return std::nullopt;
  const auto times = parse_timing(block[timing]);
  if (!times) return std::nullopt;
  std::string text;
  for (std::size_t i = timing + 1; i < block.size(); ++i) {
    if (!text.empty()) text += '\n';
    text += block[i];
  }
  CueWords words = words_in_cue(text, times->first, times->second);
  text = plain_cue_text(text);
  if (text.empty() || text.size() > kLongestCue || !is_valid_utf8(text)) return std::nullopt;
  return VttCue{times->first, times->second, std::move(text), std::move(words)};
}

bool is_header(std::string_view line) {
  if (!line.starts_with(kName)) return false;
  return line.size() == kName.size() || line[kName.size()] == ' ' || line[kName.size()] == '\t';
}

// "1", "00:00:01,000 --> 00:00:02,500", then the words.
bool is_sub_rip(const std::vector<std::string_view>& first) {
  if (first.empty()) return false;
  const bool has_number = number_in(trimmed(first[0]), 1, 9).has_value();
  return parse_timing(has_number && first.size() > 1 ? first[1] : first[0]).has_value();
}

Result<std::vector<VttCue>> cues_in(std::string_view text) {
  std::vector<VttCue> cues;
  while (!text.empty()) {
    auto cue = cue_of(take_block(text));
    if (!cue) continue;
    if (cues.size() == kMostCues)
      return fail(ErrorCode::Corrupt, tr("there are more than 50,000 captions in it"));
    cues.push_back(std::move(*cue));
  }
  std::ranges::stable_sort(cues, {}, &VttCue::from);
  return cues;
}

std::string header_value(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (line.starts_with(name)) return std::string(trimmed(line.substr(name.size())));
  }
  return {};
}

std::string written(const VttCue& cue) {
  std::string words = cue_words_text(cue.text, cue.from, cue.words);
  return words.empty() ? escaped_cue_text(cue.text) : words;
}

// Of a caption of which only these words are left.
std::string words_text(const std::vector<CueWord>& words) {
  std::string text;
  for (const CueWord& word : words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

}  // namespace

std::string cue_time(MediaTime time, char separator) {
  const auto total = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", total / 3'600'000, total / 60'000 % 60, total / 1000 % 60,
                     separator, total % 1000);
}

Result<std::vector<VttCue>> parse_web_vtt(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!is_header(take_line(text)))
    return fail(ErrorCode::Corrupt, tr("it is no WebVTT: its first line must say WEBVTT"));
  while (!text.empty() && !take_line(text).empty()) {
  }  // the rest of the header
  return cues_in(text);
}

Result<std::vector<VttCue>> parse_captions(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string_view rest = text;
  if (!text.starts_with(kName) && is_sub_rip(take_block(rest))) return cues_in(text);
  auto cues = parse_web_vtt(text);
  if (cues || text.starts_with(kName)) return cues;
  return fail(ErrorCode::Corrupt, tr("it is neither WebVTT nor SubRip (SRT)"));
}

std::string to_web_vtt(const std::vector<VttCue>& cues, std::string_view language, std::string_view kind) {
  std::string text = "WEBVTT\n";
  if (!kind.empty()) text.append(kKind).append(" ").append(kind).append("\n");
  if (!language.empty()) text.append(kLanguage).append(" ").append(language).append("\n");
  for (const VttCue& cue : cues)
    text += fmt::format("\n{} {} {}\n{}\n", cue_time(cue.from), kArrow, cue_time(cue.to), written(cue));
  return text;
}

std::string web_vtt_language(std::string_view text) {
  return header_value(text, kLanguage);
}

std::string web_vtt_kind(std::string_view text) {
  return header_value(text, kKind);
}

CueWords words_of(const std::vector<VttCue>& cues) {
  CueWords words;
  for (const VttCue& cue : cues) words.insert(words.end(), cue.words.begin(), cue.words.end());
  std::ranges::stable_sort(words, {}, &CueWord::from);
  return words;
}

std::vector<VttCue> cut_cues(const std::vector<VttCue>& cues, MediaTime from, MediaTime to) {
  std::vector<VttCue> kept;
  for (VttCue cue : cues) {
    const bool is_whole = from <= cue.from && cue.to <= to;
    const bool has_words = !cue.words.empty();
    cue.from = std::max(cue.from, from) - from;
    cue.to = std::min(cue.to, to) - from;
    if (cue.from >= cue.to) continue;
    cue.words = cut_words(cue.words, from, to);
    // Nobody reads what was cut away. Where it isn't known when its words are said all of it stays.
    if (!is_whole && has_words) {
      if (cue.words.empty()) continue;
      cue.text = words_text(cue.words);
    }
    kept.push_back(std::move(cue));
  }
  return kept;
}

std::vector<VttCue> cues_without(const std::vector<VttCue>& cues, const std::vector<TimeRange>& blank) {
  const auto lies_in_any = [&](MediaTime from, MediaTime to) {
    return std::ranges::any_of(blank,
                               [&](const TimeRange& range) { return from < range.to && range.from < to; });
  };
  std::vector<VttCue> kept;
  for (VttCue cue : cues) {
    if (lies_in_any(cue.from, cue.to)) {
      std::erase_if(cue.words, [&](const CueWord& word) {
        return lies_in_any(word.from, std::max(word.to, word.from + MediaTime(1)));
      });
      if (cue.words.empty()) continue;
      cue.from = cue.words.front().from;
      cue.to = std::max(cue.words.back().to, cue.from + MediaTime(1));
      cue.text = words_text(cue.words);
    }
    kept.push_back(std::move(cue));
  }
  return kept;
}

Result<std::string> web_vtt_without(std::string_view text, const std::vector<TimeRange>& blank) {
  const auto cues = parse_web_vtt(text);
  if (!cues) return std::unexpected(cues.error());
  return to_web_vtt(cues_without(*cues, blank), web_vtt_language(text), web_vtt_kind(text));
}

}  // namespace meanwhile
