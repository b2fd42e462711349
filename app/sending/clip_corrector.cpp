#include "app/sending/clip_corrector.h"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <iterator>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/clip_change.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/sending/draft_arrangement.h"
#include "app/sending/manifest_replacing.h"
#include "app/sending/publisher.h"
#include "app/sending/sent_objects.h"
#include "app/sending/take_objects.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

Result<void> check_is_ours(const Clip& clip) {
  if (!clip.is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr_format("Only who made an update can correct it: this one is {}'s.", clip.author_name));
  if (clip.is_live)
    return fail(ErrorCode::InvalidArgument,
                tr("The update is still being recorded: it can be corrected once it is published."));
  if (clip.version < kMostVersions) return {};
  return fail(ErrorCode::InvalidArgument, tr("The update was corrected too often: publish another one."));
}

// Captions and cuts of the version before say nothing about another recording. Lists show the last version
// only: what stood there for one before isn't needed.
EarlierVersion version_before(const Clip& clip) {
  EarlierVersion before{.duration = clip.recorded_duration, .chapters = clip.chapters, .additions = {}};
  std::ranges::copy_if(clip.additions, std::back_inserter(before.additions), [](const Addition& addition) {
    return !addition.is_suggestion && addition.kind != AdditionKind::Poster;
  });
  return before;
}

Manifest manifest_of(const Clip& clip, const Before& before, const Take& take, const Identity& identity) {
  Manifest manifest = before.manifest;
  manifest.device = identity.device().id();
  manifest.recorded = take.started;
  manifest.loudness = take.loudness;
  manifest.clean_sound = take.clean_sound;
  manifest.replaces = before.sha256;
  manifest.earlier.push_back(version_before(clip));
  return manifest;
}

void take_back_additions(const Clip& clip, Replacing& replacing) {
  for (const Addition& addition : clip.additions)
    if (!addition.is_suggestion && addition.kind != AdditionKind::Manifest)
      replacing.events.push_back(
          {.clip = clip.id, .kind = addition.kind, .language = addition.language, .object = {}});
}

// The new recording's own chapters, or those of before that lie within it.
Chapters chapters_of(const Clip& clip, const Take& take, const Manifest& manifest) {
  if (!take.chapters.empty()) return take.chapters;
  Chapters kept = clip.chapters;
  std::erase_if(kept, [&](const Chapter& chapter) { return chapter.at >= manifest.duration; });
  return kept;
}

PublishedEvent published_as(const Clip& clip, const Take& take, const Manifest& manifest) {
  PublishedEvent event = published_event(clip);
  event.duration = manifest.duration;
  event.recorded = format_rfc3339(manifest.recorded);
  event.pauses = pauses_of(take.folder, manifest.duration);
  event.chapters = chapters_of(clip, take, manifest);
  event.tracks.clear();
  for (const ManifestTrack& track : manifest.tracks)
    event.tracks.push_back({track.name, track.width, track.height});
  return event;
}

Result<Publication> publish_as(OpenLibrary& library, const Clip& clip, Take& take,
                               const std::stop_token& stop) {
  LibrarySession& session = *library.session;
  const auto before = manifest_before(*library.clips, clip, stop);
  if (!before) return std::unexpected(before.error());
  auto in_outbox = objects_in_outbox(session.outbox(), clip);
  if (!in_outbox) return std::unexpected(in_outbox.error());
  const auto earlier = objects_of_earlier(*library.clips, clip, before->manifest, stop);
  if (!earlier) return std::unexpected(earlier.error());
  SentObjects known(known_objects(before->manifest, *earlier, std::move(*in_outbox)), random_gap());
  Manifest manifest = manifest_of(clip, *before, take, session.identity());
  Take as_clip = take;
  as_clip.clip = clip.id;
  Replacing replacing;
  auto items = describe_parts(as_clip, known, manifest);
  if (!items) return std::unexpected(items.error());
  replacing.items = std::move(*items);
  const auto added = add_manifest(session, clip, manifest, replacing);
  if (!added) return std::unexpected(added.error());
  take.manifest_sha256 = *added;
  take_back_additions(clip, replacing);
  Publication publication{
      .clip = clip.id, .items = std::move(replacing.items), .events = {}, .left_over = {}, .arrangement = {}};
  std::vector<EventBody> bodies{published_as(clip, take, manifest)};
  std::ranges::move(replacing.events, std::back_inserter(bodies));
  for (const EventBody& body : bodies) {
    auto json = to_json(body);
    if (!json) return std::unexpected(json.error());
    publication.events.push_back(std::move(*json));
  }
  MEANWHILE_TRY(add_arrangement(take, manifest, publication));
  return publication;
}

}  // namespace

Result<PreparedTake> prepare_correction(OpenLibrary& library, const std::filesystem::path& folder,
                                        const Clip& clip, const std::stop_token& stop) {
  MEANWHILE_TRY(check_is_ours(clip));
  Outbox& outbox = library.session->outbox();
  MEANWHILE_TRY(check_is_sent(outbox, clip.id));
  auto prepared = hold_take(folder, library.session->id(), outbox);
  if (!prepared) return prepared;
  auto publication = publish_as(library, clip, prepared->take, stop);
  if (!publication) return std::unexpected(publication.error());
  // What was sent of it while it was recorded lies in a folder of its own.
  const auto sent = outbox.objects(prepared->take.clip);
  if (!sent) return std::unexpected(sent.error());
  for (const OutboxObject& object : *sent)
    if (!object.is_withdrawn) publication->left_over.push_back(object.key);
  prepared->publication = std::move(*publication);
  return prepared;
}

}  // namespace meanwhile
