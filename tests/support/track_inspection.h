// What is really in a track file, read back through libavformat and libavcodec.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct PacketFacts {
  MediaTime at{};
  bool is_keyframe = false;
};

struct PictureFacts {
  MediaTime at{};
  double luma = 0;  // mean
};

struct SoundFacts {
  std::int64_t first_sample = 0;  // of `samples`, since the take began
  std::vector<float> samples;     // of one channel, gaps filled with silence
};

// Each fails with the first damage, Errors as TrackReader.
Result<std::vector<PacketFacts>> packets_of(const std::filesystem::path& track);
Result<std::vector<PictureFacts>> pictures_of(const std::filesystem::path& track);
Result<SoundFacts> sound_of(const std::filesystem::path& track, std::size_t channel = 0);

// A new folder that goes with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace meanwhile
