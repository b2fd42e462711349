// What the window begins with, and how it ends by itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/ui/state.h"
#include "media/base/media_time.h"

namespace meanwhile {

// A window that closes by itself, for demonstrations and tests.
struct Tour {
  MediaTime length{};
  std::filesystem::path screenshot;  // of its end; "": none
};

struct StartPlace {
  std::optional<PageId> page;  // none: the Inbox, and of a window that is open what it shows
  std::string clip;            // opened at `at` as soon as it is known; as find_known_clip takes it
  MediaTime at{};
  bool play = false;
  bool is_minimised = false;  // of a window that isn't there yet
  std::optional<Tour> tour;
};

}  // namespace meanwhile
