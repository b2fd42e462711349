// What an ordinary reader finds in an exported file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile::test {

struct ExportedFile {
  std::vector<PicturePtr> pictures;
  double duration = 0;
  int sound_streams = 0;
  std::int64_t sound_samples = 0;
  std::vector<std::string> chapters;  // "0.0 Beginning"
  std::vector<std::string> captions;  // "0.0-1.5 Words"

  // What is on show at that moment; the first one before it.
  PicturePtr picture_at(MediaTime moment) const;
};

ExportedFile read_exported(const std::filesystem::path& path);

}  // namespace meanwhile::test
