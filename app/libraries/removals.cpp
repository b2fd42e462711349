#include "app/libraries/removals.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "upload/outbox.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestSettledBytes = 4u << 20;

// removals.json of a library's folder: the manifest that was settled of each clip.
struct SettledNote {
  std::map<std::string, std::string> settled;
};

std::filesystem::path settled_file(const LibrarySession& library) {
  return library.folder() / "removals.json";
}

// A damaged note is none: what it said is done once more.
SettledNote read_settled(const LibrarySession& library) {
  SettledNote note;
  const auto bytes = read_file(settled_file(library), kLargestSettledBytes);
  const auto json = bytes ? parse_json(as_text(*bytes)) : Result<Json>(fail(bytes.error().code, ""));
  const Json* settled = json ? object_member(*json, "settled") : nullptr;
  if (settled == nullptr) return note;
  for (const auto& [clip, manifest] : settled->items())
    if (manifest.is_string()) note.settled[clip] = manifest.get<std::string>();
  return note;
}

Result<void> write_settled(const LibrarySession& library, const SettledNote& note) {
  return write_file_durably(settled_file(library),
                            as_byte_span(to_text(Json{{"format", 1}, {"settled", note.settled}}, 1)));
}

Result<void> remove_from_place(Storage& place, const std::vector<std::string>& keys,
                               const std::stop_token& stop) {
  for (const std::string& key : keys) {
    const auto removed = place.remove(key, stop);
    if (!removed && removed.error().code != ErrorCode::NotFound) return removed;
  }
  return {};
}

// A place may say yes and keep it, or bring it back.
Result<void> check_are_gone(Storage& place, const std::string& clip, const std::vector<std::string>& keys,
                            const std::stop_token& stop) {
  const auto objects = place.list(clip_prefix(clip), "", stop);
  if (!objects) return std::unexpected(objects.error());
  const std::set<std::string> gone(keys.begin(), keys.end());
  const auto left =
      std::ranges::count_if(*objects, [&](const ObjectInfo& object) { return gone.contains(object.key); });
  if (left == 0) return {};
  return fail(ErrorCode::Unavailable, tr_count(left, "{} still has {} of its objects",
                                               "{} still has {} of its objects", place.description(), left));
}

// The recordings on this machine that are what the clip was before; of a correction it has a name of its own.
Result<void> remove_old_takes(const ClipStore& clips, const Clip& clip, const std::string& replaced) {
  const auto folder = clips.take_folder(clip.id);
  if (folder && !clips.take_folder(clip)) MEANWHILE_TRY(discard_take(*folder));
  for (const std::filesystem::path& take : clips.takes_of_manifest(replaced))
    MEANWHILE_TRY(discard_take(take));
  return {};
}

// Words that haven't reached the place yet may be those that tell everybody of it.
Result<bool> is_known_to_all(LibrarySession& library) {
  const auto waiting = library.log()->waiting();
  return waiting ? Result<bool>(*waiting == 0) : std::unexpected(waiting.error());
}

// false: it is too early.
Result<bool> settle(OpenLibrary& library, const Clip& clip, const std::stop_token& stop) {
  const auto manifest = library.clips->manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  std::vector<std::string> keys;
  std::vector<std::string> hashes;
  for (const RemovedObject& object : manifest->removed) {
    keys.push_back(clip_prefix(clip.id) + object.name);
    hashes.push_back(object.sha256);
  }
  library.clips->cache().forget(clip.id, hashes);
  if (!clip.is_mine || keys.empty()) return true;
  const auto is_known = is_known_to_all(*library.session);
  if (!is_known || !*is_known) return is_known;
  MEANWHILE_TRY(library.session->outbox().withdraw(keys));
  MEANWHILE_TRY(remove_from_place(library.session->storage(), keys, stop));
  MEANWHILE_TRY(check_are_gone(library.session->storage(), clip.id, keys, stop));
  MEANWHILE_TRY(remove_old_takes(*library.clips, clip, manifest->replaces));
  return true;
}

}  // namespace

Result<SettledRemovals> settle_removals(OpenLibrary& library, Index& index, const std::stop_token& stop) {
  SettledRemovals done;
  const auto clips = index.clips_with_other_manifests();
  if (!clips) return std::unexpected(clips.error());
  if (clips->empty()) return done;
  SettledNote note = read_settled(*library.session);
  for (const Clip& clip : *clips) {
    const std::string& manifest = manifest_in(clip.additions)->object.sha256;
    if (note.settled[clip.id] == manifest) continue;
    const auto settled = settle(library, clip, stop);
    if (!settled && settled.error().is_control()) return std::unexpected(settled.error());
    done.is_all = done.is_all && settled && *settled;
    // What somebody else's update is now may only be on its way here.
    if (!settled && !clip.is_mine) continue;
    if (!settled) {
      done.troubles.push_back(tr_format("what was removed from \"{}\" isn't gone everywhere yet: {}",
                                        clip.title, settled.error().message));
      continue;
    }
    if (!*settled) continue;
    note.settled[clip.id] = manifest;
    MEANWHILE_TRY(write_settled(*library.session, note));
  }
  return done;
}

}  // namespace meanwhile
