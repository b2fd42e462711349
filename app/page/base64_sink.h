// Writes bytes that come piece by piece as one base64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr std::uint64_t base64_size(std::uint64_t bytes) {
  return (bytes + 2) / 3 * 4;
}

class Base64Sink {
 public:
  // sink: outlives this.
  explicit Base64Sink(ByteSink& sink) : sink_(sink) {}
  // Errors: the sink's.
  Result<void> append(std::span<const std::byte> bytes);
  // What is left, padded. Once, at the end.
  Result<void> finish();

 private:
  ByteSink& sink_;
  Bytes rest_;  // at most 2
};

}  // namespace meanwhile
