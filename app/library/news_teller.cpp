#include "app/library/news_teller.h"

#include <algorithm>

namespace meanwhile {
namespace {

constexpr std::chrono::hours kLater{1};
// More notes at once are a nuisance.
constexpr std::size_t kMostApart = 3;

}  // namespace

Telling NewsTeller::look(const std::vector<NewsItem>& waiting, const Schedule& mine, WallTime now,
                         bool is_here) {
  Telling telling;
  for (const NewsItem& item : waiting) {
    const auto again = later_.find(item.key);
    const bool is_due = again != later_.end() ? again->second <= now : !told_.contains(item.key);
    if (is_due) telling.items.push_back(item);
  }
  const bool is_known = is_first_ || is_here;
  if (!is_known && !is_working(mine, now)) {
    is_held_ = is_held_ || !telling.items.empty();
    return {};
  }
  is_first_ = false;
  for (const NewsItem& item : telling.items) {
    told_.insert(item.key);
    later_.erase(item.key);
  }
  if (is_known) telling = {};
  telling.is_digest = telling.items.size() > 1 && (is_held_ || telling.items.size() > kMostApart);
  is_held_ = false;
  return telling;
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
  return is_held_ ? work->begin : std::max(work->begin, *next);
}

}  // namespace meanwhile
