#include "app/libraries/clip_change.h"

#include <string>

#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

PublishedEvent published_event(const Clip& clip) {
  return {.clip = clip.id,
          .title = clip.title,
          .channel = clip.channel,
          .duration = clip.recorded_duration,
          .recorded = format_rfc3339(clip.recorded),
          .manifest_sha256 = clip.manifest_sha256,
          .tracks = clip.tracks,
          .in_the_morning = clip.in_the_morning,
          .pauses = clip.pauses,
          .description = clip.description,
          .chapters = clip.chapters};
}

AdditionEvent addition_event(const std::string& clip, const Addition& addition) {
  return {.clip = clip,
          .kind = addition.kind,
          .language = addition.language,
          .object = addition.object,
          .duration = addition.duration,
          .version = addition.version};
}

Result<PublishedEvent> changed_clip(LibrarySession& library, const Clip& clip, const ClipChange& change) {
  if (!clip.is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr_format("only who made a clip can change it: this one is {}'s", clip.author_name));
  if (clip.is_live)
    return fail(ErrorCode::InvalidArgument,
                tr("the clip is still being recorded: it can be changed once it is published"));
  PublishedEvent event = published_event(clip);
  event.title = change.title.value_or(event.title);
  event.description = change.description.value_or(event.description);
  event.chapters = tidy(change.chapters.value_or(event.chapters));
  if (!change.channel) return event;
  MEANWHILE_TRY(library.make_channel(*change.channel));
  event.channel = change.channel->empty() ? "" : channel_id_for(*change.channel);
  return event;
}

}  // namespace meanwhile
