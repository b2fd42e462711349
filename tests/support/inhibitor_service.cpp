#include "tests/support/inhibitor_service.h"

#include <cstdint>

namespace meanwhile {
namespace {

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kScreenSaver = "org.freedesktop.ScreenSaver";
constexpr const char* kNotes = "org.freedesktop.Notifications";
constexpr const char* kRequest = "/org/freedesktop/portal/desktop/request/1";
constexpr std::uint64_t kServiceLookUs = 20'000;

const char* name_of(InhibitorService::Kind kind) {
  using enum InhibitorService::Kind;
  return kind == Portal ? kPortal : kind == ScreenSaver ? kScreenSaver : kNotes;
}

}  // namespace

Result<std::unique_ptr<InhibitorService>> InhibitorService::start(const std::set<Kind>& kinds) {
  auto session = SessionBus::start();
  if (!session) return std::unexpected(session.error());
  std::unique_ptr<InhibitorService> service(new InhibitorService);
  service->session_ = std::move(*session);
  service->bus_ = service->session_->connect();
  const auto handle = [](sd_bus_message* message, void* self, sd_bus_error*) {
    return static_cast<InhibitorService*>(self)->answer(message);
  };
  sd_bus_add_fallback(service->bus_.get(), nullptr, "/org/freedesktop", handle, service.get());
  for (const Kind kind : kinds) sd_bus_request_name(service->bus_.get(), name_of(kind), 0);
  service->thread_ = std::jthread([self = service.get()](const std::stop_token& stop) { self->run(stop); });
  return service;
}

void InhibitorService::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    while (sd_bus_process(bus_.get(), nullptr) > 0) {
    }
    sd_bus_wait(bus_.get(), kServiceLookUs);
  }
}

void InhibitorService::forget(Kind kind) {
  auto held = held_.lock();
  if (const auto one = held->find(kind); one != held->end()) held->erase(one);
}

int InhibitorService::answer(sd_bus_message* call) {
  const auto is = [&](const char* interface, const char* member) {
    return sd_bus_message_is_method_call(call, interface, member) > 0;
  };
  if (is("org.freedesktop.portal.Inhibit", "Inhibit")) {
    held_.lock()->insert(Kind::Portal);
    return sd_bus_reply_method_return(call, "o", kRequest);
  }
  if (is("org.freedesktop.portal.Request", "Close")) {
    forget(Kind::Portal);
    return sd_bus_reply_method_return(call, "");
  }
  for (const Kind kind : {Kind::ScreenSaver, Kind::Notes}) {
    if (is(name_of(kind), "Inhibit")) {
      held_.lock()->insert(kind);
      return sd_bus_reply_method_return(call, "u", 7);
    }
    if (is(name_of(kind), "UnInhibit")) {
      std::uint32_t cookie = 0;
      if (sd_bus_message_read(call, "u", &cookie) > 0 && cookie == 7) forget(kind);
      return sd_bus_reply_method_return(call, "");
    }
  }
  return 0;
}

}  // namespace meanwhile
