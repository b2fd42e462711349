#include "app/ui/widgets/track_cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "app/library/format.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/health_words.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr float kWidestCard = 240;
constexpr float kNarrowestTrackCard = 140;
constexpr float kCardLine = 20;

const char* track_label(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return tr_later("Screen");
    case TrackKind::Camera:
      return tr_later("Camera");
    case TrackKind::Voice:
      return tr_later("Voice");
    case TrackKind::System:
      return tr_later("System sound");
  }
  return "";
}

std::string part_of(const TrackReport& track) {
  return fmt::format("track/{}", track_label(track.kind));
}

Icon track_icon(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return icons::kScreen;
    case TrackKind::Camera:
      return icons::kCamera;
    case TrackKind::Voice:
      return icons::kMicrophone;
    case TrackKind::System:
      return icons::kSystemSound;
  }
  return icons::kFilm;
}

// "1920 x 1080 · 12 MB"
std::string track_details(const TrackReport& track) {
  const std::string size = format_size(track.bytes);
  return track.width > 0 ? fmt::format("{} x {} · {}", track.width, track.height, size) : size;
}

bool is_good(const TrackReport& track) {
  return track.ailed.empty() && !track.is_over;
}

void draw_card(Pen& pen, Box cell, const TrackReport& track, MediaTime duration) {
  const std::string health = health_of_take(track, duration);
  const bool is_well = is_good(track);
  const ImU32 color = is_well ? pen.theme.success : pen.theme.warning;
  const Box whole = cell;
  pen.icon(cell.cut_left(pen.px(22)), is_well ? track_icon(track.kind) : icons::kWarning, IconSize::Medium,
           color);
  cell.cut_left(pen.px(10));
  Box words = cell.centered(cell.width(), pen.px(3 * kCardLine));
  pen.text(words.cut_top(pen.px(kCardLine)), TextStyle::BodyStrong, pen.theme.text,
           tr(track_label(track.kind)));
  pen.text(words.cut_top(pen.px(kCardLine)), TextStyle::Caption, color, health);
  pen.text(words, TextStyle::Caption, pen.theme.soft_text, track_details(track));
  pen.tooltip(part_of(track), whole, fmt::format("{}: {}. {}", track.device, health, track_details(track)),
              "");
}

// Where the cards would be too narrow to be read: a line each.
void draw_track_line(Pen& pen, Box row, const TrackReport& track, MediaTime duration) {
  const bool is_well = is_good(track);
  const ImU32 color = is_well ? pen.theme.success : pen.theme.warning;
  pen.icon(row.cut_left(pen.px(18)), is_well ? track_icon(track.kind) : icons::kWarning, IconSize::Small,
           color);
  row.cut_left(pen.px(8));
  const std::string words =
      fmt::format("{}: {}", tr(track_label(track.kind)), health_of_take(track, duration));
  pen.text(row, TextStyle::Caption, is_well ? pen.theme.soft_text : pen.theme.warning, words);
  pen.tooltip(part_of(track), row, fmt::format("{}. {}", words, track_details(track)), "");
}

}  // namespace

void draw_track_cards(Pen& pen, Box row, const std::vector<TrackReport>& tracks, MediaTime duration) {
  const auto count = static_cast<float>(std::max<std::size_t>(1, tracks.size()));
  const float share = std::min(pen.px(kWidestCard), row.width() / count);
  if (share < pen.px(kNarrowestTrackCard)) {
    const float height = row.height() / count;
    for (const TrackReport& track : tracks) draw_track_line(pen, row.cut_top(height), track, duration);
    return;
  }
  for (const TrackReport& track : tracks) {
    Box cell = row.cut_left(share);
    cell.cut_right(pen.px(8));
    draw_card(pen, cell, track, duration);
  }
}

}  // namespace meanwhile
