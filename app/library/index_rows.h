// What single columns of the index hold, and how it is written and read.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

// What a text of the search belongs to: texts.kind.
enum class TextKind { Title = 0, Person = 1, Comment = 2 };

// Where a clip stands in the inbox of the index's person: clips.rank.
enum class InboxRank { Asked = 0, Answered = 1, New = 2, Rest = 3 };
// clips.shelf. Hung: recorded as an answer, so it is no update of its own.
enum class Shelf { Inbox = 0, Archive = 1, Held = 2, Hung = 3 };
// addressed.how
enum class AddressedAs { Mentioned = 0, Asked = 1 };

inline std::int64_t to_milliseconds(WallTime time) {
  return time.time_since_epoch().count();
}
inline WallTime wall_time(std::int64_t milliseconds) {
  return WallTime(std::chrono::milliseconds(milliseconds));
}

// The events about one subject, sorted. Errors: as SqliteFile.
Result<Events> load_events(SqliteFile& file, const std::string& subject);

// [[from, to], …] in microseconds, as the table "watched" has it.
std::string ranges_text(const std::vector<MomentRange>& ranges);
std::vector<MomentRange> ranges_from_text(const std::string& text);

// As the column "tracks" of "clips" has it.
std::string tracks_text(const std::vector<PublishedTrack>& tracks);
std::vector<PublishedTrack> tracks_from_text(const std::string& text);

std::string additions_text(const std::vector<Addition>& additions);
// What additions_text wrote.
std::vector<Addition> additions_from_text(const std::string& text);

}  // namespace meanwhile
