#include "media/play/apart/arena.h"

extern "C" {
#include <libavutil/buffer.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <span>

#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr std::size_t kPage = 4096;

std::size_t whole_pages(std::size_t size_bytes) {
  return (size_bytes + kPage - 1) / kPage * kPage;
}

}  // namespace

Arena::Arena(std::span<std::byte> memory) : memory_(memory) {
  places_.lock()->free[0] = memory.size();
}

BufferPtr Arena::allocate(std::size_t size_bytes) {
  const std::size_t size = whole_pages(size_bytes);
  auto places = places_.lock();
  const auto found =
      std::ranges::find_if(places->free, [&](const auto& place) { return place.second >= size; });
  if (found == places->free.end()) return nullptr;
  const auto [offset, room] = *found;
  auto* const start = reinterpret_cast<std::uint8_t*>(memory_.data() + offset);
  BufferPtr buffer(av_buffer_create(start, size_bytes, release, this, 0));
  if (!buffer) return nullptr;
  places->free.erase(found);
  if (room > size) places->free[offset + size] = room - size;
  places->used[offset] = size;
  return buffer;
}

std::optional<std::uint64_t> Arena::offset_of(const void* place) const {
  const auto* const at = static_cast<const std::byte*>(place);
  if (at < memory_.data() || at >= memory_.data() + memory_.size()) return std::nullopt;
  return static_cast<std::uint64_t>(at - memory_.data());
}

void Arena::release(void* self, std::uint8_t* place) {
  auto& arena = *static_cast<Arena*>(self);
  arena.free_place(static_cast<std::size_t>(reinterpret_cast<std::byte*>(place) - arena.memory_.data()));
}

void Arena::free_place(std::size_t offset) {
  auto places = places_.lock();
  const auto used = places->used.find(offset);
  std::size_t size = used->second;
  places->used.erase(used);
  auto next = places->free.lower_bound(offset);
  if (next != places->free.end() && next->first == offset + size) {
    size += next->second;
    next = places->free.erase(next);
  }
  if (next != places->free.begin() && std::prev(next)->first + std::prev(next)->second == offset) {
    std::prev(next)->second += size;
  } else {
    places->free[offset] = size;
  }
}

}  // namespace meanwhile
