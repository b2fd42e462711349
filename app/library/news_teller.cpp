#include "app/library/news_teller.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/library/working_time.h"
#include "media/base/identifier.h"

namespace meanwhile {
namespace {

constexpr std::chrono::hours kLater{1};
constexpr std::chrono::seconds kSoonest{1};
// More notes at once are a nuisance.
constexpr std::size_t kMostApart = 3;

}  // namespace

Telling NewsTeller::look(const std::vector<NewsItem>& waiting, const Schedule& mine, WallTime now,
                         bool is_here) {
  forget_what_is_done(waiting);
  Telling telling;
  for (const NewsItem& item : waiting)
    if (is_due(item, now)) telling.items.push_back(item);
  const bool is_known = is_first_ || is_here;
  if (!is_known && !is_working(mine, now)) {
    is_held_ = is_held_ || !telling.items.empty();
    return {};
  }
  is_first_ = false;
  for (const NewsItem& item : telling.items) {
    Told& told = told_[item.key];
    told = {std::max(told.order, item.order), item.count};
    later_.erase(item.key);
  }
  if (is_known) telling = {};
  telling.is_digest = telling.items.size() > 1 && (is_held_ || telling.items.size() > kMostApart);
  is_held_ = false;
  return telling;
}

void NewsTeller::forget_what_is_done(const std::vector<NewsItem>& waiting) {
  std::map<std::string, int> counts;
  for (const NewsItem& item : waiting) counts[item.key] = item.count;
  std::erase_if(later_, [&](const auto& later) { return !counts.contains(later.first); });
  for (auto& [key, told] : told_) {
    const auto waits = counts.find(key);
    told.count = std::min(told.count, waits == counts.end() ? 0 : waits->second);
  }
}

bool NewsTeller::is_due(const NewsItem& item, WallTime now) const {
  const auto told = told_.find(item.key);
  if (told == told_.end() || item.order > told->second.order || item.count > told->second.count) return true;
  const auto again = later_.find(item.key);
  return again != later_.end() && again->second <= now;
}

void NewsTeller::later(const std::string& key, WallTime now) {
  later_[key] = now + kLater;
}

std::optional<WallTime> NewsTeller::next(const Schedule& mine, WallTime now) const {
  std::optional<WallTime> next;
  for (const auto& [key, due] : later_) next = std::min(next.value_or(due), due);
  if (!is_held_ && !next) return std::nullopt;
  const auto work = work_at_or_after(mine, std::max(now, is_held_ ? now : *next));
  if (!work) return std::nullopt;
  // What is due already is told by a look; a time that has passed would be waited for over and over.
  const WallTime due = is_held_ ? work->begin : std::max(work->begin, *next);
  return std::max(due, now + kSoonest);
}

}  // namespace meanwhile
