// A desktop's tray, private to a test: the watcher that signs are registered with, and eyes and hands for
// them.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "media/base/bus.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "tests/support/session_bus.h"

namespace meanwhile {

class TrayHost {
 public:
  static std::string missing() { return SessionBus::missing(); }
  // A session bus without a watcher yet.
  static Result<std::unique_ptr<TrayHost>> start();
  Environment environment() const { return session_->environment(); }

  // The watcher comes, or goes with all that it knew.
  void appear();
  void disappear() { watcher_.reset(); }

  // The signs that are registered and still on the bus, by their names there.
  std::vector<std::string> items();
  // A property of a sign that is a text; "": there is no such sign.
  std::string text(const std::string& item, const std::string& property);
  // How many pixels wide its icons are.
  std::vector<int> icon_sides(const std::string& item);
  // The labels of its menu, in their order; "-": a line. An item that can't be chosen is in brackets.
  std::vector<std::string> menu(const std::string& item);
  // Chooses the menu's item of that label. false: there is none.
  bool choose(const std::string& item, const std::string& label);
  // A click on the sign itself.
  void click(const std::string& item);

 private:
  class Watcher {
   public:
    explicit Watcher(BusPtr bus);
    std::vector<std::string> registered() { return *registered_.lock(); }

   private:
    void run(const std::stop_token& stop);
    int answer(sd_bus_message* call);
    BusPtr bus_;  // only the thread's
    Guarded<std::vector<std::string>> registered_;
    std::jthread thread_;
  };
  struct MenuItem {
    std::int32_t id = 0;
    std::string label;
    bool is_enabled = true;
    bool is_line = false;
  };

  TrayHost() = default;
  std::vector<MenuItem> read_menu(const std::string& item);
  static MenuItem read_item(sd_bus_message* reply);

  std::unique_ptr<SessionBus> session_;
  BusPtr asking_;
  std::unique_ptr<Watcher> watcher_;
};

}  // namespace meanwhile
