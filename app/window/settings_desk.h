// The Settings page behind the picture: what a person chose, shown, changed and kept. Libraries have a desk
// of their own.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/window/desk.h"

namespace meanwhile {

// Of the window, in per cent: what is chosen, else the usual size.
int scale_percent(const Settings& settings);

class SettingsDesk {
 public:
  // on_words: ages, zones or states read differently now. on_sending: what is sent of a running take, and to
  // whom. on_prefetch: what is fetched ahead. set_scale: of the window. fill_libraries: their part of the
  // page.
  struct Calls {
    std::function<void()> on_words;
    std::function<void()> on_sending;
    std::function<void()> on_prefetch;
    std::function<bool()> is_metered;
    std::function<void(double)> set_scale;
    std::function<void()> fill_libraries;
  };
  SettingsDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}

  // The whole page, anew.
  void fill();

  // Keeps what `change` makes of the settings, and shows it; what doesn't reach the disk is said.
  void change(const std::function<void(Settings&)>& change);

  void set_countdown(bool on);
  void set_name(const std::string& name);
  void set_time_zone(const std::string& zone);
  void set_hours(const std::string& from, const std::string& to);
  void set_work_days(const std::string& days);
  void set_days_off(const std::string& days);
  void set_share_watching(bool on);
  void set_notifies(bool on);
  void set_theme(ThemeSetting theme);
  void set_motion(bool on);
  void set_scale(int percent);
  void set_prefetch(int megabytes);
  void set_cache_limit(double gigabytes);
  void set_max_width(int pixels);
  void set_highlight_clicks(bool on);
  void set_pause_when_writing(bool on);
  void set_send_while_recording(bool on);
  void set_watch_while_recording(bool on);
  void pause_sending(bool paused);
  void limit_sending(int kilobits_per_second);
  void open_data_folder();

 private:
  ThemeChoice drawn_theme(ThemeSetting chosen);
  void fill_sending();
  void change_sending(const std::function<void(SendingLimits&)>& change);

  Desk& desk_;
  const Calls calls_;
  std::optional<bool> desktop_is_dark_;  // once it was asked
};

}  // namespace meanwhile
