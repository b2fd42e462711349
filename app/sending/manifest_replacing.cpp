#include "app/sending/manifest_replacing.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <iterator>
#include <random>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {

Result<Before> manifest_before(const ClipStore& clips, const Clip& clip, const std::stop_token& stop) {
  auto manifest = clips.manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  return Before{std::move(*manifest), manifest_place(clip).sha256};
}

Result<void> check_is_sent(Outbox& outbox, const std::string& clip, StillSent allowed) {
  const auto is_under_way =
      outbox.is_sending_below(clip_prefix(clip), allowed == StillSent::MayBeAPoster ? ".jpg" : "");
  if (!is_under_way) return std::unexpected(is_under_way.error());
  if (!*is_under_way) return {};
  return fail(ErrorCode::Unavailable,
              tr("The update is still being sent; try again once everything is sent."));
}

Result<std::vector<OutboxObject>> objects_in_outbox(Outbox& outbox, const Clip& clip) {
  auto objects = outbox.objects(clip.id);
  const Addition* earlier = manifest_in(clip.additions);
  if (!objects || earlier == nullptr) return objects;
  auto more = outbox.objects(added_key(clip.id, earlier->object.name));
  if (more) std::ranges::move(*more, std::back_inserter(*objects));
  return objects;
}

Result<std::vector<ClipObject>> objects_of_earlier(const ClipStore& clips, const Clip& clip,
                                                   const Manifest& manifest, const std::stop_token& stop) {
  std::vector<ClipObject> objects;
  for (int version = 1; version <= std::ssize(manifest.earlier); ++version) {
    const auto before = clips.earlier_version(clip, version, stop);
    const auto earlier = before ? clips.manifest(*before, stop) : std::unexpected(before.error());
    if (!earlier) return std::unexpected(earlier.error());
    std::ranges::move(objects_of(*earlier), std::back_inserter(objects));
  }
  return objects;
}

std::vector<OutboxObject> known_objects(const Manifest& manifest, const std::vector<ClipObject>& earlier,
                                        std::vector<OutboxObject> in_outbox) {
  std::vector<OutboxObject> known = std::move(in_outbox);
  for (OutboxObject& object : known) object.range.reset();
  const auto add = [&](const std::vector<ClipObject>& objects) {
    for (const ClipObject& object : objects)
      known.push_back({.key = object.key, .range = {}, .sha256 = object.object.sha256});
  };
  add(objects_of(manifest));
  add(earlier);
  for (const RemovedObject& object : manifest.removed)
    known.push_back({.key = clip_prefix(manifest.clip) + object.name,
                     .range = {},
                     .sha256 = object.sha256,
                     .is_withdrawn = true});
  return known;
}

std::size_t random_gap() {
  constexpr std::size_t kLargestGap = 20'000;  // of a million numbers
  return std::random_device()() % kLargestGap;
}

AddedObject add_object(const LibrarySession& library, const Clip& clip, AdditionKind kind, Bytes bytes,
                       Replacing& replacing) {
  const std::string sha256 = sha256_hex(bytes);
  AddedObject object{added_name(kind, library.identity().device().id(), sha256), bytes.size(), sha256};
  replacing.items.push_back({.key = added_key(clip.id, object.name),
                             .source = std::move(bytes),
                             .sha256 = sha256,
                             .priority = OutboxPriority::Poster});
  return object;
}

Result<std::string> add_manifest(const LibrarySession& library, const Clip& clip, const Manifest& manifest,
                                 Replacing& replacing) {
  const auto json = to_json(manifest);
  if (!json) return std::unexpected(json.error());
  AddedObject object = add_object(library, clip, AdditionKind::Manifest,
                                  sign_document(*json, library.identity().device().key), replacing);
  std::string sha256 = object.sha256;
  replacing.events.push_back({.clip = clip.id,
                              .kind = AdditionKind::Manifest,
                              .language = {},
                              .object = std::move(object),
                              .duration = manifest.duration,
                              .version = static_cast<int>(std::ssize(manifest.earlier)) + 1});
  return sha256;
}

}  // namespace meanwhile
