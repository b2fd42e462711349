// The session bus: sd-bus, which has no thread and nothing global. Only where that is linked.
#pragma once

#include <systemd/sd-bus.h>

#include <memory>

#include "media/base/translation.h"

namespace meanwhile {

struct BusDeleter {
  void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
  void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
};
using BusPtr = std::unique_ptr<sd_bus, BusDeleter>;
using BusMessagePtr = std::unique_ptr<sd_bus_message, BusDeleter>;
using BusSlotPtr = std::unique_ptr<sd_bus_slot, BusDeleter>;

// An error that a call answered.
class BusError {
 public:
  BusError() = default;
  ~BusError() { sd_bus_error_free(&error_); }
  BusError(const BusError&) = delete;
  BusError& operator=(const BusError&) = delete;
  sd_bus_error* get() { return &error_; }
  bool is(const char* name) const { return sd_bus_error_has_name(&error_, name) > 0; }
  const char* message() const { return error_.message ? error_.message : tr("it doesn't say why"); }

 private:
  sd_bus_error error_ = SD_BUS_ERROR_NULL;
};

}  // namespace meanwhile
