// ClipStore: what a clip's author made of it after it was recorded.
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/edit_list.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

constexpr const char* kPosterFile = "poster.jpg";
constexpr std::uint64_t kLargestPoster = 4u << 20;

// It will never be another.
bool is_for_good(const Error& error) {
  return error.code == ErrorCode::Corrupt || error.code == ErrorCode::Unsupported ||
         error.code == ErrorCode::InvalidArgument;
}

std::unexpected<Error> not_here(const Clip& clip, const Error& error) {
  return std::unexpected(
      // TRANSLATORS: {0} is a person's name, {1} says why.
      Error{error.code, tr_format("How {} arranged this update isn't here yet, so it isn't shown: {}",
                                  clip.author_name, error.message)});
}

}  // namespace

Result<std::optional<Arrangement>> ClipStore::arrangement(const Clip& clip, std::stop_token stop) const {
  const Addition* addition = arrangement_in(clip.additions);
  if (addition == nullptr) return std::nullopt;
  const auto bytes = added_file(clip.id, *addition, std::move(stop));
  if (!bytes) return std::unexpected(bytes.error());
  auto arrangement = parse_arrangement(as_text(*bytes));
  if (!arrangement) return std::unexpected(arrangement.error());
  return std::move(*arrangement);
}

Result<ShownArrangement> ClipStore::shown_arrangement(const Clip& clip, MediaTime duration,
                                                      const std::stop_token& stop) const {
  auto arrangement = this->arrangement(clip, stop);
  if (arrangement && !*arrangement) return ShownArrangement{};
  const auto edits = arrangement ? edits_of(**arrangement, duration) : std::unexpected(arrangement.error());
  if (edits) return ShownArrangement{.arrangement = std::move(**arrangement)};
  if (edits.error().is_control()) return std::unexpected(edits.error());
  if (!is_for_good(edits.error()) && !clip.is_mine) return not_here(clip, edits.error());
  return ShownArrangement{.trouble = tr_format("It is shown as it was recorded, not as it was arranged: {}",
                                               edits.error().message)};
}

Result<Bytes> ClipStore::poster(const Clip& clip, const std::stop_token& stop) const {
  if (const Addition* chosen = poster_in(clip.additions)) return added_file(clip.id, *chosen, stop);
  if (const auto folder = take_folder(clip); folder && clip.is_mine) {
    if (auto bytes = read_file(*folder / kPosterFile, kLargestPoster)) return bytes;
  }
  const auto manifest = this->manifest(clip, stop);
  return manifest ? side_file(*manifest, kPosterFile, stop) : std::unexpected(manifest.error());
}

Result<void> ClipStore::arrange(const Clip& clip, OpenedClip& opened, const std::stop_token& stop) const {
  auto shown = shown_arrangement(clip, opened.media.duration, stop);
  if (!shown) return std::unexpected(shown.error());
  opened.trouble = std::move(shown->trouble);
  return shown->arrangement.is_nothing() ? Result<void>()
                                         : apply(std::move(shown->arrangement), clip, opened, stop);
}

Result<void> ClipStore::apply(Arrangement arrangement, const Clip& clip, OpenedClip& opened,
                              const std::stop_token& stop) const {
  auto edits = edits_of(arrangement, opened.media.duration);
  if (!edits) return std::unexpected(edits.error());
  for (const JoinedClip& joined : arrangement.joined) {
    auto media = join(clip, joined, opened, stop);
    if (!media) return std::unexpected(media.error());
    opened.media.joined.push_back(std::move(*media));
  }
  if (!arrangement.parts.empty()) opened.media.edits = std::make_shared<const EditList>(std::move(*edits));
  if (arrangement.chapters) opened.chapters = *arrangement.chapters;
  opened.media.arrangement = std::make_shared<const Arrangement>(std::move(arrangement));
  return {};
}

// Only their author's own: nobody puts somebody else's words into an update. Where one can't be had its place
// stays empty, and the rest is shown.
Result<JoinedMedia> ClipStore::join(const Clip& clip, const JoinedClip& joined, OpenedClip& opened,
                                    const std::stop_token& stop) const {
  JoinedMedia media{joined.place, nullptr};
  auto other = find_clip_ ? find_clip_(joined.clip)
                          : Result<Clip>(fail(ErrorCode::NotFound, tr("the library isn't open")));
  if (other && other->author != clip.author)
    other = fail(ErrorCode::PermissionDenied, tr("it is somebody else's"));
  auto found = other ? open_recorded(*other, stop, PointerTime::Now) : std::unexpected(other.error());
  if (!found && found.error().is_control()) return std::unexpected(found.error());
  if (found)
    media.media = std::make_shared<const ClipMedia>(std::move(found->media));
  else
    opened.trouble = tr_format("A part of it, which was joined from another update, can't be shown: {}",
                               found.error().message);
  return media;
}

Result<OpenedClip> ClipStore::open_as(const Clip& clip, Arrangement arrangement, std::stop_token stop) const {
  auto opened = open_recorded(clip, stop, PointerTime::Later);
  if (opened && !arrangement.is_nothing()) MEANWHILE_TRY(apply(std::move(arrangement), clip, *opened, stop));
  return opened;
}

Result<OpenedClip> ClipStore::open_draft_as(const Clip& draft, Arrangement arrangement,
                                            std::stop_token stop) const {
  auto opened = open_take(draft.id);
  if (opened && !arrangement.is_nothing()) MEANWHILE_TRY(apply(std::move(arrangement), draft, *opened, stop));
  return opened;
}

}  // namespace meanwhile
