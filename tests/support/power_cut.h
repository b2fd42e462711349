// What a power cut would leave of a folder: only what was synced, whoever in this process synced it
// (ourselves, SQLite). Takes the place of fsync() and fdatasync() in programs that use this class.
#pragma once

#include <filesystem>

namespace meanwhile {

// One at a time; from construction on, it watches what is below folder (which is there already).
class PowerCut {
 public:
  explicit PowerCut(std::filesystem::path folder);
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  // Makes `into` what the disk would hold now: each file with the bytes of its last sync, under a name that
  // was synced with it or with its folder.
  void leave(const std::filesystem::path& into) const;
};

}  // namespace meanwhile
