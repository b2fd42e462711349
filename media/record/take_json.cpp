#include "media/record/take_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/record/health_log.h"
#include "media/record/take.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr int kFormat = 1;
constexpr std::array kStates{
    std::pair{TakeState::Recording, "recording"}, std::pair{TakeState::Finished, "finished"},
    std::pair{TakeState::Recovered, "recovered"}, std::pair{TakeState::Published, "published"}};
// What no honest take reaches: larger numbers are damage or an attack, and are taken for missing.
constexpr std::int64_t kLongestUs = 100LL * 3600 * 1'000'000;
constexpr std::int64_t kLargestSide = 32'768;
constexpr std::int64_t kMostFrames = 1LL << 40;
constexpr std::int64_t kMostBytes = 1LL << 50;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kMostWarnings = 100;
constexpr std::size_t kMostSlides = 100;
constexpr std::size_t kLongestText = 10'000;

std::int64_t number(const Json& object, const char* name, std::int64_t most) {
  const std::int64_t value = integer_member(object, name).value_or(0);
  return value < 0 || value > most ? 0 : value;
}

std::string text(const Json& object, const char* name) {
  std::string value = string_member(object, name).value_or("");
  return value.size() > kLongestText ? "" : value;
}

TakeState state_from(const Json& json) {
  const std::string name = text(json, "state");
  for (const auto& [state, state_name] : kStates) {
    if (name == state_name) return state;
  }
  return TakeState::Recording;  // unknown: recovery looks at the files themselves
}

// A point that makes no sense must not be taken for none: what was to be left out would be published.
std::optional<MediaTime> point(const Json& json, const char* name) {
  if (!json.contains(name)) return std::nullopt;
  const std::int64_t value = integer_member(json, name).value_or(-1);
  return MediaTime(value > kLongestUs ? -1 : value);
}

Trim trim_from_json(const Json& json) {
  if (!json.contains("trim")) return {};
  const Json* trim = object_member(json, "trim");
  if (!trim) return {.from = MediaTime(-1), .to = {}};
  return {.from = point(*trim, "from_us"), .to = point(*trim, "to_us")};
}

Chapters chapters_of(const Json& json) {
  const Json* list = array_member(json, "chapters");
  return list ? chapters_from_json(*list) : Chapters();
}

std::vector<MediaTime> slides_from_json(const Json& json) {
  std::vector<MediaTime> slides;
  const Json* list = array_member(json, "slides_us");
  if (!list) return slides;
  for (const Json& moment : *list) {
    const bool is_moment = moment.is_number_integer() && moment >= 0 && moment <= kLongestUs;
    if (is_moment && slides.size() < kMostSlides) slides.emplace_back(moment.get<std::int64_t>());
  }
  std::ranges::sort(slides);
  return slides;
}

Json json_of_slides(const std::vector<MediaTime>& slides) {
  Json list = Json::array();
  for (const MediaTime at : slides) list.push_back(at.count());
  return list;
}

std::vector<HealthStretch> stretches_from_json(const Json& health) {
  std::vector<HealthStretch> stretches;
  const Json* list = array_member(health, "ailed");
  if (!list) return stretches;
  for (const Json& entry : *list) {
    const HealthStretch stretch{.health = health_named(text(entry, "state")),
                                .from = MediaTime(number(entry, "from_us", kLongestUs)),
                                .to = MediaTime(number(entry, "to_us", kLongestUs))};
    const bool is_good = stretch.health != TrackHealth::Good && stretch.from <= stretch.to;
    if (is_good && stretches.size() < HealthLog::kMost) stretches.push_back(stretch);
  }
  return stretches;
}

Json json_from_stretches(const std::vector<HealthStretch>& stretches) {
  Json list = Json::array();
  for (const HealthStretch& stretch : stretches) {
    list.push_back(Json{{"state", health_name(stretch.health)},
                        {"from_us", stretch.from.count()},
                        {"to_us", stretch.to.count()}});
  }
  return list;
}

void health_from_json(const Json& json, TrackReport& report) {
  const auto time = [&json](const char* name) { return MediaTime(number(json, name, kLongestUs)); };
  report.health = health_named(text(json, "state"));
  report.health_sentence = health_words(report.kind, report.device, report.health);
  report.figures = {.longest_gap = time("longest_gap_us"),
                    .longest_black = time("longest_black_us"),
                    .longest_frozen = time("longest_frozen_us"),
                    .longest_silence = time("longest_silence_us")};
  report.figures.clipped_share =
      static_cast<double>(number(json, "clipped_parts_per_million", kMillion)) / kMillion;
  report.ailed = stretches_from_json(json);
  const std::int64_t drift = integer_member(json, "drift_us").value_or(0);
  if (drift > -kLongestUs && drift < kLongestUs) report.figures.drift = MediaTime(drift);
}

std::optional<TrackReport> report_from_json(const Json& json) {
  const auto kind = track_kind(text(json, "name"));
  if (!kind) return std::nullopt;
  TrackReport report{
      .kind = *kind, .file = track_file(*kind), .codec = text(json, "codec"), .device = text(json, "device")};
  report.width = static_cast<int>(number(json, "width", kLargestSide));
  report.height = static_cast<int>(number(json, "height", kLargestSide));
  report.frames_captured = number(json, "frames_captured", kMostFrames);
  report.frames_encoded = number(json, "frames_encoded", kMostFrames);
  report.frames_dropped = number(json, "frames_dropped", kMostFrames);
  report.bytes = static_cast<std::uint64_t>(number(json, "bytes", kMostBytes));
  report.duration = MediaTime(number(json, "duration_us", kLongestUs));
  report.is_over = bool_member(json, "is_over").value_or(false);
  if (const Json* health = object_member(json, "health")) health_from_json(*health, report);
  return report;
}

std::vector<TrackReport> reports_from_json(const Json& json) {
  std::vector<TrackReport> reports;
  const Json* tracks = array_member(json, "tracks");
  if (!tracks) return reports;
  for (const Json& track : *tracks) {
    const auto report = report_from_json(track);
    const auto is_same = [&](const TrackReport& other) { return report && other.kind == report->kind; };
    if (report && std::none_of(reports.begin(), reports.end(), is_same)) reports.push_back(*report);
  }
  return reports;
}

std::vector<std::string> warnings_from_json(const Json& json) {
  std::vector<std::string> warnings;
  const Json* array = array_member(json, "warnings");
  if (!array) return warnings;
  for (const Json& warning : *array) {
    if (warning.is_string() && warnings.size() < kMostWarnings)
      warnings.push_back(warning.get<std::string>());
  }
  return warnings;
}

// The entry of the same name as it was read, for the fields that we don't know.
Json known_entry(const Json& json, const std::string& name) {
  if (const Json* tracks = array_member(json, "tracks")) {
    for (const Json& track : *tracks) {
      if (string_member(track, "name") == name) return track;
    }
  }
  return Json::object();
}

// Tracks that only a later version knows.
void append_unknown_tracks(const Json& json, Json& tracks) {
  const Json* known = array_member(json, "tracks");
  if (!known) return;
  for (const Json& track : *known) {
    if (!track_kind(string_member(track, "name").value_or(""))) tracks.push_back(track);
  }
}

}  // namespace

std::string take_state_name(TakeState state) {
  for (const auto& [known, name] : kStates) {
    if (known == state) return name;
  }
  return "";
}

Result<Take> take_from_json(Json json) {
  if (!json.is_object()) return fail(ErrorCode::Corrupt, tr("take.json doesn't describe a recording"));
  const auto format = integer_member(json, "format");
  if (!format || *format < 1)
    return fail(ErrorCode::Corrupt, tr("take.json doesn't say which format it has"));
  if (*format > kFormat) {
    return fail(ErrorCode::Unsupported,
                tr("this was recorded by a newer version of Meanwhile; update it to open this"));
  }
  Take take;
  take.clip = text(json, "clip");
  if (!is_clip_id(take.clip)) return fail(ErrorCode::Corrupt, tr("take.json names no clip"));
  take.state = state_from(json);
  take.title = text(json, "title");
  take.channel = text(json, "channel");
  take.started = parse_rfc3339(text(json, "started")).value_or(WallTime{});
  take.duration = MediaTime(number(json, "duration_us", kLongestUs));
  take.tracks = reports_from_json(json);
  take.warnings = warnings_from_json(json);
  take.chapters = chapters_of(json);
  take.slides = slides_from_json(json);
  take.loudness = loudness_from_json(json, "loudness");
  take.clean_sound = bool_member(json, "clean_sound").value_or(false);
  take.trim = trim_from_json(json);
  take.publishing_to = text(json, "publishing_to");
  take.manifest_sha256 = text(json, "manifest_sha256");
  take.json = std::move(json);
  return take;
}

Json json_from_health(const TrackReport& report) {
  const TrackFigures& figures = report.figures;
  return Json{{"state", health_name(report.health)},
              {"longest_gap_us", figures.longest_gap.count()},
              {"longest_black_us", figures.longest_black.count()},
              {"longest_frozen_us", figures.longest_frozen.count()},
              {"longest_silence_us", figures.longest_silence.count()},
              {"clipped_parts_per_million", std::llround(figures.clipped_share * kMillion)},
              {"drift_us", figures.drift.count()},
              {"ailed", json_from_stretches(report.ailed)}};
}

Json json_from_report(const TrackReport& report) {
  return Json{{"name", track_name(report.kind)},
              {"file", report.file},
              {"codec", report.codec},
              {"device", report.device},
              {"width", report.width},
              {"height", report.height},
              {"frames_captured", report.frames_captured},
              {"frames_encoded", report.frames_encoded},
              {"frames_dropped", report.frames_dropped},
              {"bytes", report.bytes},
              {"duration_us", report.duration.count()},
              {"is_over", report.is_over},
              {"health", json_from_health(report)}};
}

Json json_from_trim(const Trim& trim) {
  Json json = Json::object();
  if (trim.from) json["from_us"] = trim.from->count();
  if (trim.to) json["to_us"] = trim.to->count();
  return json;
}

Json json_from_take(const Take& take) {
  Json json = take.json.is_object() ? take.json : Json::object();
  Json tracks = Json::array();
  for (const TrackReport& report : take.tracks) {
    Json entry = known_entry(json, track_name(report.kind));
    entry.update(json_from_report(report));
    tracks.push_back(std::move(entry));
  }
  append_unknown_tracks(json, tracks);
  json.update(Json{{"format", kFormat},
                   {"clip", take.clip},
                   {"state", take_state_name(take.state)},
                   {"title", take.title},
                   {"channel", take.channel},
                   {"started", format_rfc3339(take.started)},
                   {"duration_us", take.duration.count()},
                   {"tracks", std::move(tracks)},
                   {"warnings", take.warnings}});
  for (const char* name :
       {"chapters", "slides_us", "loudness", "clean_sound", "trim", "publishing_to", "manifest_sha256"})
    json.erase(name);
  if (!take.chapters.empty()) json["chapters"] = json_of(take.chapters);
  if (!take.slides.empty()) json["slides_us"] = json_of_slides(take.slides);
  if (take.loudness) json["loudness"] = json_of(*take.loudness);
  if (take.clean_sound) json["clean_sound"] = true;
  if (take.trim.is_set()) json["trim"] = json_from_trim(take.trim);
  if (!take.publishing_to.empty()) json["publishing_to"] = take.publishing_to;
  if (!take.manifest_sha256.empty()) json["manifest_sha256"] = take.manifest_sha256;
  return json;
}

}  // namespace meanwhile
