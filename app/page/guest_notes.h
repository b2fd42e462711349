// What this home noted about the answers that came by each share: how many today, and which it won't take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "app/page/guest_words.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

// A share brings in no more a day: who floods it keeps nobody busy. The rest is dropped.
constexpr int kMostAnswersADay = 200;
constexpr std::uint64_t kMostAnswerBytesADay = 1 << 20;
// Names of objects that are noted for a share. Where so many lie about nothing more is looked at, until the
// author's home has removed them.
constexpr std::size_t kMostNotedNames = 2000;

struct ShareNotes {
  std::string day;  // "2026-11-30"; of the two below
  int documents = 0;
  std::uint64_t bytes = 0;
  std::map<Refused, int> refused;  // since ever
  std::set<std::string> settled;  // objects (name and size) that aren't fetched any more, but for their words
  bool operator==(const ShareNotes&) const = default;

  // A day begins with nothing.
  void begin_day(WallTime now);
  bool has_room_for(std::uint64_t size) const;
  void count(std::uint64_t size);
};
using GuestNotes = std::map<std::string, ShareNotes>;  // by share

// folder: a library's. A damaged note is none.
GuestNotes read_guest_notes(const std::filesystem::path& folder);
// Errors: NoSpace, PermissionDenied, Io.
Result<void> write_guest_notes(const std::filesystem::path& folder, const GuestNotes& notes);

}  // namespace meanwhile
