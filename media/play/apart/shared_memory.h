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
enum class Writer { Us, Other };

// Its size never changes, whatever the other one does (memfd_create(2), file seals): so reading it can't end
// us.
class SharedMemory {
 public:
  // Pages that nobody wrote to take no memory. Errors: Unavailable, Io.
  static Result<std::shared_ptr<SharedMemory>> create(std::size_t size_bytes, Writer writer);
  // The other one's view of what create() made, by its descriptor. Errors: Io.
  static Result<std::shared_ptr<SharedMemory>> map(Descriptor descriptor, std::size_t size_bytes,
                                                   Writer writer);
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory();

  // Of create()'s: to be sent.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }
  void close_descriptor() { descriptor_ = Descriptor(); }
  // Writing to it where Writer says that one may not ends the process.
  [[nodiscard]] std::span<std::byte> bytes() const { return bytes_; }

 private:
  SharedMemory(Descriptor descriptor, std::span<std::byte> bytes)
      : descriptor_(std::move(descriptor)), bytes_(bytes) {}

  Descriptor descriptor_;
  const std::span<std::byte> bytes_;
};

}  // namespace meanwhile
