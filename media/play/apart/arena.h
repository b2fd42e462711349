// A decoder's process lays its pictures and sounds where the player sees them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "media/base/guarded.h"
#include "media/ffmpeg/frame_memory.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Must outlive its buffers.
class Arena final : public FrameMemory {
 public:
  explicit Arena(std::span<std::byte> memory);

  // The lowest place that has room, so that pages that were used once are used again.
  BufferPtr allocate(std::size_t size_bytes) override;
  // nullopt: it lies elsewhere.
  [[nodiscard]] std::optional<std::uint64_t> offset_of(const void* place) const;

 private:
  static void release(void* self, std::uint8_t* place);
  void free_place(std::size_t offset);
  struct Places {
    std::map<std::size_t, std::size_t> free;  // offset and size
    std::map<std::size_t, std::size_t> used;
  };

  const std::span<std::byte> memory_;
  Guarded<Places> places_;
};

}  // namespace meanwhile
