#include "app/sending/clip_remover.h"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <iterator>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/sending/manifest_replacing.h"
#include "app/sending/sent_objects.h"
#include "app/sending/take_objects.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/record/take.h"
#include "media/record/take_cut.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

Result<RemovedParts> what_goes(const ClipStore& clips, const Clip& clip, const std::stop_token& stop) {
  if (!clip.is_mine)
    return fail(
        ErrorCode::PermissionDenied,
        tr_format("Only who made an update can remove parts of it: this one is {}'s.", clip.author_name));
  const auto arrangement = clips.arrangement(clip, stop);
  if (!arrangement) return std::unexpected(arrangement.error());
  RemovedParts removed;
  if (*arrangement) removed = removed_parts(**arrangement, clip.recorded_duration);
  if (!removed.is_nothing()) return removed;
  return fail(
      ErrorCode::InvalidArgument,
      tr("Nothing of the update is cut or covered; cut it first (meanwhile arrange), then remove it."));
}

TrackReport report_of(const ManifestTrack& track) {
  TrackReport report;
  report.kind = *track_kind(track.name);
  report.file = track_file(report.kind);
  report.codec = track.codec;
  report.width = track.width;
  report.height = track.height;
  report.duration = track.duration;
  report.bytes = track.bytes;
  return report;
}

// A take of what is in the library, for one that isn't here, or was before parts were removed elsewhere.
Result<void> fetch_take(OpenLibrary& library, const Clip& clip, const Manifest& manifest,
                        const fs::path& folder, const std::stop_token& stop) {
  const fs::path made = folder_of_import(folder);
  std::error_code ignored;
  fs::remove_all(made, ignored);
  MEANWHILE_TRY(make_folders(made));
  Storage& place = library.session->storage();
  Take take{.clip = clip.id,
            .folder = made,
            .state = TakeState::Published,
            .title = clip.title,
            .channel = clip.channel_name,
            .started = manifest.recorded,
            .duration = manifest.duration,
            .loudness = manifest.loudness,
            .clean_sound = manifest.clean_sound,
            .publishing_to = library.session->id()};
  if (const Addition* replaced = manifest_in(clip.additions)) take.manifest_sha256 = replaced->object.sha256;
  for (const ManifestTrack& track : manifest.tracks) {
    take.tracks.push_back(report_of(track));
    const auto written =
        write_joined(*library.clips, place, made / take.tracks.back().file, parts_of(clip.id, track), stop);
    if (!written) return std::unexpected(written.error());
  }
  for (const ManifestFile& file : manifest.files) {
    const auto bytes = library.clips->side_file(manifest, file.name, stop);
    if (!bytes) return std::unexpected(bytes.error());
    if (!file.name.ends_with(".m3u8")) MEANWHILE_TRY(write_file_durably(made / file.name, *bytes));
  }
  MEANWHILE_TRY(write_take(take));
  fs::remove_all(folder, ignored);
  fs::rename(made, folder, ignored);
  return ignored ? std::unexpected(error_from_errno(ignored.value(), tr_format("moving {}", made.string())))
                 : Result<void>();
}

// What the manifest has and the later one hasn't; earlier versions keep theirs.
std::vector<RemovedObject> without(const Manifest& before, const Manifest& after,
                                   const std::vector<ClipObject>& earlier) {
  std::set<std::string> kept;
  for (const ClipObject& object : objects_of(after)) kept.insert(object.key);
  for (const ClipObject& object : earlier) kept.insert(object.key);
  std::vector<RemovedObject> removed = before.removed;
  for (const ClipObject& object : objects_of(before))
    if (!kept.contains(object.key))
      removed.push_back({object.key.substr(clip_prefix(before.clip).size()), object.object.sha256});
  return removed;
}

// Captions say what was said there.
Result<void> replace_captions(OpenLibrary& library, const Clip& clip, const Addition& captions,
                              const RemovedParts& parts, const std::stop_token& stop, Replacing& replacing) {
  const auto bytes = library.clips->added_file(clip.id, captions, stop);
  if (!bytes) return std::unexpected(bytes.error());
  const auto kept = web_vtt_without(as_text(*bytes), parts.blank);
  Bytes left = to_bytes(kept.value_or("WEBVTT\n"));
  if (left == *bytes) return {};
  replacing.removed.push_back({"added/" + captions.object.name, captions.object.sha256});
  AddedObject object = add_object(*library.session, clip, captions.kind, std::move(left), replacing);
  replacing.events.push_back(
      {.clip = clip.id, .kind = captions.kind, .language = captions.language, .object = std::move(object)});
  return {};
}

void remember_removed(const Clip& clip, const Before& before, const std::vector<ClipObject>& earlier,
                      Manifest& after, Replacing& replacing) {
  after.replaces = before.sha256;
  after.removed = without(before.manifest, after, earlier);
  std::ranges::move(replacing.removed, std::back_inserter(after.removed));
  if (const Addition* replaced = manifest_in(clip.additions))
    after.removed.push_back({"added/" + replaced->object.name, replaced->object.sha256});
}

// What is stored, and was sent so long ago that the outbox has forgotten it, isn't sent once more.
void leave_out_stored(std::vector<OutboxItem>& items, const Manifest& before,
                      const std::vector<OutboxObject>& in_outbox) {
  std::set<std::string> stored;
  for (const ClipObject& object : objects_of(before)) stored.insert(object.key);
  for (const OutboxObject& object : in_outbox) stored.erase(object.key);
  std::erase_if(items, [&](const OutboxItem& item) { return stored.contains(item.key); });
}

Result<Replacing> replace_clip(OpenLibrary& library, const Clip& clip, const RemovedParts& parts,
                               const Before& before, Take& take, const std::stop_token& stop) {
  const auto in_outbox = objects_in_outbox(library.session->outbox(), clip);
  if (!in_outbox) return std::unexpected(in_outbox.error());
  const auto earlier = objects_of_earlier(*library.clips, clip, before.manifest, stop);
  if (!earlier) return std::unexpected(earlier.error());
  SentObjects known(known_objects(before.manifest, *earlier, *in_outbox), random_gap());
  Manifest after = before.manifest;
  after.device = library.session->identity().device().id();
  auto items = describe_parts(take, known, after);
  if (!items) return std::unexpected(items.error());
  leave_out_stored(*items, before.manifest, *in_outbox);
  Replacing replacing{.items = std::move(*items)};
  for (const Addition& addition : clip.additions)
    if (addition.kind == AdditionKind::Captions && !addition.is_suggestion)
      MEANWHILE_TRY(replace_captions(library, clip, addition, parts, stop, replacing));
  remember_removed(clip, before, *earlier, after, replacing);
  auto sha256 = add_manifest(*library.session, clip, std::move(after), replacing);
  if (!sha256) return std::unexpected(sha256.error());
  take.manifest_sha256 = std::move(*sha256);
  MEANWHILE_TRY(write_take(take));
  return replacing;
}

}  // namespace

Result<PreparedRemoval> prepare_removal(OpenLibrary& library, const Clip& clip, const fs::path& takes,
                                        const std::stop_token& stop) {
  const auto parts = what_goes(*library.clips, clip, stop);
  if (!parts) return std::unexpected(parts.error());
  MEANWHILE_TRY(check_is_sent(library.session->outbox(), clip.id, StillSent::MayBeAPoster));
  const auto before = manifest_before(*library.clips, clip, stop);
  if (!before) return std::unexpected(before.error());
  const fs::path folder = takes / clip.id;
  if (!library.clips->take_folder(clip))
    MEANWHILE_TRY(fetch_take(library, clip, before->manifest, folder, stop));
  auto cut = TakeCut::remove(folder, *parts);
  if (!cut) return std::unexpected(cut.error());
  Take take = (*cut)->take();
  auto replacing = replace_clip(library, clip, *parts, *before, take, stop);
  if (!replacing) return std::unexpected(replacing.error());
  return PreparedRemoval{.cut = std::move(*cut),
                         .items = std::move(replacing->items),
                         .events = std::move(replacing->events),
                         .group = removal_group(*library.session, take)};
}

Result<std::string> commit_removal(OpenLibrary& library, PreparedRemoval prepared) {
  // Of two that take one manifest's place at once the second would be lost.
  MEANWHILE_TRY(check_is_sent(library.session->outbox(), prepared.cut->take().clip, StillSent::MayBeAPoster));
  std::vector<Json> events;
  for (const AdditionEvent& event : prepared.events) {
    auto json = to_json(event);
    if (!json) return std::unexpected(json.error());
    library.session->name_replaced(event, *json);
    events.push_back(std::move(*json));
    // It is here before it is in the library.
    const std::string key = added_key(event.clip, event.object->name);
    const auto item = std::ranges::find(prepared.items, key, &OutboxItem::key);
    if (item != prepared.items.end())
      library.clips->cache().take_in(key, item->sha256, std::get<Bytes>(item->source));
  }
  MEANWHILE_TRY(library.session->outbox().add(prepared.group, std::move(prepared.items), std::move(events)));
  prepared.cut->keep();
  return std::move(prepared.group);
}

std::string removal_group(const LibrarySession& library, const Take& take) {
  if (take.manifest_sha256.empty()) return {};
  return added_key(
      take.clip, added_name(AdditionKind::Manifest, library.identity().device().id(), take.manifest_sha256));
}

}  // namespace meanwhile
