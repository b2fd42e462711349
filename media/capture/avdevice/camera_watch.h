// Says when a camera's name appears in /dev, or goes.
#pragma once

#include <filesystem>

#include "media/base/thread_checker.h"

namespace meanwhile {

// One thread. Where the folder can't be watched it never says anything. Source: inotify(7).
class CameraWatch {
 public:
  explicit CameraWatch(const std::filesystem::path& device_folder);
  ~CameraWatch();
  CameraWatch(const CameraWatch&) = delete;
  CameraWatch& operator=(const CameraWatch&) = delete;

  // Readable when something happened; -1: never.
  int descriptor() const { return descriptor_; }
  // True: a camera came, went, or may be opened by other people now, since the last call. Doesn't block.
  bool take_changes();

 private:
  const int descriptor_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
