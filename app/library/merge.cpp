#include "app/library/merge.h"

#include <algorithm>
#include <chrono>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/events.h"
#include "app/library/ranges.h"
#include "media/base/media_time.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"

namespace meanwhile {
namespace {

struct Subject {
  const EventId& id;
  const std::string& person;

  std::string operator()(const ProfileEvent&) const { return "person:" + person; }
  std::string operator()(const ChannelEvent& event) const { return "channel:" + event.channel; }
  std::string operator()(const PublishedEvent& event) const { return "clip:" + event.clip; }
  std::string operator()(const LiveEvent& event) const { return "clip:" + event.clip; }
  std::string operator()(const TitleEvent& event) const { return "clip:" + event.clip; }
  std::string operator()(const DeleteClipEvent& event) const { return "clip:" + event.clip; }
  std::string operator()(const RestoreClipEvent& event) const { return "clip:" + event.clip; }
  std::string operator()(const CommentEvent&) const { return "comment:" + to_text(id); }
  std::string operator()(const AskEvent&) const { return "comment:" + to_text(id); }
  std::string operator()(const ReplyEvent&) const { return "comment:" + to_text(id); }
  std::string operator()(const EditEvent& event) const { return "comment:" + to_text(event.comment); }
  std::string operator()(const DeleteCommentEvent& event) const {
    return "comment:" + to_text(event.comment);
  }
  std::string operator()(const ResolveEvent& event) const { return "comment:" + to_text(event.comment); }
  std::string operator()(const ReactEvent& event) const { return "react:" + event.clip + ":" + person; }
  std::string operator()(const FetchedEvent& event) const { return "fetched:" + event.clip + ":" + person; }
  std::string operator()(const WatchedEvent& event) const { return "watched:" + event.clip + ":" + person; }
  std::string operator()(const ArchiveEvent& event) const { return "archive:" + event.clip + ":" + person; }
};

// Visits the events of type T, in their order.
template <typename T, typename Visit>
void for_each(const Events& events, Visit visit) {
  for (const LoggedEvent& event : events) {
    if (const T* body = std::get_if<T>(&event.body)) visit(event, *body);
  }
}

const LoggedEvent* first_published(const Events& events) {
  const auto found = std::ranges::find_if(
      events, [](const LoggedEvent& event) { return std::holds_alternative<PublishedEvent>(event.body); });
  return found == events.end() ? nullptr : &*found;
}

// Its own moment, text and author, before anybody said anything about it.
std::optional<MergedComment> begin_comment(const LoggedEvent& event) {
  MergedComment comment;
  comment.person = event.person;
  comment.created = event.created;
  comment.order = event.order;
  if (const auto* body = std::get_if<CommentEvent>(&event.body)) {
    comment.clip = body->clip;
    comment.at = body->at;
    comment.to = body->to;
    comment.copy_of = body->copy_of;
    comment.versions = {body->text};
    comment.with = body->with;
    return comment;
  }
  if (const auto* body = std::get_if<ReplyEvent>(&event.body)) {
    comment.reply_to = body->to;
    comment.copy_of = body->copy_of;
    comment.versions = {body->text};
    comment.with = body->with;
    return comment;
  }
  if (const auto* body = std::get_if<AskEvent>(&event.body)) {
    comment.clip = body->clip;
    comment.at = body->at;
    comment.copy_of = body->copy_of;
    comment.versions = {body->text};
    comment.ask = *body;
    return comment;
  }
  return std::nullopt;
}

void tell_of(MergedComment& comment, const Events& events) {
  for_each<EditEvent>(events, [&](const LoggedEvent& event, const EditEvent& edit) {
    if (event.person != comment.person) return;
    comment.versions.push_back(edit.text);
    comment.with.mentions = edit.mentions;
    comment.edited = event.created;
  });
  for_each<DeleteCommentEvent>(events, [&](const LoggedEvent& event, const DeleteCommentEvent&) {
    comment.is_deleted = comment.is_deleted || event.person == comment.person;
  });
  for_each<ResolveEvent>(events, [&](const LoggedEvent&, const ResolveEvent& resolve) {
    comment.is_resolved = resolve.resolved;
  });
}

// Not published yet: its author is who says first that it can be watched.
std::optional<MergedClip> merge_live(const Events& events) {
  std::optional<MergedClip> clip;
  for_each<LiveEvent>(events, [&](const LoggedEvent& event, const LiveEvent& live) {
    if (!clip) clip = MergedClip{event.person, event.id.device, {}, event.created, event.order, true, {}};
    if (event.person != clip->person) return;
    clip->device = event.id.device;
    clip->published.clip = live.clip;
    clip->published.title = live.title;
    clip->published.channel = live.channel;
    clip->published.recorded = live.recorded;
    clip->is_live = !live.has_ended;
  });
  for_each<DeleteClipEvent>(events, [&](const LoggedEvent& event, const DeleteClipEvent&) {
    if (clip && event.person == clip->person) clip->is_live = false;
  });
  return clip && clip->is_live ? clip : std::nullopt;
}

template <typename T>
void take_over(std::optional<T>& kept, const std::optional<T>& newer) {
  if (newer) kept = newer;
}

// Later its bytes may be gone, whoever was offline meanwhile.
bool may_restore(const MergedClip& clip, Hlc at) {
  // Hlcs are milliseconds.
  return clip.deleted && at - *clip.deleted < std::chrono::milliseconds(kTrashGrace).count();
}

}  // namespace

std::strong_ordering compare(const LoggedEvent& a, const LoggedEvent& b) {
  return std::tie(a.order, a.id.device, a.id.n, a.variant) <=>
         std::tie(b.order, b.id.device, b.id.n, b.variant);
}

std::string subject_of(const EventId& id, const std::string& person, const EventBody& body) {
  return std::visit(Subject{id, person}, body);
}

std::optional<MergedClip> merge_clip(const Events& events) {
  const LoggedEvent* first = first_published(events);
  if (!first) return merge_live(events);
  MergedClip clip{first->person, first->id.device, {}, first->created, first->order, false, {}};
  std::string title;
  for (const LoggedEvent& event : events) {
    const bool by_author = event.person == clip.person;
    if (const auto* published = std::get_if<PublishedEvent>(&event.body); published && by_author) {
      clip.published = *published;
      clip.device = event.id.device;
      title = published->title;
    } else if (const auto* retitled = std::get_if<TitleEvent>(&event.body)) {
      title = retitled->title;
    } else if (std::holds_alternative<DeleteClipEvent>(event.body)) {
      if (by_author && !clip.deleted) clip.deleted = event.order;
    } else if (std::holds_alternative<RestoreClipEvent>(event.body)) {
      if (by_author && may_restore(clip, event.order)) clip.deleted.reset();
    }
  }
  clip.published.title = title;
  return clip;
}

std::vector<MergedComment> merge_comment(const EventId& id, const Events& events) {
  std::vector<MergedComment> comments;
  for (const LoggedEvent& event : events) {
    if (event.id != id) continue;
    if (auto comment = begin_comment(event)) comments.push_back(std::move(*comment));
  }
  for (MergedComment& comment : comments) tell_of(comment, events);
  return comments;
}

MergedChannel merge_channel(const Events& events) {
  MergedChannel channel;
  for_each<ChannelEvent>(events, [&](const LoggedEvent&, const ChannelEvent& event) {
    take_over(channel.name, event.name);
    channel.is_archived = event.archived.value_or(channel.is_archived);
  });
  return channel;
}

ProfileEvent merge_profile(const Events& events) {
  ProfileEvent profile;
  for_each<ProfileEvent>(events, [&](const LoggedEvent&, const ProfileEvent& event) {
    take_over(profile.name, event.name);
    take_over(profile.time_zone, event.time_zone);
    take_over(profile.hours, event.hours);
    take_over(profile.days, event.days);
    take_over(profile.away, event.away);
  });
  return profile;
}

std::map<MediaTime, std::string> merge_reactions(const Events& events) {
  std::map<MediaTime, std::string> reactions;
  for_each<ReactEvent>(
      events, [&](const LoggedEvent&, const ReactEvent& event) { reactions[event.at] = event.name; });
  std::erase_if(reactions, [](const auto& reaction) { return reaction.second.empty(); });
  return reactions;
}

MergedArchive merge_archive(const Events& events) {
  MergedArchive archive;
  for_each<ArchiveEvent>(events, [&](const LoggedEvent& logged, const ArchiveEvent& event) {
    archive = {event.archived, logged.order};
  });
  return archive;
}

MergedWatching merge_watching(const Events& events) {
  MergedWatching watching;
  for_each<WatchedEvent>(events, [&](const LoggedEvent&, const WatchedEvent& event) {
    watching.ranges.insert(watching.ranges.end(), event.ranges.begin(), event.ranges.end());
    watching.read.insert(watching.read.end(), event.read.begin(), event.read.end());
    if (event.stopped_at) watching.stopped_at = event.stopped_at;
  });
  watching.ranges = union_of(std::move(watching.ranges));
  return watching;
}

}  // namespace meanwhile
