// The short messages over the page. See actions.h.
#pragma once

#include <cstdint>

namespace meanwhile {

class NoticeActions {
 public:
  virtual ~NoticeActions() = default;

  virtual void dismiss(std::uint64_t id) = 0;
  virtual void run_action(std::uint64_t id) = 0;
};

}  // namespace meanwhile
