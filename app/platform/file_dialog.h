// The desktop's own dialogs in which a person chooses a folder, or where to write a file.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

// Both ask the desktop's portal (org.freedesktop.portal.FileChooser), else zenity or kdialog, whichever is
// there. They block until the person has chosen. nullopt: they chose none. Not the window's thread. Errors:
// Unavailable (this desktop has no such dialog), Aborted (stop).
Result<std::optional<std::filesystem::path>> choose_folder(const std::string& title, std::stop_token stop);
// suggested: the absolute path that it begins with. Whether an existing file may be overwritten is asked
// there.
Result<std::optional<std::filesystem::path>> choose_new_file(const std::string& title,
                                                             const std::filesystem::path& suggested,
                                                             std::stop_token stop);

// "file:///srv/a%20team" -> "/srv/a team"; nullopt: no file of this machine.
std::optional<std::filesystem::path> path_of_file_uri(const std::string& uri);

}  // namespace meanwhile
