// Exports from the window: in the background, with progress and an end that is told.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/library/home.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {

// Writes the clip as an MP4; notices tell when it is there. file: of export_path(). The thread ends with the
// export, and drops it when it is asked to stop.
NamedThread start_export(Desk& desk, const ExportForm& wanted, const std::filesystem::path& file);

// What a person typed, whole: with the ending (".mp4"), "~" and what isn't absolute in their own folder.
// Errors: InvalidArgument (nothing was typed, or a folder), AlreadyExists, NotFound (no such folder).
Result<std::filesystem::path> export_path(const std::string& typed, std::string_view ending = ".mp4");

// Where exports go: where people look for films; the home itself where there is no such folder.
std::filesystem::path export_folder(const Home& home);

// A name that no file has yet: "Title.mp4", "Title 2.mp4". Characters that file systems dislike become
// spaces. ending: ".mp4".
std::filesystem::path free_export_path(const std::filesystem::path& folder, const std::string& title,
                                       std::string_view ending);

// In the person's browser; where none can be asked a notice tells the address. url: http or https; nothing
// else is opened.
void open_web_page(const Desk& desk, const std::string& url);

// In the desktop's file manager; where there is none a notice tells the folder.
void show_folder(const Desk& desk, const std::filesystem::path& folder);

}  // namespace meanwhile
