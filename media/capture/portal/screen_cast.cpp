#include "media/capture/portal/screen_cast.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/bus.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kPath = "/org/freedesktop/portal/desktop";
constexpr const char* kInterface = "org.freedesktop.portal.ScreenCast";
constexpr const char* kRequest = "org.freedesktop.portal.Request";
constexpr const char* kSession = "org.freedesktop.portal.Session";

// A portal may have to be started by the bus first.
constexpr auto kCallTimeout = 15s;
constexpr auto kDialogTimeout = std::chrono::minutes(5);

// Bits of AvailableSourceTypes and AvailableCursorModes.
constexpr std::uint32_t kMonitors = 1;
constexpr std::uint32_t kWindows = 2;
constexpr std::uint32_t kEmbedded = 2;
constexpr std::uint32_t kMetadata = 4;
constexpr std::uint32_t kHidden = 1;

constexpr std::uint32_t kPersistVersion = 4;
constexpr std::uint32_t kUntilRevoked = 2;

std::unexpected<Error> no_bus(int number) {
  return fail(ErrorCode::Unavailable,
              tr_format("recording the screen: there is no session bus ({}); start Meanwhile from within the "
                        "desktop session",
                        std::strerror(-number)));
}

std::unexpected<Error> no_portal() {
  return fail(
      ErrorCode::Unavailable,
      tr("recording the screen: this desktop has no portal; install xdg-desktop-portal and the desktop's "
         "back end for it (xdg-desktop-portal-gnome, -kde, -wlr, …), and log in again"));
}

std::unexpected<Error> no_backend(const char* why) {
  return fail(
      ErrorCode::Unavailable,
      tr_format("recording the screen: the desktop's portal has nothing that records screens ({}); install "
                "the desktop's back end (xdg-desktop-portal-gnome, -kde, -wlr, …), and log in again",
                why));
}

std::unexpected<Error> refused(const char* method, const char* why) {
  return fail(ErrorCode::Unavailable,
              tr_format("recording the screen: the desktop's portal refused {}: {}", method, why));
}

// Enters the value of `key` in the dictionary that message stands before. false: it has none of that type.
bool enter_entry(sd_bus_message* message, const char* key, const char* type) {
  if (sd_bus_message_enter_container(message, 'a', "{sv}") <= 0) return false;
  while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
    const char* found = nullptr;
    if (sd_bus_message_read(message, "s", &found) <= 0) return false;
    if (std::strcmp(found, key) == 0) return sd_bus_message_enter_container(message, 'v', type) > 0;
    if (sd_bus_message_skip(message, "v") < 0 || sd_bus_message_exit_container(message) < 0) return false;
  }
  return false;
}

// The same from the beginning of a Response: (ua{sv}).
bool find_result(sd_bus_message* response, const char* key, const char* type) {
  return sd_bus_message_rewind(response, 1) >= 0 && sd_bus_message_skip(response, "u") >= 0 &&
         enter_entry(response, key, type);
}

std::string text_result(sd_bus_message* response, const char* key) {
  const char* text = nullptr;
  if (!find_result(response, key, "s") || sd_bus_message_read(response, "s", &text) <= 0) return {};
  return text;
}

std::optional<std::uint32_t> first_stream(sd_bus_message* response) {
  std::uint32_t node = 0;
  if (!find_result(response, "streams", "a(ua{sv})") ||
      sd_bus_message_enter_container(response, 'a', "(ua{sv})") <= 0 ||
      sd_bus_message_enter_container(response, 'r', "ua{sv}") <= 0 ||
      sd_bus_message_read(response, "u", &node) <= 0) {
    return std::nullopt;
  }
  return node;
}

// Can be polled from the moment on at which a stop is requested.
class StopEvent {
 public:
  explicit StopEvent(const std::stop_token& stop)
      : event_{eventfd(0, EFD_CLOEXEC)}, callback_(stop, Ring{event_.descriptor}) {}
  StopEvent(const StopEvent&) = delete;
  StopEvent& operator=(const StopEvent&) = delete;
  int descriptor() const { return event_.descriptor; }

 private:
  struct Event {
    ~Event() { ::close(descriptor); }
    const int descriptor;
  };
  struct Ring {
    int descriptor;
    void operator()() const { eventfd_write(descriptor, 1); }
  };
  const Event event_;
  const std::stop_callback<Ring> callback_;  // last: a ring that is under way ends before the event is closed
};

}  // namespace

Result<std::unique_ptr<ScreenCast>> ScreenCast::connect() {
  std::unique_ptr<ScreenCast> cast(new ScreenCast);
  may_block(Blocking::Bus, "portal");
  sd_bus* bus = nullptr;
  if (const int result = sd_bus_open_user(&bus); result < 0) return no_bus(result);
  cast->bus_.reset(bus);
  sd_bus_set_method_call_timeout(bus, std::chrono::microseconds(kCallTimeout).count());
  const std::array<std::pair<const char*, std::uint32_t*>, 3> properties{
      {{"version", &cast->version_},
       {"AvailableSourceTypes", &cast->source_types_},
       {"AvailableCursorModes", &cast->cursor_modes_}}};
  for (const auto& [name, value] : properties) {
    auto number = cast->number(name);
    if (!number) return std::unexpected(number.error());
    *value = *number;
  }
  return cast;
}

ScreenCast::~ScreenCast() {
  closed_slot_.reset();
  if (!session_.empty() && !is_closed_) close(session_, kSession);
}

Result<std::uint32_t> ScreenCast::number(const char* property) {
  BusError error;
  std::uint32_t value = 0;
  const int result =
      sd_bus_get_property_trivial(bus_.get(), kPortal, kPath, kInterface, property, error.get(), 'u', &value);
  if (result >= 0) return value;
  if (error.is(SD_BUS_ERROR_SERVICE_UNKNOWN) || error.is(SD_BUS_ERROR_NAME_HAS_NO_OWNER)) return no_portal();
  // Cursor modes came with version 2.
  if (std::strcmp(property, "AvailableCursorModes") == 0 && version_ < 2) return 0;
  if (!sd_bus_error_is_set(error.get())) return no_bus(result);
  return no_backend(error.message());
}

Result<CastGrant> ScreenCast::ask(const std::string& restore_token, const std::stop_token& stop) {
  MEANWHILE_TRY(create_session(stop));
  MEANWHILE_TRY(select_sources(restore_token, stop));
  return start(stop);
}

Result<void> ScreenCast::create_session(const std::stop_token& stop) {
  const Call call{.method = "CreateSession",
                  .arguments = [](sd_bus_message*) { return 0; },
                  .options =
                      [](sd_bus_message* message) {
                        return sd_bus_message_append(message, "{sv}", "session_handle_token", "s",
                                                     "meanwhile");
                      },
                  .patience = kCallTimeout};
  const auto response = request(call, stop);
  if (!response) return std::unexpected(response.error());
  // It is text although it names an object: an old mistake that became the rule.
  session_ = text_result(response->get(), "session_handle");
  if (session_.empty()) return refused(call.method, tr("it gave no session"));
  sd_bus_slot* slot = nullptr;
  const auto closed = [](sd_bus_message*, void* self, sd_bus_error*) {
    static_cast<ScreenCast*>(self)->is_closed_ = true;
    return 0;
  };
  const int result =
      sd_bus_match_signal(bus_.get(), &slot, kPortal, session_.c_str(), kSession, "Closed", closed, this);
  closed_slot_.reset(slot);
  if (result < 0) return no_bus(result);
  return {};
}

Result<void> ScreenCast::select_sources(const std::string& restore_token, const std::stop_token& stop) {
  const std::uint32_t offered = source_types_ & (kMonitors | kWindows);
  const std::uint32_t types = offered != 0 ? offered : kMonitors;
  // A mode that isn't on offer would be an error.
  const std::uint32_t cursor = (cursor_modes_ & kMetadata) != 0   ? kMetadata
                               : (cursor_modes_ & kEmbedded) != 0 ? kEmbedded
                                                                  : kHidden;
  const auto options = [&](sd_bus_message* message) {
    int result = sd_bus_message_append(message, "{sv}{sv}", "types", "u", types, "multiple", "b", 0);
    if (result >= 0 && cursor_modes_ != 0)
      result = sd_bus_message_append(message, "{sv}", "cursor_mode", "u", cursor);
    if (version_ < kPersistVersion) return result;
    if (result >= 0) result = sd_bus_message_append(message, "{sv}", "persist_mode", "u", kUntilRevoked);
    if (result >= 0 && !restore_token.empty())
      result = sd_bus_message_append(message, "{sv}", "restore_token", "s", restore_token.c_str());
    return result;
  };
  const auto session = [this](sd_bus_message* message) {
    return sd_bus_message_append(message, "o", session_.c_str());
  };
  const auto response = request(
      {.method = "SelectSources", .arguments = session, .options = options, .patience = kCallTimeout}, stop);
  if (!response) return std::unexpected(response.error());
  return {};
}

Result<CastGrant> ScreenCast::start(const std::stop_token& stop) {
  const Call call{.method = "Start",
                  .arguments =
                      [this](sd_bus_message* message) {
                        constexpr const char* kNoParentWindow = "";
                        return sd_bus_message_append(message, "os", session_.c_str(), kNoParentWindow);
                      },
                  .options = [](sd_bus_message*) { return 0; },
                  .patience = kDialogTimeout};
  const auto response = request(call, stop);
  if (!response) return std::unexpected(response.error());
  const auto node = first_stream(response->get());
  if (!node) return refused(call.method, tr("it gave no pictures"));
  return CastGrant{*node, text_result(response->get(), "restore_token")};
}

Result<int> ScreenCast::open_remote() {
  BusError error;
  sd_bus_message* reply = nullptr;
  const int result = sd_bus_call_method(bus_.get(), kPortal, kPath, kInterface, "OpenPipeWireRemote",
                                        error.get(), &reply, "oa{sv}", session_.c_str(), 0);
  const BusMessagePtr owned(reply);
  int descriptor = -1;
  if (result < 0 || sd_bus_message_read(reply, "h", &descriptor) <= 0)
    return refused("OpenPipeWireRemote", error.message());
  const int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return refused("OpenPipeWireRemote", std::strerror(errno));
  return own;
}

std::optional<Error> ScreenCast::check() {
  int result = 0;
  do {
    result = sd_bus_process(bus_.get(), nullptr);
  } while (result > 0);
  if (is_closed_) return Error{ErrorCode::Unavailable, tr("the desktop ended the sharing of the screen")};
  if (result < 0) {
    return Error{ErrorCode::Unavailable,
                 tr_format("the session bus went away, and the sharing of the screen with it ({})",
                           std::strerror(-result))};
  }
  return std::nullopt;
}

// The answer may come before the call returns, so it is listened for first.
Result<BusMessagePtr> ScreenCast::request(const Call& call, const std::stop_token& stop) {
  const std::string token = fmt::format("meanwhile{}", ++requests_);
  const std::string path = request_path(token);
  std::optional<Answer> answer;
  const auto answered = [](sd_bus_message* message, void* into, sd_bus_error*) {
    Answer given{.code = 0, .results = BusMessagePtr(sd_bus_message_ref(message))};
    if (sd_bus_message_read(message, "u", &given.code) > 0)
      *static_cast<std::optional<Answer>*>(into) = std::move(given);
    return 0;
  };
  sd_bus_slot* slot = nullptr;
  const int matched =
      sd_bus_match_signal(bus_.get(), &slot, kPortal, path.c_str(), kRequest, "Response", answered, &answer);
  const BusSlotPtr owned(slot);
  if (matched < 0) return no_bus(matched);
  MEANWHILE_TRY(send(call, token));
  if (auto waited = wait_for(answer, call.patience, stop); !waited) {
    close(path, kRequest);  // the dialog goes too
    return std::unexpected(waited.error());
  }
  constexpr std::uint32_t kCancelled = 1;
  if (answer->code == 0) return std::move(answer->results);
  if (answer->code == kCancelled)
    return fail(ErrorCode::Aborted, tr("no screen was chosen: the desktop's dialog was cancelled"));
  return refused(call.method, tr("it gave no reason; its own log may"));
}

Result<void> ScreenCast::send(const Call& call, const std::string& token) {
  sd_bus_message* made = nullptr;
  int result = sd_bus_message_new_method_call(bus_.get(), &made, kPortal, kPath, kInterface, call.method);
  const BusMessagePtr message(made);
  if (result >= 0) result = call.arguments(made);
  if (result >= 0) result = sd_bus_message_open_container(made, 'a', "{sv}");
  if (result >= 0) result = sd_bus_message_append(made, "{sv}", "handle_token", "s", token.c_str());
  if (result >= 0) result = call.options(made);
  if (result >= 0) result = sd_bus_message_close_container(made);
  BusError error;
  if (result >= 0) result = sd_bus_call(bus_.get(), made, 0, error.get(), nullptr);
  if (result >= 0) return {};
  return refused(call.method, sd_bus_error_is_set(error.get()) ? error.message() : std::strerror(-result));
}

Result<void> ScreenCast::wait_for(const std::optional<Answer>& answer, std::chrono::seconds patience,
                                  const std::stop_token& stop) {
  const StopEvent stopped(stop);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    int result = 0;
    do {
      result = sd_bus_process(bus_.get(), nullptr);
    } while (result > 0 && !answer);
    if (answer) return {};
    if (result < 0) return no_bus(result);
    if (is_closed_) return refused(tr("the recording"), tr("it closed the session"));
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped before a screen was chosen"));
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= 0ms) {
      return fail(ErrorCode::Unavailable,
                  tr_format("recording the screen: nobody answered the desktop's dialog within {} s",
                            patience.count()));
    }
    std::array<pollfd, 2> watched{{{.fd = sd_bus_get_fd(bus_.get()),
                                    .events = static_cast<short>(sd_bus_get_events(bus_.get())),
                                    .revents = 0},
                                   {.fd = stopped.descriptor(), .events = POLLIN, .revents = 0}}};
    ::poll(watched.data(), watched.size(), static_cast<int>(left.count()));
  }
}

// Where the portal puts a Request: known before the call, from the caller's name on the bus.
std::string ScreenCast::request_path(const std::string& token) {
  const char* unique = nullptr;
  sd_bus_get_unique_name(bus_.get(), &unique);
  std::string sender = unique ? unique : "";
  if (sender.starts_with(':')) sender.erase(0, 1);
  std::ranges::replace(sender, '.', '_');
  return fmt::format("{}/request/{}/{}", kPath, sender, token);
}

// Not waited for: nobody needs the answer.
void ScreenCast::close(const std::string& path, const char* interface) {
  sd_bus_call_method_async(bus_.get(), nullptr, kPortal, path.c_str(), interface, "Close", nullptr, nullptr,
                           "");
}

}  // namespace meanwhile
