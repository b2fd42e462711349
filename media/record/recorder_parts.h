// What the Recorder is made of, so that tests can put scripted sources and failing disks in its place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/capture_options.h"
#include "media/capture/source.h"
#include "media/record/h264.h"

namespace meanwhile {

using OpenFrames = std::function<Result<std::unique_ptr<FrameSource>>(const std::string& spec,
                                                                      int frames_per_second, const Clock&)>;
using OpenSamples =
    std::function<Result<std::unique_ptr<SampleSource>>(const std::string& spec, const Clock&)>;

struct RecorderParts {
  OpenFrames open_screen;
  OpenFrames open_camera;
  OpenSamples open_microphone;
  OpenSamples open_system_audio;
  std::function<Result<std::unique_ptr<ByteSink>>(const std::filesystem::path&)> make_sink;
  std::function<Result<std::uint64_t>(const std::filesystem::path&)> free_space;
  // How long the machine has slept since it was started.
  std::function<std::chrono::microseconds()> time_asleep;
  std::chrono::milliseconds reopen_interval{1000};  // a lost device is asked for so often
  std::size_t video_queue_capacity = 8;
  OpenEncoder software_encoder = open_libx264;
  OpenEncoder hardware_encoder = {};  // instead of the one that RecordSettings names
};

// The devices and disks of this machine.
RecorderParts machine_parts(const CaptureOptions& options = {});

}  // namespace meanwhile
