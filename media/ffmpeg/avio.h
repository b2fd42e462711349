// Byte streams as libavformat reads and writes them.
#pragma once

extern "C" {
#include <libavformat/avio.h>
}

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

struct AvioDeleter {
  void operator()(AVIOContext* context) const;
};
using AvioContextPtr = std::unique_ptr<AVIOContext, AvioDeleter>;

// A ByteSource for a demuxer: set format->pb = reader.context() and AVFMT_FLAG_CUSTOM_IO before
// avformat_open_input. Must outlive the format context; the source must outlive the reader. Thread: the
// demuxer's.
class AvioReader {
 public:
  explicit AvioReader(ByteSource& source);
  AvioReader(const AvioReader&) = delete;
  AvioReader& operator=(const AvioReader&) = delete;

  AVIOContext* context() { return context_.get(); }

  // What the source answered last if that was an error (libav hands on a number only); cleared by this call.
  std::optional<Error> take_error();

 private:
  static int read(void* self, std::uint8_t* into, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);
  int remember(Error error);

  ByteSource& source_;
  std::uint64_t position_ = 0;
  std::optional<Error> error_;
  AvioContextPtr context_;
};

// Takes what a muxer writes, in order; can't seek. Set format->pb = writer.context() and
// AVFMT_FLAG_CUSTOM_IO. Must outlive the format context. Thread: the muxer's.
class AvioWriter {
 public:
  using Write = std::function<Result<void>(std::span<const std::byte>)>;
  explicit AvioWriter(Write write);
  AvioWriter(const AvioWriter&) = delete;
  AvioWriter& operator=(const AvioWriter&) = delete;

  AVIOContext* context() { return context_.get(); }

  // Hands over what libavformat still buffers. Errors: what `write` answered.
  Result<void> flush();

 private:
  static int write(void* self, const std::uint8_t* bytes, int size);

  const Write write_;
  std::optional<Error> error_;  // the first; sticky
  AvioContextPtr context_;
};

}  // namespace meanwhile
