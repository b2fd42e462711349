#include "media/ffmpeg/avio.h"

extern "C" {
#include <libavformat/version.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <expected>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"

namespace meanwhile {
namespace {

// As much as a decoder in a process of its own gets at once (media/play/apart).
constexpr int kBufferBytes = 256 * 1024;

// FFmpeg 7 made the bytes to be written const.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WriteBytes = const std::uint8_t*;
#else
using WriteBytes = std::uint8_t*;
#endif
using ReadFunction = int (*)(void*, std::uint8_t*, int);
using WriteFunction = int (*)(void*, WriteBytes, int);
using SeekFunction = std::int64_t (*)(void*, std::int64_t, int);

AvioContextPtr make_context(void* opaque, ReadFunction read, WriteFunction write, SeekFunction seek) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  if (!buffer) throw std::bad_alloc();
  AvioContextPtr context(
      avio_alloc_context(buffer, kBufferBytes, write != nullptr, opaque, read, write, seek));
  if (!context) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  return context;
}

}  // namespace

void AvioDeleter::operator()(AVIOContext* context) const {
  av_freep(&context->buffer);  // libavformat may have replaced the buffer that we gave it
  avio_context_free(&context);
}

AvioReader::AvioReader(ByteSource& source)
    : source_(source), context_(make_context(this, read, nullptr, seek)) {}

std::optional<Error> AvioReader::take_error() {
  return std::exchange(error_, std::nullopt);
}

int AvioReader::remember(Error error) {
  const bool is_abort = error.code == ErrorCode::Aborted;
  error_ = std::move(error);
  return is_abort ? AVERROR_EXIT : AVERROR(EIO);
}

int AvioReader::read(void* self, std::uint8_t* into, int size) {
  auto& reader = *static_cast<AvioReader*>(self);
  const auto count = reader.source_.read_at(
      reader.position_, std::as_writable_bytes(std::span(into, static_cast<std::size_t>(size))));
  if (!count) return reader.remember(count.error());
  reader.position_ += *count;
  return *count == 0 ? AVERROR_EOF : static_cast<int>(*count);
}

std::int64_t AvioReader::seek(void* self, std::int64_t offset, int whence) {
  auto& reader = *static_cast<AvioReader*>(self);
  const bool needs_size = (whence & AVSEEK_SIZE) != 0 || (whence & ~AVSEEK_FORCE) == SEEK_END;
  std::int64_t size = 0;
  if (needs_size) {
    const auto answer = reader.source_.size();
    if (!answer) return reader.remember(answer.error());
    size = static_cast<std::int64_t>(*answer);
  }
  if ((whence & AVSEEK_SIZE) != 0) return size;
  switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
      break;
    case SEEK_CUR:
      offset += static_cast<std::int64_t>(reader.position_);
      break;
    case SEEK_END:
      offset += size;
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  reader.position_ = static_cast<std::uint64_t>(offset);
  return offset;
}

AvioWriter::AvioWriter(Write write)
    : write_(std::move(write)),
      context_(make_context(
          this, nullptr,
          [](void* self, WriteBytes bytes, int size) { return AvioWriter::write(self, bytes, size); },
          nullptr)) {}

int AvioWriter::write(void* self, const std::uint8_t* bytes, int size) {
  auto& writer = *static_cast<AvioWriter*>(self);
  if (writer.error_) return AVERROR(EIO);
  auto written = writer.write_(std::as_bytes(std::span(bytes, static_cast<std::size_t>(size))));
  if (written) return size;
  writer.error_ = std::move(written).error();
  return AVERROR(EIO);
}

Result<void> AvioWriter::flush() {
  avio_flush(context_.get());
  if (error_) return std::unexpected(*error_);
  if (context_->error < 0) return av_failure(context_->error, tr("writing media"));
  return {};
}

}  // namespace meanwhile
