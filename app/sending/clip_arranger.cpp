#include "app/sending/clip_arranger.h"

#include <expected>
#include <stop_token>
#include <string>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/sending/addition_sender.h"
#include "app/sending/arranged_poster.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {

Result<void> check_joined(LibrarySession& library, const std::string& clip, const Arrangement& arrangement) {
  for (const JoinedClip& joined : arrangement.joined) {
    const auto other = library.index().clip(joined.clip);
    if (!other)
      return fail(ErrorCode::NotFound,
                  tr_format("There is no update {} in the library to join.", joined.clip));
    if (!other->is_mine || other->is_live || other->id == clip)
      return fail(ErrorCode::InvalidArgument,
                  tr("Only another update of your own can be joined, once it is published."));
    if (joined.place.duration() > other->recorded_duration)
      return fail(
          ErrorCode::InvalidArgument,
          // TRANSLATORS: {0} is a moment such as 1:23, {1} a length such as 0:40.
          tr_format("The update that is joined at {} is only {} long.",
                    format_exact_moment(joined.place.from), format_exact_moment(other->recorded_duration)));
  }
  return {};
}

Result<Bytes> make_poster(const ClipStore& clips, const Clip& clip, const Arrangement& arrangement,
                          const std::stop_token& stop) {
  const auto moment = poster_moment(arrangement, clip.recorded_duration);
  if (!moment) return Bytes();
  const auto opened = clips.open(clip, stop, PointerTime::Later, AsArranged::No);
  if (!opened) return std::unexpected(opened.error());
  return arranged_poster(opened->media, arrangement, *moment);
}

Result<std::string> give_poster(OpenLibrary& library, const Clip& clip, Bytes poster) {
  const Addition* before = poster_in(clip.additions);
  const std::string sha256 = poster.empty() ? "" : sha256_hex(poster);
  if (sha256 == (before ? before->object.sha256 : "")) return std::string();
  if (poster.empty()) {
    const auto id = take_back_addition(*library.session, clip, AdditionKind::Poster, "");
    return id ? Result<std::string>("") : std::unexpected(id.error());
  }
  auto key = add_to_clip(*library.session, clip,
                         {.kind = AdditionKind::Poster, .language = {}, .bytes = poster, .duration = {}});
  if (key) library.clips->cache().take_in(*key, sha256, poster);
  return key;
}

Result<ArrangedSign> arrange_clip(OpenLibrary& library, const Clip& clip, const Arrangement& arrangement) {
  LibrarySession& session = *library.session;
  if (!clip.is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr_format("Only who made an update can arrange it: this one is {}'s.", clip.author_name));
  const bool is_arranged = arrangement_in(clip.additions) != nullptr;
  if (arrangement.is_nothing() && !is_arranged) return ArrangedSign{};
  if (arrangement.is_nothing()) {
    const auto id = take_back_addition(session, clip, AdditionKind::Arrangement, "");
    if (!id) return std::unexpected(id.error());
    return ArrangedSign{.event = *id};
  }
  MEANWHILE_TRY(check_arrangement(arrangement, clip.recorded_duration));
  MEANWHILE_TRY(check_joined(session, clip.id, arrangement));
  const auto edits = edits_of(arrangement, clip.recorded_duration);
  if (!edits) return std::unexpected(edits.error());
  const Bytes bytes = to_bytes(to_text(arrangement));
  const auto key = add_to_clip(
      session, clip,
      {.kind = AdditionKind::Arrangement, .language = {}, .bytes = bytes, .duration = edits->duration()});
  if (!key) return std::unexpected(key.error());
  library.clips->cache().take_in(*key, sha256_hex(bytes), bytes);
  return ArrangedSign{.group = *key};
}

}  // namespace meanwhile
