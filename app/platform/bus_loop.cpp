#include "app/platform/bus_loop.h"

#ifdef MEANWHILE_TRAY
#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <cstdint>
#include <stop_token>
#include <string>

#include "media/base/bus.h"
#include "media/base/log.h"

namespace meanwhile {
namespace {

// What the bus itself waits for (its first greeting) is looked after so often.
constexpr int kBusLookMs = 1000;

}  // namespace

BusLoop::BusLoop() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void BusLoop::wake() const {
  eventfd_write(wake_.get(), 1);
}

void BusLoop::run(Client& client, const std::string& what, const std::stop_token& stop) {
  sd_bus* made = nullptr;
  const bool is_open = sd_bus_open_user(&made) >= 0;
  const BusPtr bus(made);
  if (!is_open || !client.begin(bus.get()))
    return log(LogLevel::Info, "no " + what + ": there is no session bus");
  while (!stop.stop_requested()) {
    client.go_on(bus.get());
    const int done = sd_bus_process(bus.get(), nullptr);
    if (done < 0) return log(LogLevel::Info, "no " + what + " any more: the session bus is gone");
    if (done == 0 && !stop.stop_requested()) wait(bus.get());
  }
}

// Until the bus has something, or somebody has something to say.
void BusLoop::wait(sd_bus* bus) const {
  const int events = sd_bus_get_events(bus);
  std::uint64_t until_us = UINT64_MAX;
  if (events < 0 || sd_bus_get_timeout(bus, &until_us) < 0) return;
  std::array<pollfd, 2> both{{{.fd = sd_bus_get_fd(bus), .events = static_cast<short>(events), .revents = 0},
                              {.fd = wake_.get(), .events = POLLIN, .revents = 0}}};
  ::poll(both.data(), both.size(), until_us == UINT64_MAX ? -1 : kBusLookMs);
  eventfd_t ignored = 0;
  eventfd_read(wake_.get(), &ignored);
}

}  // namespace meanwhile
#endif
