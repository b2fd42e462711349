#include "media/record/recorder_parts.h"

#include <time.h>

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/capture/capture_options.h"
#include "media/capture/source_registry.h"

namespace meanwhile {
namespace {

#ifdef CLOCK_BOOTTIME
std::chrono::nanoseconds read(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// The one goes on while the machine sleeps, the other doesn't. Source: clock_gettime(2).
std::chrono::microseconds time_asleep() {
  return std::chrono::duration_cast<std::chrono::microseconds>(read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC));
}
#else
// Other systems' monotonic clocks go on in their sleep, or tell nothing of it.
std::chrono::microseconds time_asleep() {
  return {};
}
#endif

}  // namespace

RecorderParts machine_parts(const CaptureOptions& options) {
  return {.open_screen =
              [options](const std::string& spec, int frames_per_second, const Clock& clock) {
                return open_screen(spec, frames_per_second, clock, options);
              },
          .open_camera = open_camera,
          .open_microphone = open_microphone,
          .open_system_audio = open_system_audio,
          .make_sink = [](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
            auto sink = FileSink::create(path);
            if (!sink) return std::unexpected(sink.error());
            return std::move(*sink);
          },
          .free_space = free_space,
          .time_asleep = time_asleep};
}

}  // namespace meanwhile
