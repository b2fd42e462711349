#include "app/window/allowed_waits.h"

#include <array>
#include <span>

#include "media/base/blocking.h"

namespace meanwhile {

std::span<const BlockingException> allowed_waits() {
  static constexpr std::array kAllowed{
      BlockingException{Blocking::DiskSync, "",
                        "what a person does is on the disk before the window says so"},
      BlockingException{Blocking::Join, "", "closing the window, and what a page owned"},
  };
  return kAllowed;
}

}  // namespace meanwhile
