#include "app/library/markers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/index.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// As much as a list of markers shows.
constexpr std::size_t kLongestMarkerTitle = 120;

constexpr std::array<std::pair<std::string_view, FrameRate>, 8> kRates{{{"23.976", {24'000, 1001}},
                                                                        {"24", {24, 1}},
                                                                        {"25", {25, 1}},
                                                                        {"29.97", {30'000, 1001}},
                                                                        {"30", {30, 1}},
                                                                        {"50", {50, 1}},
                                                                        {"59.94", {60'000, 1001}},
                                                                        {"60", {60, 1}}}};

// "Anna: Is that this month's?"
std::string said(const Comment& comment) {
  std::string text = display_text(comment.text);
  if (text.empty()) text = comment.media.empty() ? tr("(a drawing)") : tr("(a recorded reply)");
  return fmt::format("{}: {}", display_line(comment.author_name), text);
}

Marker marker_of(const Thread& thread) {
  const Comment& comment = thread.comment;
  Marker marker{.kind = comment.ask ? MarkerKind::Question : MarkerKind::Comment,
                .at = comment.at,
                .length = comment.to ? *comment.to - comment.at : MediaTime{},
                .title = shorten(display_line(said(comment)), kLongestMarkerTitle),
                .note = said(comment),
                .is_resolved = comment.is_resolved};
  for (const Comment& reply : thread.replies)
    if (!reply.is_deleted) marker.note += "\n" + said(reply);
  return marker;
}

}  // namespace

std::optional<FrameRate> parse_frame_rate(std::string_view text) {
  const auto found = std::ranges::find(kRates, text, [](const auto& entry) { return entry.first; });
  return found == kRates.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t frame_of(MediaTime at, const FrameRate& rate) {
  const std::int64_t second = std::int64_t{1'000'000} * rate.denominator;
  return (at.count() * rate.numerator + second / 2) / second;
}

std::vector<Marker> markers_of(const Clip& clip, const std::vector<Thread>& threads) {
  std::vector<Marker> markers;
  for (std::size_t i = 0; i < clip.chapters.size(); ++i)
    markers.push_back({.kind = MarkerKind::Chapter,
                       .at = clip.chapters[i].at,
                       .length = {},
                       .title = chapter_title(clip.chapters, i),
                       .note = {}});
  for (const Thread& thread : threads)
    if (!thread.comment.is_deleted) markers.push_back(marker_of(thread));
  std::ranges::stable_sort(markers, {}, &Marker::at);
  return markers;
}

}  // namespace meanwhile
