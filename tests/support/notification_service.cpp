#include "tests/support/notification_service.h"

#include <utility>

namespace meanwhile {
namespace {

constexpr const char* kName = "org.freedesktop.Notifications";
constexpr const char* kPath = "/org/freedesktop/Notifications";
constexpr std::uint64_t kLookEveryUs = 20'000;

bool is_call(sd_bus_message* message, const char* member) {
  return sd_bus_message_is_method_call(message, kName, member) > 0;
}

std::string read_text(sd_bus_message* message) {
  const char* text = nullptr;
  return sd_bus_message_read(message, "s", &text) > 0 && text ? text : "";
}

}  // namespace

Result<std::unique_ptr<NotificationService>> NotificationService::start() {
  std::unique_ptr<NotificationService> service(new NotificationService);
  MEANWHILE_TRY(service->set_up());
  return service;
}

Result<void> NotificationService::set_up() {
  auto session = SessionBus::start();
  if (!session) return std::unexpected(session.error());
  session_ = std::move(*session);
  bus_ = session_->connect();
  const auto handle = [](sd_bus_message* message, void* self, sd_bus_error*) {
    return static_cast<NotificationService*>(self)->answer(message);
  };
  const bool is_there = bus_ && sd_bus_add_object(bus_.get(), nullptr, kPath, handle, this) >= 0 &&
                        sd_bus_request_name(bus_.get(), kName, 0) >= 0;
  if (!is_there) return fail(ErrorCode::Unavailable, "offering notes on the session bus");
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  return {};
}

void NotificationService::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    while (sd_bus_process(bus_.get(), nullptr) > 0) {
    }
    if (is_to_restart_.load()) {
      sd_bus_release_name(bus_.get(), kName);
      shown_.lock()->clear();
      sd_bus_request_name(bus_.get(), kName, 0);
      is_to_restart_.store(false);
    }
    for (const Press& press : std::exchange(*pressed_.lock(), {}))
      sd_bus_emit_signal(bus_.get(), kPath, kName, "ActionInvoked", "us", press.note, press.action.c_str());
    sd_bus_wait(bus_.get(), kLookEveryUs);
  }
}

int NotificationService::answer(sd_bus_message* call) {
  if (is_call(call, "GetCapabilities"))
    return sd_bus_reply_method_return(call, "as", 3, "actions", "body", "body-markup");
  if (is_call(call, "GetServerInformation"))
    return sd_bus_reply_method_return(call, "ssss", "rig", "Meanwhile", "1", "1.2");
  if (is_call(call, "CloseNotification")) return sd_bus_reply_method_return(call, "");
  if (!is_call(call, "Notify")) return 0;
  ShownNote note;
  read_text(call);  // the program's name
  std::uint32_t replaces = 0;
  sd_bus_message_read(call, "u", &replaces);
  read_text(call);  // an icon
  note.title = read_text(call);
  note.text = read_text(call);
  sd_bus_message_enter_container(call, 'a', "s");
  for (const char* text = nullptr; sd_bus_message_read(call, "s", &text) > 0;)
    note.actions.emplace_back(text);
  sd_bus_message_exit_container(call);
  auto shown = shown_.lock();
  note.id = replaces != 0 ? replaces : static_cast<std::uint32_t>(shown->size() + 1);
  shown->push_back(note);
  return sd_bus_reply_method_return(call, "u", note.id);
}

}  // namespace meanwhile
