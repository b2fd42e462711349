// Tells whether somebody waits for a track's bytes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/piece_source.h"

namespace meanwhile {

class WatchedSource final : public PieceSource {
 public:
  explicit WatchedSource(std::shared_ptr<ByteSource> source) : source_(std::move(source)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
    is_reading_ = true;
    auto count = source_->read_at(offset, into);
    is_reading_ = false;
    return count;
  }
  Result<std::uint64_t> size() override { return source_->size(); }
  [[nodiscard]] std::span<const BytePlace> places() const override { return places_of(*source_); }
  void abort() override { source_->abort(); }

  // Any thread.
  [[nodiscard]] bool is_reading() const { return is_reading_; }

 private:
  const std::shared_ptr<ByteSource> source_;
  std::atomic<bool> is_reading_ = false;
};

}  // namespace meanwhile
