#include "media/play/apart/lent_pictures.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"
#include "media/play/apart/arena.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packed_picture.h"

namespace meanwhile {
namespace {

// nullptr: there is no room.
PicturePtr copy_into(Arena& arena, const Picture& picture) {
  BufferPtr buffer = arena.allocate(packed_size(picture));
  if (!buffer) return nullptr;
  auto copy = std::make_shared<Picture>(pack_into(picture, buffer->data));
  copy->owner = std::shared_ptr<AVBufferRef>(std::move(buffer));
  return copy;
}

}  // namespace

LentPictures::LentPictures(Arena& arena, const Lap& lap) : arena_(arena), lap_(lap), free_(kTickets) {
  std::iota(free_.begin(), free_.end(), 0U);
}

SentPicture LentPictures::lend(PicturePtr picture) {
  take_back();
  if (!arena_.offset_of(picture->planes[0])) picture = copy_into(arena_, *picture);
  if (!picture || free_.empty()) return {};
  const std::uint32_t ticket = free_.back();
  free_.pop_back();
  ++lent_[ticket];
  SentPicture sent{
      .width = static_cast<std::uint32_t>(picture->width),
      .height = static_cast<std::uint32_t>(picture->height),
      .ticket = ticket,
      .full_range = picture->full_range ? 1U : 0U,
      .bt709 = picture->bt709 ? 1U : 0U,
      .at = std::clamp(static_cast<std::int64_t>(picture->at.count()), -kLatestSentTime, kLatestSentTime)};
  for (std::size_t i = 0; i < sent.planes.size(); ++i) {
    sent.planes[i] = arena_.offset_of(picture->planes[i]).value_or(0);
    sent.strides[i] = static_cast<std::uint32_t>(picture->strides[i]);
  }
  loans_.push_back({ticket, std::move(picture)});
  return sent;
}

void LentPictures::take_back() {
  std::erase_if(loans_, [this](const Loan& loan) {
    const bool is_back = lap_.returned[loan.ticket].load(std::memory_order_acquire) == lent_[loan.ticket];
    if (is_back) free_.push_back(loan.ticket);
    return is_back;
  });
}

}  // namespace meanwhile
