#include "app/platform/keep_awake.h"

#include <memory>

#ifdef MEANWHILE_TRAY
#include <systemd/sd-bus.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/platform/bus_loop.h"
#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#include "media/base/translation.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_TRAY
namespace {

// The desktop may show it.
constexpr const char* kReason = tr_later("A video update is recorded or watched");

// One of the services that can be asked for something until it is taken back.
class Inhibitor {
 public:
  virtual ~Inhibitor() = default;
  // Asks or takes back, as it is wanted now. Returns at once.
  void want(sd_bus* bus, bool wanted) {
    if (std::exchange(wanted_, wanted) == wanted) return;
    bus_ = bus;
    if (wanted && !is_asking_ && !is_held()) ask();
    if (!wanted && is_held()) give_back(bus);
  }
  // Nobody is there to be asked, or nobody grants it.
  [[nodiscard]] bool is_refused() const { return is_refused_; }

 protected:
  virtual int call(sd_bus* bus, sd_bus_message_handler_t on_answer) = 0;
  // Of a good answer: what it is taken back by.
  virtual void take(sd_bus_message* answer) = 0;
  virtual void give_back(sd_bus* bus) = 0;
  [[nodiscard]] virtual bool is_held() const = 0;

 private:
  void ask() {
    is_asking_ = call(bus_, on_answer) >= 0;
    is_refused_ = !is_asking_;
  }
  // What isn't wanted any more by then is taken back.
  static int on_answer(sd_bus_message* answer, void* self, sd_bus_error*) {
    auto& of = *static_cast<Inhibitor*>(self);
    of.is_asking_ = false;
    of.is_refused_ = sd_bus_message_is_method_error(answer, nullptr) != 0;
    if (!of.is_refused_) of.take(answer);
    if (!of.wanted_ && of.is_held()) of.give_back(of.bus_);
    return 0;
  }

  sd_bus* bus_ = nullptr;
  bool wanted_ = false;
  bool is_asking_ = false;
  bool is_refused_ = false;
};

// A number is what it is taken back by. Sources: freedesktop.org, Idle Inhibition Service (ScreenSaver), and
// what Plasma's notification service answers.
class CookieInhibitor : public Inhibitor {
 public:
  CookieInhibitor(const char* service, const char* path) : service_(service), path_(path) {}

 protected:
  void take(sd_bus_message* answer) override {
    std::uint32_t cookie = 0;
    if (sd_bus_message_read(answer, "u", &cookie) >= 0) cookie_ = cookie;
  }
  void give_back(sd_bus* bus) override {
    sd_bus_call_method_async(bus, nullptr, service_, path_, service_, "UnInhibit", nullptr, nullptr, "u",
                             *std::exchange(cookie_, std::nullopt));
  }
  [[nodiscard]] bool is_held() const override { return cookie_.has_value(); }

  const char* const service_;
  const char* const path_;

 private:
  std::optional<std::uint32_t> cookie_;
};

class ScreenSaverInhibitor final : public CookieInhibitor {
 public:
  ScreenSaverInhibitor() : CookieInhibitor("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver") {}

 private:
  int call(sd_bus* bus, sd_bus_message_handler_t on_answer) override {
    return sd_bus_call_method_async(bus, nullptr, service_, path_, service_, "Inhibit", on_answer, this, "ss",
                                    "Meanwhile", tr(kReason));
  }
};

class NotesInhibitor final : public CookieInhibitor {
 public:
  NotesInhibitor() : CookieInhibitor("org.freedesktop.Notifications", "/org/freedesktop/Notifications") {}

 private:
  int call(sd_bus* bus, sd_bus_message_handler_t on_answer) override {
    return sd_bus_call_method_async(bus, nullptr, service_, path_, service_, "Inhibit", on_answer, this,
                                    "ssa{sv}", "meanwhile", tr(kReason), 0);
  }
};

// Also from within a sandbox. Source: XDG Desktop Portal, org.freedesktop.portal.Inhibit version 3.
class PortalInhibitor final : public Inhibitor {
 private:
  static constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
  static constexpr std::uint32_t kSuspend = 4;
  static constexpr std::uint32_t kIdle = 8;

  int call(sd_bus* bus, sd_bus_message_handler_t on_answer) override {
    return sd_bus_call_method_async(bus, nullptr, kPortal, "/org/freedesktop/portal/desktop",
                                    "org.freedesktop.portal.Inhibit", "Inhibit", on_answer, this, "sua{sv}",
                                    "", kSuspend | kIdle, 1, "reason", "s", tr(kReason));
  }
  void take(sd_bus_message* answer) override {
    const char* request = nullptr;
    if (sd_bus_message_read(answer, "o", &request) >= 0) request_ = request;
  }
  void give_back(sd_bus* bus) override {
    sd_bus_call_method_async(bus, nullptr, kPortal, std::exchange(request_, "").c_str(),
                             "org.freedesktop.portal.Request", "Close", nullptr, nullptr, "");
  }
  [[nodiscard]] bool is_held() const override { return !request_.empty(); }

  std::string request_;
};

class BusKeepAwake final : public KeepAwake, private BusLoop::Client {
 public:
  ~BusKeepAwake() override {
    thread_.request_stop();
    loop_.wake();
  }

  void ask(Calm calm) override {
    {
      auto wanted = wanted_.lock();
      if (std::exchange(*wanted, calm) == calm) return;
    }
    if (!thread_.joinable())
      thread_ = NamedThread("keep-awake", [this](const std::stop_token& stop) {
        loop_.run(*this, "keeping the desktop awake", stop);
      });
    loop_.wake();
  }

 private:
  bool begin(sd_bus*) override { return true; }
  void go_on(sd_bus* bus) override {
    const Calm calm = wanted_.copy();
    const bool is_awake = calm != Calm::None;
    portal_.want(bus, is_awake);
    saver_.want(bus, is_awake && portal_.is_refused());
    notes_.want(bus, calm == Calm::AwakeAndQuiet);
  }

  Guarded<Calm> wanted_{Calm::None};
  BusLoop loop_;
  // Only the thread's.
  PortalInhibitor portal_;
  ScreenSaverInhibitor saver_;
  NotesInhibitor notes_;
  NamedThread thread_;  // last: joined before anything above goes
};

}  // namespace

std::unique_ptr<KeepAwake> make_keep_awake() {
  return std::make_unique<BusKeepAwake>();
}
#else
namespace {

class NoKeepAwake final : public KeepAwake {
 public:
  void ask(Calm) override {}
};

}  // namespace

std::unique_ptr<KeepAwake> make_keep_awake() {
  return std::make_unique<NoKeepAwake>();
}
#endif

}  // namespace meanwhile
