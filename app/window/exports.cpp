#include "app/window/exports.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/library/home.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/lanes.h"
#include "media/base/blocking.h"
#include "media/base/chapters.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/export/exporter.h"

extern char** environ;

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestFileName = 80;

// A folder, or an address. false: this desktop has no program for it that could be asked.
bool open_with_desktop(const std::string& what) {
  std::string program = "xdg-open";
  std::array<char*, 3> arguments{program.data(), const_cast<char*>(what.c_str()), nullptr};
  pid_t pid = -1;
  if (::posix_spawnp(&pid, "xdg-open", nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = 0;
  may_block(Blocking::Process, program);
  return ::waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void finish(Desk& desk, const fs::path& out, const Result<void>& result) {
  desk.state.watch.export_progress.clear();
  if (result) {
    desk.notices.show(NoticeKind::Success, tr_in("an update", "Exported"), out.string(),
                      tr_in("button", "Show"), [&desk, out] { show_folder(desk, out.parent_path()); });
  } else if (!result.error().is_control()) {
    desk.notices.show(NoticeKind::Failure, tr("The export failed"), result.error().message);
  }
}

}  // namespace

fs::path export_folder(const Home& home) {
  const char* user_home = std::getenv("HOME");
  std::error_code error;
  for (const char* name : {"Videos", ""}) {
    const fs::path folder = user_home ? fs::path(user_home) / name : fs::path();
    if (user_home && fs::is_directory(folder, error)) return folder;
  }
  return home.data();
}

fs::path free_export_path(const fs::path& folder, const std::string& title, std::string_view ending) {
  std::string name = shorten(display_line(title), kLongestFileName);
  for (char& c : name) {
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos) c = ' ';
  }
  name = display_line(name);
  if (name.empty() || name.front() == '.') name = tr_in("a file's name", "Update");
  std::error_code error;
  for (int number = 1;; ++number) {
    const fs::path path = folder / (number == 1 ? fmt::format("{}{}", name, ending)
                                                : fmt::format("{} {}{}", name, number, ending));
    if (!fs::exists(path, error)) return path;
  }
}

Result<fs::path> export_path(const WantedFile& file) {
  const std::string name(trimmed(file.typed));
  if (name.empty() || name.ends_with('/'))
    return fail(ErrorCode::InvalidArgument, tr("Say where to: a folder and a name."));
  const char* user_home = std::getenv("HOME");
  fs::path path = name;
  if (user_home && name.starts_with("~/")) path = fs::path(user_home) / name.substr(2);
  if (user_home && path.is_relative()) path = fs::path(user_home) / path;
  const bool is_whole = path.extension() == file.ending;
  if (!is_whole) path += file.ending;
  std::error_code error;
  if (!fs::is_directory(path.parent_path(), error))
    return fail(ErrorCode::NotFound, tr_format("There is no folder {}.", path.parent_path().string()));
  if (!(file.may_replace && is_whole) && fs::exists(fs::symlink_status(path, error)))
    return fail(ErrorCode::AlreadyExists,
                tr_format("{} is there already; choose another name.", path.string()));
  return path;
}

NamedThread start_export(Desk& desk, const ExportForm& wanted, const fs::path& out) {
  auto library = desk.application.library_of(wanted.clip);
  auto found = library ? (*library)->session->index().clip(wanted.clip) : std::unexpected(library.error());
  std::shared_ptr<const ClipStore> store;
  if (library) store = (*library)->clips;
  desk.state.watch.export_progress = tr("Exporting");
  const WatchState& watch = desk.state.watch;
  ExportOptions options{.layout = wanted.layout,
                        .is_layout_chosen = watch.is_layout_chosen || wanted.layout != watch.layout,
                        .max_width = wanted.max_width,
                        .highlight_clicks = desk.application.settings().highlight_clicks,
                        .from = {},
                        .to = {},
                        .chapters = {}};
  if (wanted.captions && desk.state.watch.tools.captions) options.captions = *desk.state.watch.tools.captions;
  return NamedThread(
      "export", [&desk, store, found, is_clean = wanted.clean_sound, options, out](std::stop_token stop) {
        auto opened = found ? store->open(*found, stop) : std::unexpected(found.error());
        if (opened) opened->media.sound.is_clean = is_clean;
        ExportOptions all = options;
        if (opened) all.chapters = opened->chapters;
        if (opened && !opened->trouble.empty())
          desk.mailbox.post([&desk, trouble = opened->trouble] {
            desk.notices.show(NoticeKind::Warning, tr("Not all of the update is in this export"), trouble);
          });
        Result<void> result;
        int shown = -1;
        if (opened) {
          result = export_clip(
              opened->media, out, all,
              [&](double progress) {
                const int percent = static_cast<int>(progress * 100);
                if (percent == std::exchange(shown, percent)) return;
                desk.mailbox.post([&desk, percent] {
                  desk.state.watch.export_progress = tr_format("Exporting {} %", percent);
                });
              },
              stop);
        } else {
          result = std::unexpected(opened.error());
        }
        desk.mailbox.post([&desk, out, result] { finish(desk, out, result); });
      });
}

void open_web_page(const Desk& desk, const std::string& url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return;
  desk.lanes.of(kDesktopLane)
      .run_later([&mailbox = desk.mailbox, &notices = desk.notices, url](std::stop_token) {
        if (open_with_desktop(url)) return;
        mailbox.post(
            [&notices, url] { notices.show(NoticeKind::Info, tr_format("The address is {}", url)); });
      });
}

void show_folder(const Desk& desk, const fs::path& folder) {
  desk.lanes.of(kDesktopLane)
      .run_later([&mailbox = desk.mailbox, &notices = desk.notices, folder](std::stop_token) {
        if (open_with_desktop(folder.string())) return;
        mailbox.post([&notices, folder] {
          notices.show(NoticeKind::Info, tr_format("The folder is {}", folder.string()));
        });
      });
}

}  // namespace meanwhile
