#include "tests/support/wayland_session.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "media/base/files.h"
#include "tests/support/scripted_portal.h"

namespace meanwhile {
namespace {

constexpr const char* kBackEnd = "/usr/libexec/xdg-desktop-portal-wlr";

// sway refuses to be root; in a user namespace it is somebody else to itself, and to all others what it was.
std::vector<std::string> as_nobody_special(std::vector<std::string> words) {
  if (::geteuid() != 0) return words;
  std::vector<std::string> all{"unshare", "--user", "--map-user=1000", "--map-group=1000"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

std::string first_match(const std::filesystem::path& folder, const std::string& beginning,
                        const std::string& ending) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(ending)) return entry.path().string();
  }
  return {};
}

std::string colour_of(std::uint32_t rgb) {
  return fmt::format("{};{};{}", (rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff);
}

}  // namespace

std::string WaylandSession::missing() {
  std::string program = DesktopServices::missing();
  if (program.empty()) program = ScriptedPortal::missing();
  if (program.empty()) program = missing_program({"sway", "swaymsg", "foot", kBackEnd});
  if (!program.empty() || ::geteuid() != 0) return program;
  const auto status = run_program(as_nobody_special({"true"}), {});
  return status && *status == 0 ? "" : "user namespaces";
}

Result<std::unique_ptr<WaylandSession>> WaylandSession::start(Size size) {
  std::unique_ptr<WaylandSession> session(new WaylandSession);
  MEANWHILE_TRY(session->set_up(size));
  return session;
}

WaylandSession::~WaylandSession() {
  if (window_input_ >= 0) ::close(window_input_);
}

Environment WaylandSession::environment() const {
  Environment all = services_->environment();
  const Environment own{{"WAYLAND_DISPLAY", display_},
                        {"SWAYSOCK", control_socket_},
                        {"XDG_SESSION_TYPE", "wayland"},
                        {"XDG_CURRENT_DESKTOP", "sway"}};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

Result<void> WaylandSession::set_up(Size size) {
  auto services = DesktopServices::start();
  if (!services) return std::unexpected(services.error());
  services_ = std::move(*services);
  MEANWHILE_TRY(start_compositor(size));
  MEANWHILE_TRY(start_portal());
  return open_window();
}

Result<void> WaylandSession::start_compositor(Size size) {
  const std::filesystem::path& folder = services_->folder();
  std::ofstream(folder / "sway.conf")
      << fmt::format("output HEADLESS-1 resolution {}x{}\ndefault_border none\nseat * hide_cursor 100\n",
                     size.width, size.height);
  auto compositor = services_->launch(as_nobody_special({"sway", "-c", (folder / "sway.conf").string()}),
                                      {{"WLR_BACKENDS", "headless"},
                                       {"WLR_RENDERER", "pixman"},
                                       {"WLR_LIBINPUT_NO_DEVICES", "1"},
                                       {"XDG_SESSION_TYPE", "wayland"}});
  if (!compositor) return std::unexpected(compositor.error());
  compositor_ = std::move(*compositor);
  const bool is_up = becomes_true([&] {
    const std::string lock = first_match(folder, "wayland-", ".lock");
    control_socket_ = first_match(folder, "sway-ipc.", ".sock");
    display_ = std::filesystem::path(lock).stem().string();
    return !lock.empty() && !control_socket_.empty();
  });
  if (!is_up) return fail(ErrorCode::Unavailable, "starting sway");
  return {};
}

// The back end first: the front end looks for it once.
Result<void> WaylandSession::start_portal() {
  const std::filesystem::path& folder = services_->folder();
  std::ofstream(folder / "portal.conf")
      << "[screencast]\noutput_name=HEADLESS-1\nchooser_type=none\nmax_fps=60\n";
  const std::filesystem::path choice = folder / "config" / "xdg-desktop-portal";
  std::filesystem::create_directories(choice);
  std::ofstream(choice / "portals.conf") << "[preferred]\ndefault=wlr\n";
  auto store = services_->launch({ScriptedPortal::kPermissionStore});
  if (!store) return std::unexpected(store.error());
  store_ = std::move(*store);
  Environment preloaded = environment();
  preloaded.emplace_back("LD_PRELOAD", SHARED_MEMORY_PORTAL_LIBRARY);
  auto back_end =
      services_->launch({kBackEnd, "-l", "INFO", "-c", (folder / "portal.conf").string()}, preloaded);
  if (!back_end) return std::unexpected(back_end.error());
  back_end_ = std::move(*back_end);
  MEANWHILE_TRY(services_->wait_for_name("org.freedesktop.impl.portal.desktop.wlr"));
  auto front_end = services_->launch({ScriptedPortal::kFrontEnd, "-v"}, environment());
  if (!front_end) return std::unexpected(front_end.error());
  front_end_ = std::move(*front_end);
  return services_->wait_for_name("org.freedesktop.portal.Desktop");
}

// A terminal whose colours are set through escape sequences: there is nothing to write and to build.
Result<void> WaylandSession::open_window() {
  const std::string input = (services_->folder() / "window-input").string();
  if (::mkfifo(input.c_str(), 0600) != 0) return std::unexpected(error_from_errno(errno, "making " + input));
  // Written and read, so that opening it waits for nobody.
  window_input_ = ::open(input.c_str(), O_RDWR | O_CLOEXEC);
  auto window =
      services_->launch({"foot", "--config=/dev/null", "sh", "-c", "exec cat " + input}, environment());
  if (!window) return std::unexpected(window.error());
  window_ = std::move(*window);
  return write("\033[?25l");  // no cursor that blinks
}

Result<void> WaylandSession::write(const std::string& text) {
  const ssize_t written = ::write(window_input_, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return {};
  return fail(ErrorCode::Io, "writing to the window");
}

Result<void> WaylandSession::show(std::uint32_t rgb) {
  return write(fmt::format("\033[0m\033[2J\033]11;#{:06x}\033\\", rgb));
}

Result<void> WaylandSession::show_corner(std::uint32_t rgb) {
  std::string escapes = fmt::format("\033[H\033[48;2;{}m", colour_of(rgb));
  for (int row = 0; row < 4; ++row) escapes += "          \r\n";
  return write(escapes + "\033[0m");
}

Result<void> WaylandSession::resize(Size size) {
  const auto status = run_program(
      {"swaymsg", "output", "HEADLESS-1", "resolution", fmt::format("{}x{}", size.width, size.height)},
      {.environment = environment(), .output = {}});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::Io, "resizing sway's screen");
  return {};
}

void WaylandSession::kill_compositor() {
  compositor_->signal(SIGKILL);
  compositor_->wait();
}

}  // namespace meanwhile
