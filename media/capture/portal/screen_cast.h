// The ScreenCast portal: asks the person what may be recorded, and the desktop for it.
// Source: XDG Desktop Portal, org.freedesktop.portal.ScreenCast version 5, .Request, .Session.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "media/base/bus.h"
#include "media/base/result.h"
#include "media/capture/pipewire/cast_source.h"

namespace meanwhile {

struct CastGrant {
  std::uint32_t node = 0;
  std::string restore_token;  // for the next time, in place of the dialog; "": the desktop gives none
};

// A session of the portal: as long as it lives the cast may go on. One thread at a time.
class ScreenCast final : public CastGuard {
 public:
  // Errors: Unavailable (no session bus; no portal; a portal that can't record): says what to do.
  static Result<std::unique_ptr<ScreenCast>> connect();
  ~ScreenCast() override;

  // Blocks while the person chooses, for 5 min at most. restore_token: of the last time, or "". Errors:
  // Aborted (the dialog was cancelled, or a stop was requested), Unavailable.
  Result<CastGrant> ask(const std::string& restore_token, const std::stop_token& stop);
  // After ask(): a descriptor for PipeWireConnection::open(), the caller's. Errors: Unavailable.
  Result<int> open_remote();

  int descriptor() const override { return sd_bus_get_fd(bus_.get()); }
  std::optional<Error> check() override;

 private:
  struct Answer {
    std::uint32_t code = 0;
    BusMessagePtr results;
  };
  using AddTo = std::function<int(sd_bus_message*)>;
  struct Call {
    const char* method;
    AddTo arguments;  // those before the dictionary of options
    AddTo options;    // entries of that
    std::chrono::seconds patience;
  };

  ScreenCast() = default;
  Result<std::uint32_t> number(const char* property);
  Result<void> create_session(const std::stop_token& stop);
  Result<void> select_sources(const std::string& restore_token, const std::stop_token& stop);
  Result<CastGrant> start(const std::stop_token& stop);
  // A method that answers through a Request object. Errors: also Aborted (the person cancelled).
  Result<BusMessagePtr> request(const Call& call, const std::stop_token& stop);
  Result<void> send(const Call& call, const std::string& token);
  Result<void> wait_for(const std::optional<Answer>& answer, std::chrono::seconds patience,
                        const std::stop_token& stop);
  std::string request_path(const std::string& token);
  void close(const std::string& path, const char* interface);

  BusPtr bus_;
  std::uint32_t version_ = 0;
  std::uint32_t cursor_modes_ = 0;
  std::uint32_t source_types_ = 0;
  int requests_ = 0;
  std::string session_;  // its path
  bool is_closed_ = false;
  BusSlotPtr closed_slot_;  // goes before its bus
};

}  // namespace meanwhile
