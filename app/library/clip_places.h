// Where each clip stands in one person's inbox: worked out anew whenever something about the clip changes,
// and kept in its row, so that no list has to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/library/index_rows.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"

namespace meanwhile {

// Within a transaction of the caller's. Errors: as SqliteFile.
class ClipPlaces {
 public:
  ClipPlaces(SqliteFile& file, const std::string& me) : file_(file), me_(me) {}

  // A clip that isn't there is passed over.
  Result<void> place(const std::string& clip);

 private:
  // What the row of a clip says by itself, and what its person did with it.
  struct Known {
    bool is_mine = false;
    bool is_seen = false;
    bool is_away = false;       // archived, by its person or with its channel
    bool is_held = false;       // until this person's morning
    bool is_hung = false;       // recorded as an answer
    std::int64_t archived = 0;  // when; 0: never
  };
  struct Words {
    std::int64_t comments = 0;
    std::int64_t fresh = 0;        // by others, and not read yet
    std::int64_t answers = 0;      // of those: to this person, by a reply, on a clip of theirs or by name
    std::int64_t asks = 0;         // that wait for this person's answer
    std::int64_t last_answer = 0;  // of those answers: when
    std::int64_t last_ask = 0;     // of those asks
  };
  Result<std::optional<Known>> known(const std::string& clip);
  static Shelf shelf_of(const Known& known, const Words& words);
  static InboxRank rank_of(const Known& known, const Words& words);
  Result<Words> words(const std::string& clip, const Known& known);

  SqliteFile& file_;
  const std::string& me_;
};

}  // namespace meanwhile
