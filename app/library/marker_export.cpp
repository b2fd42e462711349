#include "app/library/marker_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/markers.h"
#include "media/base/escapes.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kUsualWidth = 1920;
constexpr int kUsualHeight = 1080;

// A timeline has at least one frame, and each marker lies on one.
std::int64_t length_of(const MarkerExport& from) {
  return std::max<std::int64_t>(1, frame_of(from.clip.recorded_duration, from.rate));
}

struct FrameSpan {
  std::int64_t first = 0;
  std::int64_t count = 1;
};

FrameSpan span_of(const MarkerExport& from, const Marker& marker) {
  const std::int64_t length = length_of(from);
  const std::int64_t first = std::clamp<std::int64_t>(frame_of(marker.at, from.rate), 0, length - 1);
  const std::int64_t end = std::min(frame_of(marker.at + marker.length, from.rate), length);
  return {first, std::max<std::int64_t>(1, end - first)};
}

std::string title_of(const MarkerExport& from) {
  const std::string title = display_line(from.clip.title);
  return title.empty() ? std::string(tr("Untitled")) : title;
}

// In a quoted attribute. XML has no U+FFFE and U+FFFF, not even escaped. Source: XML 1.0, s. 2.2.
std::string attribute(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::string_view before = text;
    const auto code_point = take_code_point(text);
    const std::string_view letter = before.substr(0, before.size() - text.size());
    if (!code_point || *code_point == 0xFFFE || *code_point == 0xFFFF) continue;
    if (*code_point == '\n') {
      result += "&#10;";
    } else if (*code_point == '\t') {
      result += "&#9;";
    } else {
      result += escape_markup(letter);
    }
  }
  return result;
}

// RFC 8089.
std::string file_url(std::string_view path) {
  return "file://" + percent_encode(path, "/");
}

// FCPXML counts in whole frames, as a fraction of seconds.
std::string seconds(std::int64_t frames, const FrameRate& rate) {
  return frames == 0 ? "0s" : fmt::format("{}/{}s", frames * rate.denominator, rate.numerator);
}

std::string fcpxml_marker(const MarkerExport& from, const Marker& marker) {
  const FrameSpan span = span_of(from, marker);
  const std::string place =
      fmt::format("start=\"{}\" duration=\"{}\" value=\"{}\"", seconds(span.first, from.rate),
                  seconds(span.count, from.rate), attribute(marker.title));
  if (marker.kind == MarkerKind::Chapter)
    return fmt::format("              <chapter-marker {} posterOffset=\"0s\"/>\n", place);
  // A marker that says whether it is done is a to-do in Final Cut Pro.
  const bool is_todo = marker.kind == MarkerKind::Question || marker.is_resolved;
  return fmt::format("              <marker {}{} note=\"{}\"/>\n", place,
                     is_todo ? fmt::format(" completed=\"{}\"", marker.is_resolved ? 1 : 0) : "",
                     attribute(marker.note));
}

// Width and height of what an editor shows: the screen's, else the first that has any.
std::pair<int, int> size_of(const Clip& clip) {
  for (const PublishedTrack& track : clip.tracks)
    if (track.width > 0 && track.height > 0) return {track.width, track.height};
  return {kUsualWidth, kUsualHeight};
}

// SMPTE time code that counts all frames, at a whole number of frames a second.
std::string time_code(std::int64_t frames, const FrameRate& rate) {
  const std::int64_t a_second = (rate.numerator + rate.denominator - 1) / rate.denominator;
  const std::int64_t s = frames / a_second;
  return fmt::format("{:02}:{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60, frames % a_second);
}

std::string_view color_of(const Marker& marker) {
  if (marker.kind == MarkerKind::Chapter) return "BLUE";
  if (marker.is_resolved) return "GREEN";
  return marker.kind == MarkerKind::Question ? "RED" : "YELLOW";
}

Json rational(std::int64_t frames, const FrameRate& rate) {
  const double a_second = static_cast<double>(rate.numerator) / rate.denominator;
  return {{"OTIO_SCHEMA", "RationalTime.1"}, {"rate", a_second}, {"value", static_cast<double>(frames)}};
}

Json time_range(const FrameSpan& span, const FrameRate& rate) {
  return {{"OTIO_SCHEMA", "TimeRange.1"},
          {"duration", rational(span.count, rate)},
          {"start_time", rational(span.first, rate)}};
}

Json otio_object(const char* schema, const std::string& name) {
  return {{"OTIO_SCHEMA", schema}, {"metadata", Json::object()}, {"name", name}};
}

// What holds others, or clips.
Json otio_item(const char* schema, const std::string& name) {
  Json item = otio_object(schema, name);
  item["source_range"] = nullptr;
  item["effects"] = Json::array();
  item["markers"] = Json::array();
  return item;
}

Json otio_marker(const MarkerExport& from, const Marker& marker) {
  Json json = otio_object("Marker.2", marker.title);
  json["color"] = color_of(marker);
  json["marked_range"] = time_range(span_of(from, marker), from.rate);
  if (!marker.note.empty()) json["metadata"]["meanwhile"] = {{"note", marker.note}};
  return json;
}

Json otio_clip(const MarkerExport& from) {
  Json clip = otio_item("Clip.1", title_of(from));
  const Json whole = time_range({0, length_of(from)}, from.rate);
  clip["source_range"] = whole;
  for (const Marker& marker : from.markers) clip["markers"].push_back(otio_marker(from, marker));
  Json reference = otio_object(from.media.empty() ? "MissingReference.1" : "ExternalReference.1", "");
  reference["available_range"] = whole;
  if (!from.media.empty()) reference["target_url"] = file_url(from.media);
  clip["media_reference"] = std::move(reference);
  return clip;
}

// Special characters, and line ends, which would begin another entry.
std::string ffmetadata_value(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (std::string_view("=;#\\\n").find(c) != std::string_view::npos) value += '\\';
    value += c;
  }
  return value;
}

}  // namespace

std::string as_fcpxml(const MarkerExport& from) {
  const auto [width, height] = size_of(from.clip);
  const std::string title = attribute(title_of(from));
  const std::string length = seconds(length_of(from), from.rate);
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n<fcpxml version=\"1.8\">\n  "
      "<resources>\n"
      "    <format id=\"r1\" frameDuration=\"{}\" width=\"{}\" height=\"{}\"/>\n",
      seconds(1, from.rate), width, height);
  if (!from.media.empty())
    text += fmt::format(
        "    <asset id=\"r2\" name=\"{}\" src=\"{}\" start=\"0s\" duration=\"{}\" hasVideo=\"1\" "
        "format=\"r1\" hasAudio=\"1\" audioSources=\"1\" audioChannels=\"2\" audioRate=\"48000\"/>\n",
        title, file_url(from.media), length);
  text += fmt::format(
      "  </resources>\n  <library>\n    <event name=\"Meanwhile\">\n      <project name=\"{0}\">\n"
      "        <sequence format=\"r1\" duration=\"{1}\" tcStart=\"0s\" tcFormat=\"NDF\">\n          <spine>\n"
      "            <{2} name=\"{0}\" offset=\"0s\" start=\"0s\" duration=\"{1}\">\n",
      title, length, from.media.empty() ? "gap" : "asset-clip ref=\"r2\"");
  for (const Marker& marker : from.markers) text += fcpxml_marker(from, marker);
  return text + fmt::format(
                    "            </{}>\n          </spine>\n        </sequence>\n      </project>\n"
                    "    </event>\n  </library>\n</fcpxml>\n",
                    from.media.empty() ? "gap" : "asset-clip");
}

std::string as_edl(const MarkerExport& from) {
  const std::string end = time_code(length_of(from), from.rate);
  const std::string start = time_code(0, from.rate);
  std::string text = fmt::format(
      "TITLE: {0}\nFCM: NON-DROP FRAME\n\n001  AX       V     C        {1} {2} {1} {2}\n* FROM CLIP NAME: "
      "{0}\n",
      title_of(from), start, end);
  for (const Marker& marker : from.markers)
    text += fmt::format("* LOC: {} {:<7} {}\n", time_code(span_of(from, marker).first, from.rate),
                        color_of(marker), marker.title);
  return text;
}

std::string as_otio(const MarkerExport& from) {
  Json track = otio_item("Track.1", "Video");
  track["kind"] = "Video";
  track["children"] = Json::array({otio_clip(from)});
  Json stack = otio_item("Stack.1", "tracks");
  stack["children"] = Json::array({std::move(track)});
  Json timeline = otio_object("Timeline.1", title_of(from));
  timeline["global_start_time"] = nullptr;
  timeline["tracks"] = std::move(stack);
  return to_text(timeline, 2) + "\n";
}

std::string as_ffmetadata(const MarkerExport& from) {
  std::string text = fmt::format(";FFMETADATA1\ntitle={}\nartist={}\n", ffmetadata_value(title_of(from)),
                                 ffmetadata_value(display_line(from.clip.author_name)));
  for (std::size_t i = 0; i < from.markers.size(); ++i) {
    const Marker& marker = from.markers[i];
    const bool is_last = i + 1 == from.markers.size();
    const MediaTime end = std::max(is_last ? from.clip.recorded_duration : from.markers[i + 1].at, marker.at);
    text += fmt::format("[CHAPTER]\nTIMEBASE=1/1000000\nSTART={}\nEND={}\ntitle={}\n", marker.at.count(),
                        end.count(), ffmetadata_value(marker.title));
  }
  return text;
}

}  // namespace meanwhile
