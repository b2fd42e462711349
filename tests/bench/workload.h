// What happens on the screen while it is recorded.
#pragma once

#include <memory>
#include <string>

#include "media/base/result.h"
#include "tests/support/x_server.h"

namespace meanwhile {

enum class WorkloadKind {
  Slide,   // a still page, another one every 10 s, the pointer moves a second in five
  Text,    // a terminal that scrolls eight lines a second
  Motion,  // a grainy film over the whole screen, 30 pictures a second, each with its number
           // (frame_numbers.h)
};

constexpr int kFilmRate = 30;
constexpr Size kScreenSize{1920, 1080};

std::string workload_name(WorkloadKind kind);

// Goes on as long as the object lives.
class Workload {
 public:
  virtual ~Workload() = default;
};

// server: kScreenSize; must outlive the workload. Errors: Unavailable, NotFound (no xterm).
Result<std::unique_ptr<Workload>> start_workload(WorkloadKind kind, const XServer& server);

}  // namespace meanwhile
