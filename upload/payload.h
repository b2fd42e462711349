// What is sent: bytes in memory, or a part of a file that is read while it goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

// The bytes stay the caller's, and as they are until they were sent. One thread at a time reads it.
class Payload {
 public:
  Payload() = default;  // nothing
  Payload(std::span<const std::byte> bytes) : bytes_(bytes), part_{0, bytes.size()} {}
  Payload(const Bytes& bytes) : Payload(std::span(bytes)) {}
  Payload(ByteSource& source, ByteRange part) : source_(&source), part_(part) {}

  std::uint64_t size() const { return part_.length; }

  // Fills `into`, which ends within the payload. Errors: Corrupt (the source ends before it should), and the
  // source's own.
  Result<void> read(std::uint64_t offset, std::span<std::byte> into) const;

  // All of it; buffer: where it is read to, if it isn't in memory. Errors: as read().
  Result<std::span<const std::byte>> whole(Bytes& buffer) const;

  // Of all of it. Errors: as read().
  Result<std::string> sha256() const;

 private:
  std::span<const std::byte> bytes_;
  ByteSource* source_ = nullptr;
  ByteRange part_;  // of the source
};

// Whether bytes are the payload's from offset on. Errors: as Payload::read().
Result<bool> is_part_of(const Payload& payload, std::uint64_t offset, std::span<const std::byte> bytes);

}  // namespace meanwhile
