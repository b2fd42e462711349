// What is put into an outbox, and what is known of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "media/base/byte_stream.h"
#include "media/base/files.h"

namespace meanwhile {

// Bytes of a file that stay as they are until the group is stored.
struct FileRange {
  std::filesystem::path path;  // absolute
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// What goes first when several could.
enum class OutboxPriority { Small, Poster, Segment };

struct OutboxItem {
  std::string key;
  std::variant<Bytes, FileRange> source;
  std::string sha256 = {};  // of a FileRange, if it is known already; else add() reads it once
  // The file as it was before it was hashed: while it looks the same it isn't hashed once more.
  std::optional<FileStamp> hashed = {};
  OutboxPriority priority = OutboxPriority::Segment;
};

// What is known of an object that was added to a group.
struct OutboxObject {
  std::string key;
  std::optional<FileRange> range;  // nullopt: its bytes were given
  std::string sha256;
  bool is_withdrawn = false;  // or about to be removed; its key must not be used again
};

struct GroupStatus {
  std::string group;
  std::int64_t items = 0;
  std::int64_t items_stored = 0;
  std::uint64_t bytes = 0;
  std::uint64_t bytes_stored = 0;
  bool stored = false;                 // all of it, and the events that were to follow
  bool had_events = false;             // some followed, or are to follow
  std::optional<std::string> failure;  // why it will not be tried again by itself: a sentence
};

constexpr std::uint64_t kBytesPerKilobit = 1000 / 8;

// What a person allows on a line that they share. Words are so small that they go all the same.
struct SendingLimits {
  bool is_paused = false;
  std::uint64_t bytes_per_second = 0;  // of segments, over all; 0: as fast as it goes

  bool operator==(const SendingLimits&) const = default;
};

}  // namespace meanwhile
