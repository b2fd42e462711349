// The Settings page behind the picture: what a person chose, shown, changed and kept. Libraries have a desk
// of their own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "app/library/settings.h"
#include "app/platform/desktop_theme.h"
#include "app/ui/actions/settings_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "upload/outbox_items.h"

namespace meanwhile {

class SettingsDesk final : public SettingsActions {
 public:
  // on_change: the settings aren't as they were before. on_sending: uploads are paused or limited otherwise.
  // fill_libraries: their part of the page.
  struct Calls {
    std::function<void(const Settings& before)> on_change;
    std::function<void()> on_sending;
    std::function<bool()> is_metered;
    std::function<void()> fill_libraries;
  };
  SettingsDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}

  // The whole page, anew.
  void fill();

  // What doesn't reach the disk is said, and holds until the window is closed.
  void change(const std::function<void(Settings&)>& change) override;
  void pause_sending(bool paused) override;
  void limit_sending(int kilobits_per_second) override;
  void open_data_folder() override;

 private:
  void follow(const Settings& before);
  ThemeChoice drawn_theme(const Settings& settings);
  void ask_desktop();
  void limit_caches();
  void start_with_desktop(bool on);
  void fill_sending();
  void read_zones();
  void change_sending(const std::function<void(SendingLimits&)>& change);

  Desk& desk_;
  const Calls calls_;
  std::optional<DesktopLooks> desktop_;  // once it answered
  bool is_asking_ = false;
  bool is_reading_zones_ = false;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
