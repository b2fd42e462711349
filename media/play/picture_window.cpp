#include "media/play/picture_window.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {
namespace {

// 8 pictures of 1080p to come, 16 to step back to. Large pictures get fewer, but two, so that one can be on
// its way.
constexpr std::size_t kMostBytesAhead = 25'000'000;
constexpr std::size_t kMostBytesBehind = 50'000'000;
constexpr std::size_t kLeastPictures = 2;
constexpr std::size_t kMostPicturesAhead = 12;
constexpr std::size_t kMostPicturesBehind = 24;

std::size_t count_in(std::size_t bytes, const Picture& picture, std::size_t most) {
  const std::size_t one =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3 / 2;
  return std::clamp(bytes / std::max<std::size_t>(1, one), kLeastPictures, most);
}
std::size_t capacity_ahead(const Picture& picture) {
  return count_in(kMostBytesAhead, picture, kMostPicturesAhead);
}
std::size_t capacity_behind(const Picture& picture) {
  return count_in(kMostBytesBehind, picture, kMostPicturesBehind);
}

}  // namespace

void PictureWindow::add(PicturePtr picture, bool after_gap) {
  if (after_gap || (behind_.empty() && ahead_.empty())) gapless_from_ = picture->at;
  ahead_.push_back(std::move(picture));
}

void PictureWindow::clear() {
  behind_.clear();
  ahead_.clear();
}

void PictureWindow::move_on() {
  behind_.push_back(std::move(ahead_.front()));
  ahead_.pop_front();
  while (behind_.size() > capacity_behind(*behind_.back())) behind_.pop_front();
}

PicturePtr PictureWindow::first() const {
  const auto found =
      std::ranges::find_if(behind_, [&](const PicturePtr& picture) { return picture->at >= gapless_from_; });
  return found == behind_.end() ? next() : *found;
}

void PictureWindow::add_behind(const std::vector<PicturePtr>& pictures) {
  if (pictures.empty() || behind_.empty()) return;
  while (behind_.front()->at < gapless_from_) behind_.pop_front();
  const std::size_t capacity = capacity_behind(*behind_.back());
  const std::size_t kept = std::min(capacity - std::min(capacity, behind_.size()), pictures.size());
  behind_.insert(behind_.begin(), pictures.end() - static_cast<std::ptrdiff_t>(kept), pictures.end());
  gapless_from_ = behind_.front()->at;
  while (ahead_.size() > capacity_ahead(*behind_.back())) ahead_.pop_back();
}

// The first picture is on show from the clip's start on, even where its track begins later.
int PictureWindow::advance(MediaTime moment) {
  int passed = 0;
  for (; !ahead_.empty() && (behind_.empty() || ahead_.front()->at <= moment); ++passed) move_on();
  return passed;
}

bool PictureWindow::find(MediaTime moment, bool is_at_end) {
  const PicturePtr last = !ahead_.empty() ? ahead_.back() : shown();
  if (!last || moment < gapless_from_) return false;
  if (last->at <= moment && !is_at_end) return false;
  while (!behind_.empty() && behind_.back()->at > moment) {
    ahead_.push_front(std::move(behind_.back()));
    behind_.pop_back();
  }
  if (behind_.empty() && ahead_.front()->at > moment) return false;
  advance(moment);
  return true;
}

bool PictureWindow::step_forward() {
  if (ahead_.empty()) return false;
  move_on();
  return true;
}

bool PictureWindow::step_back() {
  if (behind_.size() < 2 || behind_.back()->at <= gapless_from_) return false;
  ahead_.push_front(std::move(behind_.back()));
  behind_.pop_back();
  return true;
}

bool PictureWindow::has_room() const {
  return ahead_.empty() || ahead_.size() < capacity_ahead(*ahead_.front());
}

bool PictureWindow::lacks_ahead() const {
  return ahead_.empty() || ahead_.size() <= capacity_ahead(*ahead_.front()) / 2;
}

bool PictureWindow::lacks_behind() const {
  if (behind_.empty()) return false;
  const auto usable =
      std::ranges::count_if(behind_, [&](const PicturePtr& picture) { return picture->at >= gapless_from_; });
  return static_cast<std::size_t>(usable) <= capacity_behind(*behind_.back()) / 2;
}

}  // namespace meanwhile
