#include "app/platform/autostart.h"

#include <cstdlib>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#ifdef MEANWHILE_TRAY
#include <cstdint>

#include "media/base/blocking.h"
#include "media/base/bus.h"
#endif

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Source: XDG Base Directory Specification 0.8.
std::optional<fs::path> autostart_folder() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config == '/')
    return fs::path(config) / "autostart";
  if (const char* home = std::getenv("HOME"); home && *home == '/')
    return fs::path(home) / ".config" / "autostart";
  return std::nullopt;
}

// A path may hold what means something there. Source: Desktop Entry Specification, "The Exec key".
std::string quoted(const std::string& path) {
  std::string text = "\"";
  for (const char c : path) {
    if (c == '"' || c == '`' || c == '$' || c == '\\') text += "\\\\";
    if (c == '\\' || c == '%') text += c;
    text += c;
  }
  return text + "\"";
}

// The program itself, wherever it lies, in case it isn't installed.
std::string entry() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const std::string command = error ? "meanwhile" : quoted(program.string());
  return "[Desktop Entry]\nType=Application\nName=Meanwhile\nIcon=meanwhile\nExec=" + command +
         " open --minimised\nX-GNOME-Autostart-enabled=true\n";
}

Result<void> write_entry(bool on) {
  const auto folder = autostart_folder();
  if (!folder)
    return fail(ErrorCode::Unsupported, tr("this system has no place for programs that start by themselves"));
  const fs::path file = *folder / "meanwhile.desktop";
  if (on) {
    MEANWHILE_TRY(make_folders(*folder));
    return write_file_durably(file, as_byte_span(entry()));
  }
  std::error_code error;
  fs::remove(file, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("removing {}", file.string())));
  return {};
}

#ifdef MEANWHILE_TRAY
bool is_sandboxed() {
  std::error_code ignored;
  return fs::exists("/.flatpak-info", ignored);
}

// Its answer comes by a signal, after whatever the desktop asks the person; that it took the request is
// enough here.
Result<void> ask_background_portal(bool on) {
  constexpr std::uint64_t kPatienceUs = 5'000'000;
  may_block(Blocking::Bus, "portal");
  sd_bus* made = nullptr;
  const bool is_open = sd_bus_open_user(&made) >= 0;
  const BusPtr bus(made);
  if (!is_open) return fail(ErrorCode::Unavailable, tr("there is no session bus to ask the desktop by"));
  sd_bus_set_method_call_timeout(bus.get(), kPatienceUs);
  BusError error;
  const int done =
      sd_bus_call_method(bus.get(), "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                         "org.freedesktop.portal.Background", "RequestBackground", error.get(), nullptr,
                         "sa{sv}", "", 3, "reason", "s", tr("To tell you of new updates"), "autostart", "b",
                         on ? 1 : 0, "commandline", "as", 3, "meanwhile", "open", "--minimised");
  if (done < 0) return fail(ErrorCode::Unavailable, tr_format("the desktop refused: {}", error.message()));
  return {};
}
#endif

}  // namespace

Result<void> set_autostart(bool on) {
#ifdef MEANWHILE_TRAY
  if (is_sandboxed()) return ask_background_portal(on);
#endif
  return write_entry(on);
}

}  // namespace meanwhile
