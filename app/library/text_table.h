// The texts that are searched, each under a number that grows with its time: so the newest hits are found
// first, and without looking at the others.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "app/library/index_rows.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"
#include "upload/hlc.h"

namespace meanwhile {

// Whose text it is: a clip's, a person's, or (device and number) a comment's.
struct TextKey {
  TextKind kind = TextKind::Title;
  std::string owner;
  std::int64_t n = 0;
};

// For one apply(), within a transaction of the caller's. Errors: as SqliteFile.
class TextTable {
 public:
  explicit TextTable(SqliteFile& file) : file_(file) {}

  // order: when it was said first. text: "": none any more. Written by write().
  void set(const TextKey& key, Hlc order, std::string text);
  // All that was set, by time: FTS5 starts a new segment wherever a number is smaller than the one before.
  Result<void> write();

 private:
  struct Text {
    TextKey key;
    std::string text;
  };
  using Pending = std::multimap<std::tuple<TextKind, std::int64_t>, Text>;

  Result<void> write_text(std::int64_t wished_id, const Text& text);
  Result<std::int64_t> id_of(const TextKey& key);
  Result<std::int64_t> take_id(const TextKey& key, std::int64_t wished);

  SqliteFile& file_;
  Pending pending_;  // by kind and the number wished for
};

}  // namespace meanwhile
