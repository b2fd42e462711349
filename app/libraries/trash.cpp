#include "app/libraries/trash.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestNoteBytes = 4u << 20;
constexpr std::chrono::hours kBetweenPurges{24};
// Between two looks. A clock that jumps must not make a grace of 30 days pass at once.
constexpr std::chrono::hours kLongestStep{24 * 10};

// trash.json of a library's folder: which clips' bytes are gone, when it was last looked after, and how much
// of its grace this home saw pass for each clip.
struct Note {
  std::set<std::string> purged;
  std::map<std::string, std::chrono::milliseconds> waited;
  std::optional<WallTime> looked;
};

std::filesystem::path note_file(const LibrarySession& library) {
  return library.folder() / "trash.json";
}

// A damaged note is none: clips are then listed once more, and nothing is found of them.
Note read_note(const LibrarySession& library) {
  Note note;
  const auto bytes = read_file(note_file(library), kLargestNoteBytes);
  const auto json = bytes ? parse_json(as_text(*bytes)) : Result<Json>(fail(bytes.error().code, ""));
  if (!json) return note;
  if (const auto looked = parse_rfc3339(string_member(*json, "looked").value_or(""))) note.looked = *looked;
  if (const Json* purged = array_member(*json, "purged")) {
    for (const Json& clip : *purged) {
      if (clip.is_string()) note.purged.insert(clip.get<std::string>());
    }
  }
  if (const Json* waited = object_member(*json, "waited_ms")) {
    for (const auto& [clip, time] : waited->items()) {
      if (time.is_number_integer()) note.waited[clip] = std::chrono::milliseconds(time.get<std::int64_t>());
    }
  }
  return note;
}

// What has passed since the last look, as far as that can be believed, counts for those that were there then.
void let_time_pass(Note& note, const std::vector<DeletedClip>& clips, WallTime now) {
  const auto step = note.looked ? std::clamp<std::chrono::milliseconds>(
                                      now - *note.looked, std::chrono::milliseconds(0), kLongestStep)
                                : std::chrono::milliseconds(0);
  std::map<std::string, std::chrono::milliseconds> waited;
  for (const DeletedClip& clip : clips) {
    const auto before = note.waited.find(clip.id);
    waited[clip.id] = before == note.waited.end() ? std::chrono::milliseconds(0) : before->second + step;
  }
  note.waited = std::move(waited);
  note.looked = now;
}

Result<void> write_note(const LibrarySession& library, const Note& note) {
  Json json = {{"format", 1}, {"purged", Json::array()}};
  for (const std::string& clip : note.purged) json["purged"].push_back(clip);
  json["waited_ms"] = Json::object();
  for (const auto& [clip, time] : note.waited) json["waited_ms"][clip] = time.count();
  if (note.looked) json["looked"] = format_rfc3339(*note.looked);
  return write_file_durably(note_file(library), as_byte_span(to_text(json, 1)));
}

// Errors: the storage's; then some of it may be left.
Result<int> remove_objects(Storage& storage, const std::string& clip, std::stop_token stop) {
  MEANWHILE_TRY(storage.remove(manifest_key(clip), stop));
  const auto objects = storage.list(clip_prefix(clip), "", stop);
  if (!objects) return std::unexpected(objects.error());
  for (const ObjectInfo& object : *objects) MEANWHILE_TRY(storage.remove(object.key, stop));
  return static_cast<int>(objects->size()) + 1;
}

std::unexpected<Error> bytes_are_gone() {
  return fail(ErrorCode::NotFound,
              tr("the clip's 30 days are over: its recordings are gone from the library"));
}

}  // namespace

WallTime library_now(Storage& storage, WallTime now) {
  return now - clock_ahead(storage).value_or(std::chrono::seconds(0));
}

int days_left(const DeletedClip& clip, WallTime now) {
  const auto left = clip.deleted + kTrashGrace - now;
  if (left <= left.zero()) return 0;
  return static_cast<int>(std::chrono::ceil<std::chrono::days>(left).count());
}

std::string days_left_words(const DeletedClip& clip, WallTime now) {
  const int days = days_left(clip, now);
  if (days == 0) return tr("can't be restored any more");
  return tr_count(days, "less than a day left", "{} days left", days);
}

Result<std::vector<DeletedClip>> trash_of(LibrarySession& library) {
  auto clips = library.index().trash();
  if (!clips) return clips;
  const Note note = read_note(library);
  std::erase_if(*clips,
                [&](const DeletedClip& clip) { return !clip.is_mine || note.purged.contains(clip.id); });
  return clips;
}

Result<void> find_trashed_bytes(Storage& place, const std::string& clip, std::stop_token stop) {
  const auto manifest = place.stat(manifest_key(clip), std::move(stop));
  if (!manifest && manifest.error().code == ErrorCode::NotFound) return bytes_are_gone();
  return {};
}

Result<EventId> restore_clip(LibrarySession& library, const std::string& clip, WallTime now) {
  const auto clips = library.index().trash();
  if (!clips) return std::unexpected(clips.error());
  const auto found = std::ranges::find(*clips, clip, &DeletedClip::id);
  if (found == clips->end())
    return fail(ErrorCode::NotFound,
                tr_format("the clip {} isn't in the trash: see `meanwhile trash`", clip));
  if (!found->is_mine)
    return fail(ErrorCode::PermissionDenied, tr("only who deleted a clip of their own can bring it back"));
  if (days_left(*found, library_now(library.storage(), now)) == 0) return bytes_are_gone();
  return library.say(RestoreClipEvent{.clip = clip});
}

Result<PurgeReport> purge_trash(LibrarySession& library, WallTime now, std::stop_token stop) {
  PurgeReport report;
  const auto clips = library.sync_index().trash();
  if (!clips) return std::unexpected(clips.error());
  Note note = read_note(library);
  const WallTime there = library_now(library.storage(), now);
  let_time_pass(note, *clips, now);
  for (const DeletedClip& clip : *clips) {
    if (!clip.is_mine || note.purged.contains(clip.id) || !is_clip_id(clip.id)) continue;
    if (days_left(clip, there) > 0 || note.waited[clip.id] < kTrashGrace) continue;
    const auto removed = remove_objects(library.storage(), clip.id, stop);
    if (!removed && removed.error().is_control()) return std::unexpected(removed.error());
    if (!removed) {
      report.troubles.push_back(
          tr_format("the bytes of \"{}\" could not be removed yet: {}", clip.title, removed.error().message));
      continue;
    }
    note.purged.insert(clip.id);
    MEANWHILE_TRY(write_note(library, note));
    ++report.clips;
    report.objects += *removed;
  }
  MEANWHILE_TRY(write_note(library, note));
  return report;
}

Result<PurgeReport> purge_if_due(LibrarySession& library, WallTime now, std::stop_token stop) {
  const Note note = read_note(library);
  // A clock that was set back must not put it off for ever.
  const bool is_due = !note.looked || *note.looked > now || now - *note.looked >= kBetweenPurges;
  if (!is_due) return PurgeReport{};
  return purge_trash(library, now, std::move(stop));
}

}  // namespace meanwhile
