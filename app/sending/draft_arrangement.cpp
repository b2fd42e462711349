#include "app/sending/draft_arrangement.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/manifest.h"
#include "app/sending/arranged_poster.h"
#include "app/sending/publisher.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_trim.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/record/take.h"
#include "media/record/take_arrangement.h"
#include "media/record/take_extras.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {

// A poster that shows what is cut is worth less than none; one that can't be made stops nobody from
// publishing.
void set_arranged_poster(const Take& take) {
  const auto arrangement = read_take_arrangement(take.folder).value_or(std::nullopt);
  const auto moment = arrangement ? poster_moment(*arrangement, take.duration) : std::nullopt;
  if (!moment) return;
  const OpenedClip opened = open_tracks(take.clip, take.folder, take.tracks, take.duration);
  const auto poster = arranged_poster(opened.media, *arrangement, *moment);
  const std::filesystem::path file = take.folder / kPosterFile;
  std::error_code ignored;
  const auto written = poster ? write_file_durably(file, *poster) : std::unexpected(poster.error());
  if (written) return;
  std::filesystem::remove(file, ignored);
  log(LogLevel::Warning, "publishing without a poster: " + written.error().message);
}

// Of a take that is damaged towards its end less is published than it says.
Result<void> add_arrangement(const Take& take, const Manifest& manifest, Publication& publication) {
  const auto kept = read_take_arrangement(take.folder);
  if (!kept) return std::unexpected(kept.error());
  if (!*kept) return {};
  auto arrangement = arrangement_within(**kept, take.duration, KeptRange{MediaTime{}, manifest.duration});
  if (!arrangement) return std::unexpected(arrangement.error());
  const auto edits = edits_of(*arrangement, manifest.duration);
  if (!edits) return std::unexpected(edits.error());
  Bytes bytes = to_bytes(to_text(*arrangement));
  const std::string sha256 = sha256_hex(bytes);
  const AddedObject object{added_name(AdditionKind::Arrangement, manifest.device, sha256), bytes.size(),
                           sha256};
  auto event = to_json(EventBody(AdditionEvent{.clip = publication.clip,
                                               .kind = AdditionKind::Arrangement,
                                               .language = {},
                                               .object = object,
                                               .duration = edits->duration()}));
  if (!event) return std::unexpected(event.error());
  publication.events.push_back(std::move(*event));
  publication.items.push_back({.key = added_key(publication.clip, object.name),
                               .source = std::move(bytes),
                               .sha256 = sha256,
                               .priority = OutboxPriority::Small});
  publication.arrangement = std::move(*arrangement);
  return {};
}

}  // namespace meanwhile
