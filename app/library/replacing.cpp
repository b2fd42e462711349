#include "app/library/replacing.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/events.h"
#include "app/library/merge.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

constexpr const char* kMember = "replaces";

using Slots = std::vector<Slot>;

struct SlotsOf {
  Slots operator()(const ProfileEvent& event) const {
    Slots slots;
    if (event.name) slots.push_back(Slot::PersonName);
    if (event.time_zone) slots.push_back(Slot::TimeZone);
    if (event.hours) slots.push_back(Slot::Hours);
    if (event.days) slots.push_back(Slot::Days);
    if (event.away) slots.push_back(Slot::Away);
    return slots;
  }
  Slots operator()(const ChannelEvent& event) const {
    Slots slots;
    if (event.name) slots.push_back(Slot::ChannelName);
    if (event.archived) slots.push_back(Slot::ChannelArchived);
    return slots;
  }
  Slots operator()(const PublishedEvent&) const { return {Slot::Published, Slot::Title}; }
  Slots operator()(const TitleEvent&) const { return {Slot::Title}; }
  Slots operator()(const LiveEvent&) const { return {Slot::Live}; }
  Slots operator()(const DeleteClipEvent&) const { return {Slot::Deleted}; }
  Slots operator()(const RestoreClipEvent&) const { return {Slot::Deleted}; }
  Slots operator()(const EditEvent&) const { return {Slot::Text}; }
  Slots operator()(const ResolveEvent&) const { return {Slot::Resolved}; }
  Slots operator()(const ReactEvent&) const { return {Slot::Reaction}; }
  Slots operator()(const ArchiveEvent&) const { return {Slot::Archived}; }
  Slots operator()(const ShareEvent&) const { return {Slot::Shared}; }
  Slots operator()(const AdditionEvent&) const { return {Slot::Added}; }
  Slots operator()(const WatchedEvent& event) const {
    return event.stopped_at ? Slots{Slot::StoppedAt} : Slots{};
  }
  Slots operator()(const GuestKnownEvent&) const { return {Slot::GuestKnown}; }
  // Nothing replaces them, and they replace nothing.
  Slots operator()(const CommentEvent&) const { return {}; }
  Slots operator()(const ReplyEvent&) const { return {}; }
  Slots operator()(const AskEvent&) const { return {}; }
  Slots operator()(const DeleteCommentEvent&) const { return {}; }
  Slots operator()(const FetchedEvent&) const { return {}; }
  Slots operator()(const GuestEvent&) const { return {}; }
};

Slots slots_of(const EventBody& body) {
  return std::visit(SlotsOf{}, body);
}

// Whose counts for what only one person may set.
bool is_for_one_person(Slot slot) {
  return slot == Slot::Published || slot == Slot::Live || slot == Slot::Deleted || slot == Slot::Text ||
         slot == Slot::Added;
}

// Reactions at different moments are different things, and so are captions in different languages.
bool is_elsewhere(const EventBody& one, const EventBody& other) {
  const auto* addition = std::get_if<AdditionEvent>(&one);
  const auto* added = std::get_if<AdditionEvent>(&other);
  if (addition && added) return addition->kind != added->kind || addition->language != added->language;
  const auto* reaction = std::get_if<ReactEvent>(&one);
  const auto* beside = std::get_if<ReactEvent>(&other);
  return reaction && beside && reaction->at != beside->at;
}

bool is_before(const LoggedEvent* a, const LoggedEvent* b) {
  return compare(*a, *b) < 0;
}

// Puts events in order from the last to the first: each time the greatest of those that nothing replaces
// which doesn't stand behind it already.
class Ordering {
 public:
  explicit Ordering(const EventList& sorted) : events_(sorted), replacers_(sorted.size()) {
    for (std::size_t i = 0; i < events_.size(); ++i) by_id_[events_[i]->id].push_back(i);
    for (std::size_t i = 0; i < events_.size(); ++i) {
      waiting_.insert(i);
      for_each_replaced(i, [&](std::size_t replaced) { ++replacers_[replaced]; });
    }
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (replacers_[i] == 0) free_.insert(i);
    }
  }

  EventList run() {
    EventList ordered;
    while (!waiting_.empty()) {
      // None is free only in a circle.
      const std::size_t next = free_.empty() ? *waiting_.rbegin() : *free_.rbegin();
      free_.erase(next);
      waiting_.erase(next);
      ordered.push_back(events_[next]);
      for_each_replaced(next, [&](std::size_t replaced) {
        if (--replacers_[replaced] == 0 && waiting_.contains(replaced)) free_.insert(replaced);
      });
    }
    std::ranges::reverse(ordered);
    return ordered;
  }

 private:
  // A fork may have put two under one id.
  void for_each_replaced(std::size_t replacing, const std::function<void(std::size_t)>& visit) const {
    for (const EventId& id : events_[replacing]->replaces) {
      const auto found = by_id_.find(id);
      if (found == by_id_.end()) continue;
      for (const std::size_t replaced : found->second) {
        if (replaced != replacing) visit(replaced);
      }
    }
  }

  const EventList& events_;
  std::vector<int> replacers_;  // that don't stand behind it yet
  std::map<EventId, std::vector<std::size_t>> by_id_;
  std::set<std::size_t> waiting_;
  std::set<std::size_t> free_;
};

// Whoever turns out to be the author: a clip published by somebody else sets no title, and replaces none.
bool is_replaced_for_sure(const LoggedEvent& event, const LoggedEvent& by) {
  if (!std::holds_alternative<PublishedEvent>(by.body)) return true;
  return std::holds_alternative<PublishedEvent>(event.body) && event.person == by.person;
}

void add_unreplaced(const EventList& events, std::set<EventId>& into) {
  for (const LoggedEvent* event : events) {
    const bool is_replaced = std::ranges::any_of(events, [&](const LoggedEvent* by) {
      return by->id != event->id && is_replaced_for_sure(*event, *by) &&
             std::ranges::find(by->replaces, event->id) != by->replaces.end();
    });
    // What is kept on this machine has a device that nobody else knows.
    if (!is_replaced && is_key_id(event->id.device)) into.insert(event->id);
  }
}

}  // namespace

EventList in_order(EventList events) {
  std::ranges::sort(events, is_before);
  if (std::ranges::all_of(events, [](const LoggedEvent* event) { return event->replaces.empty(); }))
    return events;
  return Ordering(events).run();
}

EventList settings_of(const Events& events, Slot slot, const std::function<bool(const LoggedEvent&)>& may) {
  EventList setting;
  for (const LoggedEvent& event : events) {
    const Slots slots = slots_of(event.body);
    if (std::ranges::find(slots, slot) != slots.end() && may(event)) setting.push_back(&event);
  }
  return in_order(std::move(setting));
}

bool replaces_anything(const EventBody& body) {
  return !slots_of(body).empty();
}

std::vector<EventId> replaced_by(const Events& events, const std::string& person, const EventBody& body) {
  std::set<EventId> unreplaced;
  for (const Slot slot : slots_of(body)) {
    const auto counts = [&](const LoggedEvent& event) {
      return (!is_for_one_person(slot) || event.person == person) && !is_elsewhere(body, event.body);
    };
    add_unreplaced(settings_of(events, slot, counts), unreplaced);
  }
  std::vector<EventId> last;
  for (auto event = events.rbegin(); event != events.rend() && last.size() < kMostReplaced; ++event) {
    if (unreplaced.erase(event->id) > 0) last.push_back(event->id);
  }
  return last;
}

void write_replaced(Json& event, const std::vector<EventId>& replaced) {
  if (replaced.empty()) return;
  event[kMember] = Json::array();
  for (const EventId& id : replaced) event[kMember].push_back(Json::array({id.device, id.n}));
}

std::vector<EventId> read_replaced(const Json& event) {
  const Json* list = array_member(event, kMember);
  if (!list) return {};
  std::set<EventId> ids;
  for (const Json& entry : *list) {
    const bool is_id =
        entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_number_integer();
    if (is_id && ids.size() < kMostReplaced)
      ids.insert({entry[0].get<std::string>(), entry[1].get<std::int64_t>()});
  }
  return {ids.begin(), ids.end()};
}

}  // namespace meanwhile
