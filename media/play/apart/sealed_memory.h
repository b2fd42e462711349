// Memory that two processes share.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "media/base/descriptor.h"
#include "media/base/result.h"

namespace meanwhile {

// Who may write to it: us alone (the lap, in which we give), or the other one (the arena, in which we get).
enum class MemoryWriter { Us, Other };

// Its size never changes, whatever the other one does (memfd_create(2), file seals): so reading it can't end
// us.
class SealedMemory {
 public:
  // Pages that nobody wrote to take no memory. Errors: Unavailable, Io.
  static Result<std::shared_ptr<SealedMemory>> create(std::size_t size_bytes, MemoryWriter writer);
  // The other one's view of what create() made, by its descriptor. Errors: Io.
  static Result<std::shared_ptr<SealedMemory>> map(Descriptor descriptor, std::size_t size_bytes,
                                                   MemoryWriter writer);
  SealedMemory(const SealedMemory&) = delete;
  SealedMemory& operator=(const SealedMemory&) = delete;
  ~SealedMemory();

  // Of create()'s: to be sent.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }
  void close_descriptor() { descriptor_ = Descriptor(); }
  // Writing to it where MemoryWriter says that one may not ends the process.
  [[nodiscard]] std::span<std::byte> bytes() const { return bytes_; }

 private:
  SealedMemory(Descriptor descriptor, std::span<std::byte> bytes)
      : descriptor_(std::move(descriptor)), bytes_(bytes) {}

  Descriptor descriptor_;
  const std::span<std::byte> bytes_;
};

}  // namespace meanwhile
