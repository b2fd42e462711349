// Workers for what asks places: one that is silent keeps nobody waiting but its own lane.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/window/worker.h"

namespace meanwhile {

// Also for other programs of the desktop.
struct Lane {
  std::string purpose;
  const void* place = nullptr;  // what stands for it: a library's ClipStore
  auto operator<=>(const Lane&) const = default;
};

const Lane kDesktopLane{"desktop", nullptr};

// The window's thread.
class Lanes {
 public:
  // Made at its first use.
  Worker& of(const Lane& lane) {
    auto& worker = workers_[lane];
    if (!worker) worker = std::make_unique<Worker>();
    return *worker;
  }

 private:
  std::map<Lane, std::unique_ptr<Worker>> workers_;
};

}  // namespace meanwhile
