// Events that replace others. Whoever says one names those that it replaces, as far as they know them, so
// that no clock decides about what somebody has seen. The rule: FORMAT.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/library/events.h"
#include "app/library/merge.h"
#include "media/base/json.h"
#include "upload/event_batch.h"

namespace meanwhile {

// What several events about one subject may set, of which one counts.
enum class Slot : std::uint8_t {
  PersonName,
  TimeZone,
  Hours,
  Days,
  Away,
  ChannelName,
  ChannelArchived,
  Published,
  Title,
  Live,
  Deleted,
  Text,
  Resolved,
  Reaction,  // one a moment
  Archived,
  StoppedAt,
  GuestKnown,
  Shared,
  Added,  // one a kind and language
};

using EventList = std::vector<const LoggedEvent*>;

// Those of a subject's events that set the slot and may, in the order in which they count: the last holds.
// One stands before those that name it; any others, also where events name each other in a circle, as
// compare() has it.
EventList settings_of(const Events& events, Slot slot, const std::function<bool(const LoggedEvent&)>& may);

// The same for any events that set one thing.
EventList in_order(EventList events);

// What an event of this person about the subject of these replaces: whatever nothing else has replaced in
// what it sets. At most kMostReplaced, the last ones.
std::vector<EventId> replaced_by(const Events& events, const std::string& person, const EventBody& body);
bool replaces_anything(const EventBody& body);

constexpr std::size_t kMostReplaced = 50;

// The member "replaces": written only if there are any; read in whichever shape somebody wrote it, each id
// once.
void write_replaced(Json& event, const std::vector<EventId>& replaced);
std::vector<EventId> read_replaced(const Json& event);

}  // namespace meanwhile
