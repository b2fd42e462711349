// People who write events, and an index to read them from: for tests of app/library.
#pragma once

#include <string>
#include <vector>

#include "app/library/index.h"

namespace meanwhile {

// One device of one person; counts its events.
class Writer {
 public:
  // name: also what device and person ids are made from: the same name is the same person.
  explicit Writer(const std::string& name, int device = 1);

  // The event as the log would have it. hlc: milliseconds.
  Json write(const EventBody& body, std::int64_t hlc);
  Json raw(Json event, std::int64_t hlc);

  AuthoredEvents batch(std::vector<Json> events) const { return {device, person, name, std::move(events)}; }
  // Id of the event written last.
  EventId last() const { return {device, n_}; }

  std::string name;
  std::string person;
  std::string device;

 private:
  std::int64_t n_ = 0;
};

// 26 characters: a device's, person's or clip's id made from a word.
std::string id_from(std::string_view word);

// 2026-11-22T12:00:00Z in milliseconds: when stories begin.
constexpr std::int64_t kStoryBegin = 1'795'348'800'000;

PublishedEvent published(std::string_view clip, std::string title,
                         MediaTime duration = std::chrono::seconds(60));

}  // namespace meanwhile
