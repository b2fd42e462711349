#include "app/sending/addition_sender.h"

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

Result<void> check_addition(const Clip& clip, const NewAddition& addition) {
  if (clip.is_live)
    return fail(ErrorCode::InvalidArgument,
                tr("the update is still being recorded: it can be added to once it is published"));
  if (!addition.language.empty() && !is_language_tag(addition.language))
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' is no language's tag: write it like en, de or pt-BR", addition.language));
  if (addition.bytes.empty()) return fail(ErrorCode::InvalidArgument, tr("there is nothing in it to add"));
  if (addition.bytes.size() > kLargestAddedBytes)
    return fail(ErrorCode::InvalidArgument,
                tr_format("it is larger than {}, the most that can be added to an update",
                          format_size(kLargestAddedBytes)));
  return {};
}

}  // namespace

Result<std::string> add_to_clip(LibrarySession& library, const Clip& clip, NewAddition addition) {
  MEANWHILE_TRY(check_addition(clip, addition));
  const std::string sha256 = sha256_hex(addition.bytes);
  AdditionEvent event{
      .clip = clip.id,
      .kind = addition.kind,
      .language = addition.language,
      .object = AddedObject{added_name(addition.kind, library.identity().device().id(), sha256),
                            addition.bytes.size(), sha256},
      .duration = addition.duration};
  const std::string key = added_key(clip.id, event.object->name);
  auto json = to_json(event);
  if (!json) return std::unexpected(json.error());
  library.name_replaced(event, *json);
  std::vector<OutboxItem> items;
  items.push_back({.key = key,
                   .source = std::move(addition.bytes),
                   .sha256 = sha256,
                   .priority = OutboxPriority::Poster});
  MEANWHILE_TRY(library.outbox().add(key, std::move(items), {std::move(*json)}));
  return key;
}

Result<EventId> take_back_addition(LibrarySession& library, const Clip& clip, AdditionKind kind,
                                   const std::string& language) {
  return library.say(AdditionEvent{.clip = clip.id, .kind = kind, .language = language, .object = {}});
}

}  // namespace meanwhile
