// What of the news a person is told when: at once in their working hours, the rest together when these begin.
// Pure; time comes in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/library/working_time.h"
#include "media/base/identifier.h"

namespace meanwhile {

// A clip that is new, or where somebody asks or answers.
struct NewsItem {
  std::string key;  // the same news has the same key
  std::string clip;
  std::string title;       // "Anna: Release plan"
  std::string text;        // "4 min, in # releases"
  std::int64_t order = 0;  // of the newest that waits; a higher one under the same key is news again
  int count = 0;           // of what waits; so is more of it: what was said earlier may come later
};

struct Telling {
  std::vector<NewsItem> items;
  bool is_digest = false;  // tell of all of them in one note
};

class NewsTeller {
 public:
  // waiting: all news there are. What was there at the first look is known: the person sees it in the Inbox.
  // is_here: the person sees the rest too.
  Telling look(const std::vector<NewsItem>& waiting, const Schedule& mine, WallTime now, bool is_here);
  // Once more, in an hour.
  void later(const std::string& key, WallTime now);
  // When look() has something to tell though nothing came; nullopt: only when something comes.
  std::optional<WallTime> next(const Schedule& mine, WallTime now) const;

 private:
  struct Told {
    std::int64_t order = 0;  // the highest
    int count = 0;           // of those that still wait
  };
  void forget_what_is_done(const std::vector<NewsItem>& waiting);
  bool is_due(const NewsItem& item, WallTime now) const;

  bool is_first_ = true;
  bool is_held_ = false;                   // some of what waits came outside of the hours
  std::map<std::string, Told> told_;       // by key
  std::map<std::string, WallTime> later_;  // keys that were told, and when to tell again
};

}  // namespace meanwhile
