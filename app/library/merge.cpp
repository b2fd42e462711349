#include "app/library/merge.h"

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/ranges.h"
#include "app/library/replacing.h"
#include "media/base/identifier.h"
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
  std::string operator()(const AdditionEvent& event) const { return "clip:" + event.clip; }
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
  std::string operator()(const GuestEvent& event) const { return "guest:" + event.said->guest; }
  std::string operator()(const GuestKnownEvent& event) const { return "guest:" + event.guest; }
  std::string operator()(const ReactEvent& event) const { return "react:" + event.clip + ":" + person; }
  std::string operator()(const FetchedEvent& event) const { return "fetched:" + event.clip + ":" + person; }
  std::string operator()(const WatchedEvent& event) const { return "watched:" + event.clip + ":" + person; }
  std::string operator()(const ArchiveEvent& event) const { return "archive:" + event.clip + ":" + person; }
  std::string operator()(const ShareEvent& event) const { return "share:" + event.terms.share; }
};

// Visits the events of type T, in their order.
template <typename T, typename Visit>
void for_each(const Events& events, Visit visit) {
  for (const LoggedEvent& event : events) {
    if (const T* body = std::get_if<T>(&event.body)) visit(event, *body);
  }
}

template <typename T>
const LoggedEvent* first_of(const Events& events) {
  const auto found = std::ranges::find_if(
      events, [](const LoggedEvent& event) { return std::holds_alternative<T>(event.body); });
  return found == events.end() ? nullptr : &*found;
}

bool anybody(const LoggedEvent&) {
  return true;
}

// Its own moment, text and author, before anybody said anything about it.
std::optional<MergedComment> begin_comment(const LoggedEvent& event) {
  MergedComment comment;
  comment.person = event.person;
  comment.created = event.created;
  comment.order = event.order;
  comment.guest_clip = event.guest_clip;
  if (const auto* body = std::get_if<CommentEvent>(&event.body)) {
    comment.clip = body->clip;
    comment.at = body->at;
    comment.to = body->to;
    comment.copy_of = body->copy_of;
    comment.made_on = body->version;
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
    comment.made_on = body->version;
    comment.versions = {body->text};
    comment.ask = *body;
    return comment;
  }
  return std::nullopt;
}

void tell_of(MergedComment& comment, const Events& events) {
  const auto by_writer = [&](const LoggedEvent& event) { return event.person == comment.person; };
  for (const LoggedEvent* event : settings_of(events, Slot::Text, by_writer)) {
    const auto& edit = std::get<EditEvent>(event->body);
    comment.versions.push_back(edit.text);
    comment.with.mentions = edit.mentions;
    comment.edited = event->created;
  }
  for_each<DeleteCommentEvent>(events, [&](const LoggedEvent& event, const DeleteCommentEvent&) {
    // A guest's words belong to nobody here: whoever finds them out of place may take them away.
    comment.is_deleted = comment.is_deleted || event.person == comment.person || !comment.guest_clip.empty();
  });
  for (const LoggedEvent* event : settings_of(events, Slot::Resolved, anybody))
    comment.resolved_by = std::get<ResolveEvent>(event->body).resolved ? event->person : "";
}

MergedClip begun_by(const LoggedEvent& first) {
  MergedClip clip;
  clip.person = first.person;
  clip.device = first.id.device;
  clip.published_at = first.created;
  clip.published_order = first.order;
  return clip;
}

// Not published yet: its author is who says first that it can be watched.
std::optional<MergedClip> merge_live(const Events& events) {
  const LoggedEvent* first = first_of<LiveEvent>(events);
  if (!first) return std::nullopt;
  std::optional<MergedClip> clip = begun_by(*first);
  clip->is_live = true;
  const auto by_author = [&](const LoggedEvent& event) { return event.person == clip->person; };
  for (const LoggedEvent* event : settings_of(events, Slot::Live, by_author)) {
    const auto& live = std::get<LiveEvent>(event->body);
    clip->device = event->id.device;
    clip->published.clip = live.clip;
    clip->published.title = live.title;
    clip->published.channel = live.channel;
    clip->published.recorded = live.recorded;
    clip->is_live = !live.has_ended;
  }
  for_each<DeleteClipEvent>(events, [&](const LoggedEvent& event, const DeleteClipEvent&) {
    if (clip && event.person == clip->person) clip->is_live = false;
  });
  return clip && clip->is_live ? clip : std::nullopt;
}

const std::string& title_of(const EventBody& body) {
  const auto* published = std::get_if<PublishedEvent>(&body);
  return published ? published->title : std::get<TitleEvent>(body).title;
}

// Later its bytes may be gone, whoever was offline meanwhile.
bool may_restore(const MergedClip& clip, Hlc at) {
  // Hlcs are milliseconds.
  return clip.deleted && at - *clip.deleted < std::chrono::milliseconds(kTrashGrace).count();
}

// What one person added in a language can be replaced by themselves only.
std::vector<Addition> merge_additions(const Events& events, const std::string& author) {
  using Place = std::tuple<bool, AdditionKind, std::string, std::string>;
  std::map<Place, EventList> by_place;
  for_each<AdditionEvent>(events, [&](const LoggedEvent& event, const AdditionEvent& added) {
    const bool is_suggestion = event.person != author;
    const bool is_authors_alone = added.kind == AdditionKind::Manifest || added.kind == AdditionKind::Poster;
    if (is_suggestion && is_authors_alone) return;
    by_place[{is_suggestion, added.kind, added.language, event.person}].push_back(&event);
  });
  std::vector<Addition> additions;
  for (auto& [place, events_there] : by_place) {
    const LoggedEvent& last = *in_order(std::move(events_there)).back();
    const auto& added = std::get<AdditionEvent>(last.body);
    if (added.object)
      additions.push_back({.kind = added.kind,
                           .language = added.language,
                           .object = *added.object,
                           .duration = added.duration,
                           .person = last.person,
                           .said = last.created,
                           .is_suggestion = last.person != author,
                           .version = added.version});
  }
  return additions;
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
  const LoggedEvent* first = first_of<PublishedEvent>(events);
  if (!first) return merge_live(events);
  MergedClip clip = begun_by(*first);
  const auto by_author = [&](const LoggedEvent& event) { return event.person == clip.person; };
  for (const LoggedEvent* event : settings_of(events, Slot::Published, by_author)) {
    clip.published = std::get<PublishedEvent>(event->body);
    clip.device = event->id.device;
    if (event->id != first->id) clip.edited = event->created;
  }
  const auto may_name = [&](const LoggedEvent& event) {
    return by_author(event) || std::holds_alternative<TitleEvent>(event.body);
  };
  const LoggedEvent* titled = settings_of(events, Slot::Title, may_name).back();
  clip.published.title = title_of(titled->body);
  clip.titled_by = titled->person;
  clip.authors_title = title_of(settings_of(events, Slot::Title, by_author).back()->body);
  clip.additions = merge_additions(events, clip.person);
  for (const LoggedEvent* event : settings_of(events, Slot::Deleted, by_author)) {
    const bool is_deletion = std::holds_alternative<DeleteClipEvent>(event->body);
    // By a clock that was never set it would have been before there was anything to delete.
    if (is_deletion && !clip.deleted) clip.deleted = std::max(event->order, clip.published_order);
    if (!is_deletion && may_restore(clip, event->order)) clip.deleted.reset();
  }
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
  for (const LoggedEvent* event : settings_of(events, Slot::ChannelName, anybody))
    channel.name = std::get<ChannelEvent>(event->body).name;
  for (const LoggedEvent* event : settings_of(events, Slot::ChannelArchived, anybody))
    channel.archived_by = *std::get<ChannelEvent>(event->body).archived ? event->person : "";
  return channel;
}

ProfileEvent merge_profile(const Events& events) {
  ProfileEvent profile;
  const auto take_last = [&](Slot slot, std::optional<std::string> ProfileEvent::* field) {
    for (const LoggedEvent* event : settings_of(events, slot, anybody))
      profile.*field = std::get<ProfileEvent>(event->body).*field;
  };
  take_last(Slot::PersonName, &ProfileEvent::name);
  take_last(Slot::TimeZone, &ProfileEvent::time_zone);
  take_last(Slot::Hours, &ProfileEvent::hours);
  take_last(Slot::Days, &ProfileEvent::days);
  take_last(Slot::Away, &ProfileEvent::away);
  return profile;
}

std::optional<MergedGuest> merge_guest(const Events& events) {
  std::optional<MergedGuest> guest;
  auto last = std::tuple<std::int64_t, WallTime, std::string>();
  for_each<GuestEvent>(events, [&](const LoggedEvent& event, const GuestEvent& carried) {
    const GuestDocument& said = *carried.said;
    // Who carries an old document once more gives nobody their old name back.
    last = std::max(last, std::tuple(said.n, said.at, said.name));
    if (!guest) guest.emplace().since = event.order;
  });
  if (!guest) return guest;
  guest->said_name = std::get<2>(last);
  for (const LoggedEvent* event : settings_of(events, Slot::GuestKnown, anybody)) {
    const auto& known = std::get<GuestKnownEvent>(event->body);
    guest->name = known.known ? known.name : std::nullopt;
    guest->known_by = known.known ? event->person : "";
  }
  return guest;
}

std::map<MediaTime, std::string> merge_reactions(const Events& events) {
  std::map<MediaTime, EventList> by_moment;
  for_each<ReactEvent>(events, [&](const LoggedEvent& event, const ReactEvent& reaction) {
    by_moment[reaction.at].push_back(&event);
  });
  std::map<MediaTime, std::string> reactions;
  for (auto& [at, events_there] : by_moment) {
    const EventList ordered = in_order(std::move(events_there));
    const std::string& name = std::get<ReactEvent>(ordered.back()->body).name;
    if (!name.empty()) reactions[at] = name;
  }
  return reactions;
}

MergedArchive merge_archive(const Events& events) {
  const EventList ordered = settings_of(events, Slot::Archived, anybody);
  if (ordered.empty()) return {};
  return {std::get<ArchiveEvent>(ordered.back()->body).archived, ordered.back()->order};
}

std::optional<MergedShare> merge_share(const Events& events) {
  const LoggedEvent* first = first_of<ShareEvent>(events);
  if (!first) return std::nullopt;
  MergedShare share{.clip = std::get<ShareEvent>(first->body).clip,
                    .person = first->person,
                    .terms = {},
                    .made = first->created};
  for (const LoggedEvent* event : settings_of(events, Slot::Shared, anybody))
    share.terms = std::get<ShareEvent>(event->body).terms;
  for_each<ShareEvent>(events, [&](const LoggedEvent&, const ShareEvent& event) {
    share.is_off = share.is_off || event.is_off;
  });
  return share;
}

MergedWatching merge_watching(const Events& events) {
  MergedWatching watching;
  for_each<WatchedEvent>(events, [&](const LoggedEvent&, const WatchedEvent& event) {
    watching.read.insert(watching.read.end(), event.read.begin(), event.read.end());
    watching.version = std::max(watching.version, event.version);
  });
  // What was seen of an earlier version says nothing about a later one.
  for_each<WatchedEvent>(events, [&](const LoggedEvent&, const WatchedEvent& event) {
    if (event.version == watching.version)
      watching.ranges.insert(watching.ranges.end(), event.ranges.begin(), event.ranges.end());
  });
  const auto of_version = [&](const LoggedEvent& event) {
    const auto* watched = std::get_if<WatchedEvent>(&event.body);
    return watched != nullptr && watched->version == watching.version;
  };
  for (const LoggedEvent* event : settings_of(events, Slot::StoppedAt, of_version))
    watching.stopped_at = std::get<WatchedEvent>(event->body).stopped_at;
  watching.ranges = union_of(std::move(watching.ranges));
  return watching;
}

}  // namespace meanwhile
