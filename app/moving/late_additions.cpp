#include "app/moving/late_additions.h"

#include <algorithm>
#include <expected>
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
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

bool has_addition(const Clip& clip, const Addition& wanted) {
  return std::ranges::any_of(clip.additions, [&](const Addition& there) {
    return there.kind == wanted.kind && there.language == wanted.language && there.object == wanted.object;
  });
}

Result<void> carry_addition(const OpenLibrary& from, OpenLibrary& to, const std::string& clip,
                            const Addition& addition, const std::stop_token& stop) {
  if (addition.kind == AdditionKind::Manifest)
    return fail(
        ErrorCode::Unavailable,
        tr("parts of it were removed for good while it was moved, so it stays where it was; move it again"));
  auto bytes = from.clips->added_file(clip, addition, stop);
  if (!bytes && bytes.error().code == ErrorCode::Corrupt) return {};
  if (!bytes) return std::unexpected(bytes.error());
  const AdditionEvent event = addition_event(clip, addition);
  auto json = to_json(event);
  if (!json) return std::unexpected(json.error());
  to.session->name_replaced(event, *json);
  const std::string key = added_key(clip, addition.object.name);
  std::vector<OutboxItem> items;
  items.push_back({.key = key,
                   .source = std::move(*bytes),
                   .sha256 = addition.object.sha256,
                   .priority = OutboxPriority::Poster});
  return to.session->outbox().add(key, std::move(items), {std::move(*json)});
}

}  // namespace

Result<bool> is_being_added_to(OpenLibrary& library, const std::string& clip) {
  const auto status = library.session->outbox().status();
  if (!status) return std::unexpected(status.error());
  const std::string added = added_key(clip, "");
  return std::ranges::any_of(status->groups, [&](const GroupStatus& group) {
    return group.group.starts_with(added) && !group.stored && !group.failure;
  });
}

Result<void> carry_late_additions(OpenLibrary& from, OpenLibrary& to, const Clip& arrived,
                                  const std::stop_token& stop) {
  from.session->index_own_events();
  const auto clip = from.session->index().clip(arrived.id);
  if (!clip) return {};  // it was deleted there in an earlier try
  for (const Addition& addition : clip->additions) {
    if (!addition.is_suggestion && !has_addition(arrived, addition))
      MEANWHILE_TRY(carry_addition(from, to, arrived.id, addition, stop));
  }
  return {};
}

}  // namespace meanwhile
