#include "tests/bench/frame_log.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

#include "media/base/clock.h"
#include "media/capture/sinks.h"

namespace meanwhile {
namespace {

constexpr MediaTime kRepeatInterval = std::chrono::seconds(1);

std::size_t picture_bytes(Size size) {
  return static_cast<std::size_t>(size.width) * size.height * 3 / 2;
}

// What a source gives, as raw planes one after the other.
class LoggingSink final : public FrameSink {
 public:
  LoggingSink(MonotonicTime start, MediaTime length, const std::filesystem::path& file)
      : start_(start), length_(length), file_(file, std::ios::binary) {}

  void on_frame(FramePtr frame, MonotonicTime at) override {
    if (!belongs(at)) return;
    for (const int plane : {0, 1, 2}) write_plane(*frame, plane);
    frames_.push_back({at - start_, pictures_++});
  }
  void on_unchanged(MonotonicTime at) override {
    if (!belongs(at) || frames_.empty() || at - start_ - frames_.back().at < kRepeatInterval) return;
    frames_.push_back({at - start_, frames_.back().picture});
  }
  void on_ended(Error) override {}

  std::vector<LoggedFrame> take_frames() { return std::move(frames_); }
  bool finish() {
    file_.close();
    return !file_.fail();
  }

 private:
  bool belongs(MonotonicTime at) const { return at >= start_ && at - start_ < length_; }
  void write_plane(const AVFrame& frame, int plane) {
    const int shift = plane == 0 ? 0 : 1;
    for (int y = 0; y < frame.height >> shift; ++y)
      file_.write(reinterpret_cast<const char*>(frame.data[plane]) +
                      static_cast<std::ptrdiff_t>(y) * frame.linesize[plane],
                  frame.width >> shift);
  }

  const MonotonicTime start_;
  const MediaTime length_;
  std::ofstream file_;
  std::vector<LoggedFrame> frames_;
  std::size_t pictures_ = 0;
};

}  // namespace

Result<FrameLog> FrameLog::record(FrameSource& source, MediaTime length,
                                  const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "pixels.yuv";
  const SteadyClock clock;
  LoggingSink sink(clock.now(), length, file);
  MEANWHILE_TRY(source.start(sink, nullptr));
  std::this_thread::sleep_for(length);
  source.stop();
  if (!sink.finish()) return fail(ErrorCode::Io, "writing " + file.string());

  FrameLog log;
  log.size_ = {source.info().width, source.info().height};
  log.length_ = length;
  log.frames_ = sink.take_frames();
  if (log.frames_.empty()) return fail(ErrorCode::Unavailable, "the workload gave no picture");
  MEANWHILE_TRY(log.map(file));
  return log;
}

Result<void> FrameLog::map(const std::filesystem::path& file) {
  const std::size_t size = picture_bytes(size_) * (frames_.back().picture + 1);
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(ErrorCode::Io, "opening " + file.string() + ": " + std::strerror(errno));
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  close(descriptor);
  if (memory == MAP_FAILED) return fail(ErrorCode::Io, "mapping " + file.string());
  pixels_ = std::shared_ptr<std::uint8_t>(static_cast<std::uint8_t*>(memory),
                                          [size](std::uint8_t* pixels) { munmap(pixels, size); });
  return {};
}

FramePtr FrameLog::picture(std::size_t index) const {
  const std::size_t luma = static_cast<std::size_t>(size_.width) * size_.height;
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = size_.width;
  frame->height = size_.height;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_SMPTE170M;
  std::uint8_t* pixels = pixels_.get() + index * picture_bytes(size_);
  frame->data[0] = pixels;
  frame->data[1] = pixels + luma;
  frame->data[2] = pixels + luma * 5 / 4;
  frame->linesize[0] = size_.width;
  frame->linesize[1] = frame->linesize[2] = size_.width / 2;
  // Owned by the log: the reference only lets libavcodec hold the frame without copying it.
  frame->buf[0] = av_buffer_create(
      pixels, picture_bytes(size_), [](void*, std::uint8_t*) {}, nullptr, AV_BUFFER_FLAG_READONLY);
  return frame;
}

}  // namespace meanwhile
