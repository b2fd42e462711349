#include "media/play/picture_window.h"

#include <algorithm>
#include <utility>

namespace meanwhile {
namespace {

// For each direction: 8 pictures of 1080p. Large pictures get fewer, but two, so that one can be on its way.
constexpr std::size_t kMostBytes = 25'000'000;
constexpr std::size_t kLeastPictures = 2;
constexpr std::size_t kMostPictures = 12;

std::size_t capacity_for(const Picture& picture) {
  const std::size_t bytes =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3 / 2;
  return std::clamp(kMostBytes / std::max<std::size_t>(1, bytes), kLeastPictures, kMostPictures);
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
  while (behind_.size() > capacity_for(*behind_.back())) behind_.pop_front();
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
  return ahead_.empty() || ahead_.size() < capacity_for(*ahead_.front());
}

}  // namespace meanwhile
