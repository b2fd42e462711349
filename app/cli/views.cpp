#include "app/cli/views.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/time_words.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "media/record/take_json.h"
#include "media/record/take_summary.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {

Json json_of(const TrackReport& track) {
  return {{"name", track_name(track.kind)},
          {"file", track.file},
          {"codec", track.codec},
          {"device", track.device},
          {"width", track.width},
          {"height", track.height},
          {"frames_captured", track.frames_captured},
          {"frames_encoded", track.frames_encoded},
          {"frames_dropped", track.frames_dropped},
          {"bytes", track.bytes},
          {"duration_us", track.duration.count()},
          {"health", json_from_health(track)}};
}

Json json_of(const std::vector<TrackReport>& tracks) {
  Json array = Json::array();
  for (const TrackReport& track : tracks) array.push_back(json_of(track));
  return array;
}

Json json_of(const TakeSummary& summary) {
  return {{"clip", summary.clip},
          {"folder", summary.folder.string()},
          {"duration_us", summary.duration.count()},
          {"tracks", json_of(summary.tracks)},
          {"warnings", summary.warnings}};
}

Json json_of(const Take& take) {
  static constexpr const char* kStates[] = {tr_later("recording"), tr_later("finished"),
                                            tr_later("recovered"), tr_later("published")};
  Json json{
      {"clip", take.clip},
      {"folder", take.folder.string()},
      {"state", take.is_being_recorded ? tr_later("being recorded") : kStates[static_cast<int>(take.state)]},
      {"title", take.title},
      {"channel", take.channel},
      {"started", format_rfc3339(take.started)},
      {"duration_us", take.duration.count()},
      {"tracks", json_of(take.tracks)},
      {"warnings", take.warnings}};
  if (!take.chapters.empty()) json["chapters"] = json_of(take.chapters);
  if (take.trim.is_set()) json["trim"] = json_from_trim(take.trim);
  return json;
}

Json json_of(const Clip& clip) {
  Json json = {{"clip", clip.id},
               {"title", clip.title},
               {"author", clip.author_name},
               {"person", clip.author},
               {"channel", clip.channel_name.empty() ? clip.channel : clip.channel_name},
               {"duration_us", clip.duration.count()},
               {"pauses_us", clip.pauses.count()},
               {"recorded", format_rfc3339(clip.recorded)},
               {"published", format_rfc3339(clip.published)},
               {"mine", clip.is_mine},
               {"watched", clip.is_watched},
               {"watched_fraction", clip.watched},
               {"comments", clip.comments},
               {"new_comments", clip.new_comments},
               {"answers", clip.answers},
               {"asks", clip.asks},
               {"archived", clip.is_archived},
               {"live", clip.is_live},
               {"broken_off", clip.is_broken_off}};
  if (!clip.description.empty()) json["description"] = clip.description;
  if (!clip.chapters.empty()) json["chapters"] = json_of(clip.chapters);
  if (clip.edited) json["edited"] = format_rfc3339(*clip.edited);
  if (clip.version > 1) json["version"] = clip.version;
  return json;
}

Json json_of(const Clip& clip, const LibrarySession& library) {
  Json json = json_of(clip);
  json["library"] = json_of_place(library);
  return json;
}

Json json_of_place(const LibrarySession& library) {
  return {{"id", library.id()}, {"name", library.name()}, {"url", library.url()}};
}

Json json_of(const ManifestTrack& track) {
  return {{"name", track.name},
          {"codec", track.codec},
          {"width", track.width},
          {"height", track.height},
          {"bytes", track.bytes},
          {"duration_us", track.duration.count()},
          {"segments", track.segments.size()}};
}

std::string watched_words(const Watcher& watcher) {
  const std::string name = display_line(watcher.name);
  return watcher.watched >= 0.9 ? name : fmt::format("{} ({:.0f} %)", name, watcher.watched * 100);
}

std::string text_of(const TakeSummary& summary) {
  // TRANSLATORS: {0} is a length, {1} the recording's id.
  std::string text = tr_format("Recorded {} as {}", duration_words(summary.duration), summary.clip) + "\n";
  for (const TrackReport& track : summary.tracks) {
    const std::string size = track.width > 0 ? fmt::format(" {}x{}", track.width, track.height) : "";
    text += fmt::format("  {:<7}{}{}, {}, {}, {}; {}\n", track_name(track.kind), track.device, size,
                        format_size(track.bytes),
                        tr_count(track.frames_encoded, "{} frames", "{} frames", track.frames_encoded),
                        tr_count(track.frames_dropped, "{} dropped", "{} dropped", track.frames_dropped),
                        figures_words(track.figures));
  }
  for (const std::string& warning : summary.warnings)
    text += fmt::format("  {}\n", tr_format("Note: {}", warning));
  return text + "  " + summary.folder.string() + "\n";
}

std::string chapter_lines(const Chapters& chapters) {
  std::string lines;
  for (std::size_t i = 0; i < chapters.size(); ++i)
    lines += fmt::format("  {:>7}  {}\n", format_moment(chapters[i].at), chapter_title(chapters, i));
  return lines;
}

std::string heading_of(const LibrarySession& library) {
  return fmt::format("{}  ({})\n", library.name(), library.url());
}

std::string text_of(const Clip& clip, const std::string& zone) {
  const char* mark = clip.asks > 0 ? "?" : clip.answers > 0 ? "!" : clip.is_watched ? " " : "*";
  return fmt::format("{}  {} {:<40} {:<16} {:>8}  {}{}{}\n", clip.id, mark,
                     clip.title.empty() ? tr("Untitled") : display_line(clip.title),
                     display_line(clip.author_name), format_moment(clip.duration),
                     clip.is_broken_off ? tr("recording broke off")
                     : clip.is_live     ? tr("being recorded now")
                                        : time_words(clip.published, wall_now(), zone),
                     clip.version > 1 ? tr_format(", version {}", clip.version) : "",
                     clip.comments > 0 ? ", " + tr_count(std::uint64_t(clip.comments), "{} comment",
                                                         "{} comments", clip.comments)
                                       : "");
}

std::string text_of(const std::vector<Thread>& threads, const std::string& zone) {
  std::string text;
  const auto line = [&](const Comment& comment, const char* indent) {
    text += fmt::format(
        "{}{}  {} ({}){}{}\n{}    {}\n", indent, format_exact_moment(comment.at),
        display_line(comment.author_name), time_words(comment.created, wall_now(), zone),
        comment.is_on_earlier ? tr_format(", on version {}", comment.version) : "",
        comment.is_resolved ? tr_format(", resolved by {}", display_line(comment.resolved_by)) : "", indent,
        comment.is_deleted ? tr_in("a comment", "(deleted)") : display_text(comment.text));
    text += fmt::format("{}    id {}\n", indent, comment.id);
  };
  for (const Thread& thread : threads) {
    line(thread.comment, "  ");
    for (const Comment& reply : thread.replies) line(reply, "      ");
  }
  return text;
}

}  // namespace meanwhile
