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
  std::vector<std::string> picture_packets;  // bytes, in the file's order
  std::vector<std::uint8_t> parameter_sets;  // of the pictures, as the file has them (avcC)
  double duration = 0;
  int sound_streams = 0;
  std::int64_t sound_samples = 0;
  std::vector<std::string> chapters;  // "0.0 Beginning"
  std::vector<std::string> captions;  // "0.0-1.5 Words"

  // What is on show at that moment; the first one before it.
  PicturePtr picture_at(MediaTime moment) const;
};

ExportedFile read_exported(const std::filesystem::path& path);

// What is on show where somebody begins to play. nullptr: nothing.
PicturePtr picture_after_seek(const std::filesystem::path& path, MediaTime moment);

}  // namespace meanwhile::test
