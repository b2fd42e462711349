#include "app/window/notices.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/state.h"
#include "media/base/clock.h"

namespace meanwhile {
namespace {

// More would cover the page; the newest matter most.
constexpr std::size_t kMostShown = 4;

// Two short lines are read in that time, twice.
constexpr std::chrono::seconds kTimeToRead{8};
constexpr std::chrono::seconds kTimeToDecide{20};

bool goes_by_itself(NoticeKind kind) {
  return kind == NoticeKind::Info || kind == NoticeKind::Success;
}

}  // namespace

void Notices::show(NoticeKind kind, const std::string& text, const std::string& detail,
                   const std::string& action_label, std::function<void()> action) {
  one_thread_.check();
  std::erase_if(shown_, [&](const Notice& notice) { return notice.text == text; });
  const std::uint64_t id = ++last_id_;
  shown_.push_back({.id = id, .kind = kind, .text = text, .detail = detail, .action = action_label});
  Kept& kept = kept_[id];
  kept.action = std::move(action);
  if (goes_by_itself(kind)) kept.until = clock_.now() + (action_label.empty() ? kTimeToRead : kTimeToDecide);
  if (shown_.size() > kMostShown) dismiss(shown_.front().id);
}

std::uint64_t Notices::begin(const std::string& text, const std::string& action_label,
                             std::function<void()> action) {
  show(NoticeKind::Info, text, {}, action_label, std::move(action));
  kept_[last_id_].until.reset();
  return last_id_;
}

void Notices::change(std::uint64_t id, const std::string& text) {
  one_thread_.check();
  const auto found = std::ranges::find(shown_, id, &Notice::id);
  if (found != shown_.end()) found->text = text;
}

void Notices::dismiss(std::uint64_t id) {
  one_thread_.check();
  std::erase_if(shown_, [&](const Notice& notice) { return notice.id == id; });
  kept_.erase(id);
}

void Notices::run_action(std::uint64_t id) {
  one_thread_.check();
  const auto found = kept_.find(id);
  if (found == kept_.end()) return;
  const auto action = std::move(found->second.action);
  dismiss(id);
  if (action) action();
}

void Notices::let_go_of_old() {
  one_thread_.check();
  const MonotonicTime now = clock_.now();
  std::erase_if(kept_, [&](const auto& entry) {
    if (!entry.second.until || *entry.second.until > now) return false;
    std::erase_if(shown_, [&](const Notice& notice) { return notice.id == entry.first; });
    return true;
  });
}

std::optional<MonotonicTime> Notices::next_change() const {
  std::optional<MonotonicTime> next;
  for (const auto& [id, kept] : kept_)
    if (kept.until && (!next || *kept.until < *next)) next = kept.until;
  return next;
}

}  // namespace meanwhile
