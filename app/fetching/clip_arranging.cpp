// ClipStore: what a clip's author made of it after it was recorded.
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
#include "media/base/result.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

// It will never be another.
bool is_for_good(const Error& error) {
  return error.code == ErrorCode::Corrupt || error.code == ErrorCode::Unsupported ||
         error.code == ErrorCode::InvalidArgument;
}

}  // namespace

Result<std::optional<Arrangement>> ClipStore::arrangement(const Clip& clip, std::stop_token stop) const {
  const Addition* addition = arrangement_in(clip.additions);
  if (addition == nullptr) return std::nullopt;
  const auto bytes = added_file(clip.id, *addition, std::move(stop));
  if (!bytes) return fail("how the update was arranged", bytes.error());
  auto arrangement = parse_arrangement(as_text(*bytes));
  if (!arrangement) return fail("how the update was arranged", arrangement.error());
  return std::move(*arrangement);
}

Result<void> ClipStore::arrange(const Clip& clip, OpenedClip& opened, const std::stop_token& stop) const {
  auto arrangement = this->arrangement(clip, stop);
  if (arrangement && !*arrangement) return {};
  const auto applied = arrangement ? apply(std::move(**arrangement), clip, opened, stop)
                                   : std::unexpected(arrangement.error());
  if (applied || !is_for_good(applied.error())) return applied;
  opened.trouble = "It is shown as it was recorded: " + applied.error().message;
  return {};
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

Result<OpenedClip> ClipStore::open_as(const Clip& clip, Arrangement arrangement, std::stop_token stop) const {
  auto opened = open_recorded(clip, stop, PointerTime::Later);
  if (opened && !arrangement.is_nothing()) MEANWHILE_TRY(apply(std::move(arrangement), clip, *opened, stop));
  return opened;
}

// Only their author's own: nobody puts somebody else's words into an update. Its place stays empty where it
// can't be had.
Result<JoinedMedia> ClipStore::join(const Clip& clip, const JoinedClip& joined, OpenedClip& opened,
                                    const std::stop_token& stop) const {
  JoinedMedia media{joined.place, nullptr};
  auto other = find_clip_ ? find_clip_(joined.clip) : fail(ErrorCode::NotFound, "");
  if (other && other->author != clip.author) other = fail(ErrorCode::PermissionDenied, "");
  auto found = other ? open_recorded(*other, stop, PointerTime::Now) : std::unexpected(other.error());
  if (found) {
    media.media = std::make_shared<const ClipMedia>(std::move(found->media));
  } else if (found.error().code == ErrorCode::Unavailable || found.error().is_control()) {
    return std::unexpected(found.error());
  } else {
    opened.trouble =
        "A part that was joined from another update can't be shown: it isn't in the library any more.";
  }
  return media;
}

}  // namespace meanwhile
