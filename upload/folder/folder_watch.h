// Tells at once when a library in a folder has changed, where the system can.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "upload/capabilities.h"

namespace meanwhile {

// As Watchable::watch. The folder may be moved away, unmounted, or not be there yet: it is looked for again
// every few seconds. Owns a thread. nullptr: the system can't, or has no watches left. Source: inotify(7). It
// doesn't see what other machines write to a network share.
std::unique_ptr<StorageWatch> watch_folder(const std::filesystem::path& folder,
                                           std::function<void()> on_change);

}  // namespace meanwhile
