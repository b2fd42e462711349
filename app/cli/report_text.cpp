#include "app/cli/report_text.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/encoders.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/redaction.h"
#include "app/library/settings.h"
#include "app/logging.h"
#include "app/platform/window_versions.h"
#include "app/speech/clip_transcriber.h"
#include "media/base/files.h"
#include "media/capture/devices.h"
#include "media/ffmpeg/versions.h"
#include "media/play/decoding_place.h"
#include "media/record/take.h"
#include "media/speech/speech_engine.h"
#include "upload/http/http_version.h"
#include "upload/outbox.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostLog = 100'000;  // bytes

std::string from_environment(const char* name) {
  return read_environment(name).value_or("-");
}

// "Debian GNU/Linux 12 (bookworm)". Source: os-release(5).
std::string system_name() {
  std::ifstream file("/etc/os-release");
  constexpr std::string_view kKey = "PRETTY_NAME=";
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kKey)) continue;
    line.erase(0, kKey.size());
    std::erase(line, '"');
    return line;
  }
  return "an unknown system";
}

std::string versions_part() {
  utsname kernel{};
  (void)::uname(&kernel);
  return fmt::format(
      "Meanwhile {}\n{}, {} {}, {}, {} processors\nDesktop {}, session {}, X11 {}, Wayland {}, language {}\n"
      "{}\n{}\n{}\n",
      MEANWHILE_VERSION, system_name(), kernel.sysname, kernel.release, kernel.machine,
      std::thread::hardware_concurrency(), from_environment("XDG_CURRENT_DESKTOP"),
      from_environment("XDG_SESSION_TYPE"), from_environment("DISPLAY"), from_environment("WAYLAND_DISPLAY"),
      from_environment("LANG"), ffmpeg_versions(), window_versions(), http_version());
}

// A window's title is nobody's business.
std::string devices_part() {
  constexpr std::array kNames{std::pair{DeviceKind::Screen, "screen"},
                              std::pair{DeviceKind::Camera, "camera"},
                              std::pair{DeviceKind::Microphone, "microphone"}};
  std::string text;
  for (const Device& device : list_devices()) {
    for (const auto& [kind, name] : kNames)
      if (device.kind == kind)
        text += fmt::format("{}: {}{}{}\n", name, device.name, device.is_default ? ", the usual one" : "",
                            device.details.empty() ? "" : "; " + device.details);
  }
  return text.empty() ? "no devices\n" : text;
}

std::string abilities_part(const Application& application, const Settings& settings) {
  std::string text = "encoders:";
  for (const EncoderFinding& encoder : look_for_encoders())
    text += fmt::format(" {} {};", encoder.name, encoder.works ? "works" : encoder.why);
  const DecodingPlace place = look_at_decoding();
  text += fmt::format(" libx264\ndecoding: {}{}{}{}\n", place.is_apart ? "apart" : "here",
                      place.has_seccomp ? ", seccomp" : "", place.has_landlock ? ", landlock" : "",
                      place.trouble.empty() ? "" : "; " + place.trouble);
  for (const SpeechEngine& engine : engines_of(application.home(), settings))
    text += fmt::format("captions: {}{}\n", speech_engine_name(engine.kind),
                        engine.trouble.empty() ? ", can be used" : "; " + engine.trouble);
  return text;
}

std::string settings_part(const Settings& settings) {
  return fmt::format(
      "settings: {} frames a second, at most {} wide, uploads while recording {}, live {}, stands aside {}, "
      "system sound {}, cache {} GB, fetched ahead {} MB, scale {}, motion {}, notes {}, captions {}\n",
      settings.frames_per_second, settings.max_width, settings.upload_while_recording,
      settings.watch_while_recording, settings.stand_aside, settings.system_audio, settings.cache_limit_gb,
      settings.prefetch_mb, settings.scale, settings.motion, settings.notify, settings.captions);
}

std::string library_part(LibrarySession& session) {
  const auto counts = session.index().counts();
  const auto people = session.index().people();
  const auto waits = session.outbox().status();
  std::string text =
      fmt::format("library: {}{}, {} updates, {} people", session.url().substr(0, session.url().find(':')),
                  session.sealed() != nullptr ? ", sealed" : "", counts ? counts->everything : -1,
                  people ? std::ssize(*people) : -1);
  if (waits)
    text += fmt::format("; {} objects and {} events wait{}", waits->waiting_items, waits->waiting_events,
                        waits->last_error ? ": " + *waits->last_error : "");
  return text + "\n";
}

std::string stand_part(Application& application) {
  const auto takes = list_takes(application.home().takes());
  const auto free = free_space(application.home().takes());
  std::string text = fmt::format("{} recordings here, {} free\n", takes.size(),
                                 free ? format_size(*free) : free.error().message);
  for (const std::string& url : application.library_urls()) {
    const auto library = application.find_library(url);
    const Error* why = application.library_failure(url);
    if (library)
      text += library_part(*(*library)->session);
    else
      text += "library: " + url + (why ? ": " + why->message : "") + "\n";
  }
  return text;
}

void add_known(const std::string& text, const char* word, std::vector<PrivateWord>& known) {
  if (!text.empty()) known.push_back({text, word});
}

// "Ada Berg" is said as "Ada", too.
void add_known_name(const std::string& name, std::vector<PrivateWord>& known) {
  constexpr std::size_t kShortestPart = 3;
  add_known(name, "a name", known);
  for (std::size_t from = 0; from < name.size();) {
    const std::size_t to = std::min(name.find_first_of(" .,", from), name.size());
    if (to - from >= kShortestPart) add_known(name.substr(from, to - from), "a name", known);
    from = to + 1;
  }
}

void add_known_of(LibrarySession& session, std::vector<PrivateWord>& known) {
  add_known(session.name(), "a library", known);
  add_known(session.url(), "a place", known);
  add_known(session.description(), "a place", known);
  if (const auto people = session.index().people())
    for (const Person& person : *people) {
      add_known_name(person.name, known);
      add_known_name(person.said_name, known);
    }
  if (const auto channels = session.index().channels())
    for (const Channel& channel : *channels) add_known(channel.name, "a channel", known);
  if (const auto clips = session.index().clips({}))
    for (const Clip& clip : *clips) add_known(clip.title, "a title", known);
}

std::vector<PrivateWord> known_secrets(Application& application) {
  std::vector<PrivateWord> known;
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) == 0) add_known(host.data(), "this machine", known);
  add_known_name(application.settings().name, known);
  add_known_name(name_of_person_here(), known);
  add_known(read_environment("USER").value_or(""), "a name", known);
  add_known(read_environment("HOME").value_or(""), "home", known);
  add_known(application.home().data().string(), "data", known);
  add_known(application.home().cache().string(), "cache", known);
  add_known(application.home().config().string(), "config", known);
  for (const std::string& url : application.settings().libraries) add_known(url, "a place", known);
  for (const Take& take : list_takes(application.home().takes())) add_known(take.title, "a title", known);
  if (const auto libraries = application.libraries())
    for (OpenLibrary* library : *libraries) add_known_of(*library->session, known);
  return known;
}

}  // namespace

std::string report_text(Application& application) {
  const Settings& settings = application.settings();
  const std::string log = kept_log(application.home().cache(), kMostLog);
  const std::string text =
      versions_part() + "\n" + devices_part() + abilities_part(application, settings) + "\n" +
      settings_part(settings) + stand_part(application) + "\n" +
      (log.empty() ? "no log is kept yet: the window keeps it\n" : "log of the window:\n" + log);
  return without_private(text, known_secrets(application));
}

}  // namespace meanwhile
