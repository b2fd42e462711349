#include "app/sending/publisher.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/events.h"
#include "app/library/manifest.h"
#include "app/library/text.h"
#include "app/sending/draft_arrangement.h"
#include "app/sending/sent_objects.h"
#include "app/sending/take_objects.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/pauses.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "media/record/take_cut.h"
#include "media/record/take_extras.h"
#include "media/record/take_lock.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Posters, pointer tracks, playlists: far smaller in practice; kLargestObjectBytes is what storage takes.
constexpr std::uint64_t kLargestSideFileBytes = 16u << 20;

Manifest describe(const Take& take, const PublishDetails& details, const Identity& identity) {
  return {.clip = take.clip,
          .title = details.title,
          .person = identity.person(),
          .device = identity.device().id(),
          .author_name = details.author_name,
          .recorded = take.started,
          .duration = {},
          .tracks = {},
          .files = {},
          .loudness = take.loudness,
          .clean_sound = take.clean_sound};
}

Result<Json> published_event(const Manifest& manifest, const PublishDetails& details,
                             const Bytes& signed_manifest, const Take& take) {
  PublishedEvent event{.clip = manifest.clip,
                       .title = manifest.title,
                       .channel = details.channel.empty() ? "" : channel_id_for(details.channel),
                       .duration = manifest.duration,
                       .recorded = format_rfc3339(manifest.recorded),
                       .manifest_sha256 = sha256_hex(signed_manifest),
                       .tracks = {},
                       .in_the_morning = details.in_the_morning,
                       .pauses = pauses_of(take.folder, manifest.duration),
                       .description = {},
                       .chapters = take.chapters};
  for (const ManifestTrack& track : manifest.tracks)
    event.tracks.push_back({track.name, track.width, track.height});
  return to_json(EventBody(std::move(event)));
}

// A cut take's files are others than those that were sent while it was recorded, under the same names.
Result<void> withdraw_sent(const std::string& clip, Outbox& outbox) {
  const auto sent = outbox.objects(clip);
  if (!sent) return std::unexpected(sent.error());
  std::vector<std::string> keys;
  for (const OutboxObject& object : *sent) keys.push_back(object.key);
  return outbox.withdraw(clip, keys);
}

}  // namespace

MediaTime pauses_of(const fs::path& take, MediaTime duration) {
  const auto text_of = [&](const char* name) {
    auto bytes = read_file(take / name, kLargestSideFileBytes);
    return bytes ? std::string(as_text(*bytes)) : std::string();
  };
  const auto peaks = parse_waveform(text_of(kWaveformFile));
  const auto levels = parse_activity(text_of(kActivityFile));
  return peaks && levels ? length_of(find_pauses(*peaks, *levels, duration)) : MediaTime{};
}

Result<PreparedTake> hold_take(const fs::path& folder, const std::string& library, Outbox& outbox) {
  PreparedTake held;
  auto lock = TakeLock::acquire(folder);
  if (!lock) return fail(tr("publishing the draft"), lock.error());
  auto take = read_take(folder);
  if (!take) return std::unexpected(take.error());
  if (!take->trim.is_set()) {
    held.take = std::move(*take);
    held.take.is_being_recorded = false;  // by nobody but us
    held.lock = std::move(*lock);
    if (!held.take.loudness) held.take.loudness = measured_loudness(held.take.folder);
    set_arranged_poster(held.take);
    return held;
  }
  MEANWHILE_TRY(withdraw_sent(take->clip, outbox));
  lock->end(folder);
  auto cut = TakeCut::make(folder, library);
  if (!cut) return std::unexpected(cut.error());
  held.take = (*cut)->take();
  held.cut = std::move(*cut);
  // Of what was cut, recovered or imported nobody knows it yet.
  if (!held.take.loudness) held.take.loudness = measured_loudness(held.take.folder);
  set_arranged_poster(held.take);
  return held;
}

Result<PreparedTake> prepare_take(const fs::path& folder, const PublishDetails& details,
                                  const Identity& identity, const std::string& library, Outbox& outbox) {
  auto prepared = hold_take(folder, library, outbox);
  if (!prepared) return prepared;
  const auto sent = outbox.objects(prepared->take.clip);
  if (!sent) return std::unexpected(sent.error());
  auto publication = prepare_publication(prepared->take, details, identity, *sent);
  if (!publication) return std::unexpected(publication.error());
  prepared->publication = std::move(*publication);
  return prepared;
}

Result<Publication> prepare_publication(const Take& take, const PublishDetails& details,
                                        const Identity& identity, const std::vector<OutboxObject>& sent) {
  if (take.is_being_recorded)
    return fail(ErrorCode::Unavailable, tr_format("the draft {} is still being recorded", take.clip));
  if (!is_valid_utf8(details.title) || count_characters(details.title) > kLongestTitle) {
    return fail(ErrorCode::InvalidArgument,
                tr_count(kLongestTitle, "a title is at most {} character of valid UTF-8",
                         "a title is at most {} characters of valid UTF-8", kLongestTitle));
  }
  Manifest manifest = describe(take, details, identity);
  Publication publication{.clip = take.clip, .items = {}, .events = {}, .left_over = {}, .arrangement = {}};
  SentObjects known(sent);
  auto items = describe_parts(take, known, manifest);
  if (!items) return std::unexpected(items.error());
  publication.items = std::move(*items);
  publication.left_over = known.left_over();

  auto json = to_json(manifest);
  if (!json) return std::unexpected(json.error());
  Bytes signed_manifest = sign_document(*json, identity.device().key);
  auto event = published_event(manifest, details, signed_manifest, take);
  if (!event) return std::unexpected(event.error());
  publication.events.push_back(std::move(*event));
  MEANWHILE_TRY(add_arrangement(take, manifest, publication));
  publication.items.push_back({.key = manifest_key(take.clip),
                               .source = std::move(signed_manifest),
                               .priority = OutboxPriority::Small});
  return publication;
}

}  // namespace meanwhile
