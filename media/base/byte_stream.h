// Where bytes come from and go to, whatever they mean: files, memory, or segments in shared storage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

using Bytes = std::vector<std::byte>;

// A part of some bytes.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Random access to bytes that don't change, but may grow while they are being recorded.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Reads up to into.size() bytes at offset; fewer only at the end; 0: offset is at or past the end.
  // Thread: one reader at a time. May block on a disk or a network.
  // Errors: Aborted (abort() was called), Unavailable, NotFound, Corrupt (the bytes don't match their hash),
  // Io.
  virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) = 0;

  // Errors: as read_at.
  virtual Result<std::uint64_t> size() = 0;

  // Makes a blocked read_at, and every later one, answer Aborted. Any thread.
  virtual void abort() {}
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(Bytes bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override { return bytes_.size(); }

 private:
  const Bytes bytes_;
};

// Bytes that are appended, and now and then taken back from the end.
class ByteSink {
 public:
  virtual ~ByteSink() = default;

  // Errors: NoSpace, Io, Aborted. After an error some of the bytes may have been written.
  virtual Result<void> append(std::span<const std::byte> bytes) = 0;

  // Returns when everything appended so far is on the disk. Blocks.
  virtual Result<void> sync() = 0;

  // Takes back all but the first size_bytes; what is appended next follows them. Errors: Unsupported (bytes
  // that were sent can't be taken back), Io.
  virtual Result<void> cut(std::uint64_t /*size_bytes*/) {
    return fail(ErrorCode::Unsupported, tr("taking back what was written isn't possible here"));
  }
};

inline std::span<const std::byte> as_byte_span(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(std::string_view text) {
  const auto span = as_byte_span(text);
  return {span.begin(), span.end()};
}

}  // namespace meanwhile
