#include "app/window/settings_desk.h"

#include <algorithm>

#include "app/library/time_words.h"
#include "app/platform/desktop_theme.h"
#include "app/window/exports.h"
#include "app/window/zones.h"

namespace meanwhile {

int scale_percent(const Settings& settings) {
  return settings.scale <= 0 ? 100 : std::clamp(static_cast<int>(settings.scale * 100), 100, 200);
}

void SettingsDesk::fill() {
  const Settings& settings = desk_.application.settings();
  SettingsState& page = desk_.state.settings;
  page.name = desk_.application.person_name();
  page.time_zone = desk_.application.time_zone();
  if (page.time_zones.empty()) page.time_zones = all_time_zones();
  const auto dash = settings.hours.find('-');
  page.hours_from = settings.hours.substr(0, dash);
  page.hours_to = dash == std::string::npos ? "" : settings.hours.substr(dash + 1);
  page.work_days = to_text(desk_.application.schedule().days);
  page.days_off = settings.days_off;
  page.shares_watching = settings.share_watching;
  page.notifies = settings.notify;
  page.theme = drawn_theme(settings.theme);
  page.chosen_theme = settings.theme;
  page.motion = settings.motion;
  page.scale_percent = scale_percent(settings);
  page.countdown = settings.countdown;
  page.max_width = settings.max_width;
  page.cache_limit_gb = settings.cache_limit_gb;
  page.prefetch_mb = settings.prefetch_mb;
  page.is_metered = calls_.is_metered();
  page.highlight_clicks = settings.highlight_clicks;
  page.pause_when_writing = settings.pause_when_writing;
  page.sends_while_recording = settings.upload_while_recording;
  page.watched_while_recording = settings.watch_while_recording;
  fill_sending();
  page.data_folder = desk_.application.home().data().string();
  page.version = MEANWHILE_VERSION;
  calls_.fill_libraries();
}

void SettingsDesk::change(const std::function<void(Settings&)>& change) {
  change(desk_.application.settings());
  if (auto saved = desk_.application.save_settings(); !saved) {
    desk_.notices.show(NoticeKind::Warning, "The settings could not be saved", saved.error().message);
  }
  if (desk_.application.library()) (void)desk_.application.introduce();
  fill();
}

void SettingsDesk::set_countdown(bool on) {
  change([on](Settings& settings) { settings.countdown = on; });
  desk_.state.record.countdown = on;
}

void SettingsDesk::set_name(const std::string& name) {
  change([&name](Settings& settings) { settings.name = name; });
}

void SettingsDesk::set_time_zone(const std::string& zone) {
  change([&zone](Settings& settings) { settings.time_zone = zone; });
  calls_.on_words();
}

void SettingsDesk::set_hours(const std::string& from, const std::string& to) {
  const std::string hours = from.empty() && to.empty() ? "" : from + "-" + to;
  if (!hours.empty() && !parse_day_hours(hours)) {
    desk_.notices.show(NoticeKind::Warning, "'" + hours + "' are no working hours",
                       "Write them like 09:00 and 17:00.");
    return;
  }
  change([&hours](Settings& settings) { settings.hours = hours; });
}

void SettingsDesk::set_work_days(const std::string& days) {
  change([&days](Settings& settings) { settings.work_days = days; });
}

void SettingsDesk::set_days_off(const std::string& days) {
  if (!parse_days_off(days)) {
    desk_.notices.show(NoticeKind::Warning, "'" + days + "' are no days off",
                       "Write them like 2026-12-24..2027-01-02, several with a comma between.");
    return;
  }
  change([&days](Settings& settings) { settings.days_off = days; });
}

void SettingsDesk::set_share_watching(bool on) {
  change([on](Settings& settings) { settings.share_watching = on; });
}

void SettingsDesk::set_notifies(bool on) {
  change([on](Settings& settings) { settings.notify = on; });
  calls_.on_words();
}

void SettingsDesk::set_theme(ThemeSetting theme) {
  desktop_is_dark_.reset();
  change([theme](Settings& settings) { settings.theme = theme; });
}

void SettingsDesk::set_motion(bool on) {
  change([on](Settings& settings) { settings.motion = on; });
}

ThemeChoice SettingsDesk::drawn_theme(ThemeSetting chosen) {
  if (chosen != ThemeSetting::System)
    return chosen == ThemeSetting::Light ? ThemeChoice::Light : ThemeChoice::Dark;
  if (!desktop_is_dark_) desktop_is_dark_ = desktop_wants_dark().value_or(true);
  return *desktop_is_dark_ ? ThemeChoice::Dark : ThemeChoice::Light;
}

void SettingsDesk::set_scale(int percent) {
  calls_.set_scale(percent / 100.0);
  change([percent](Settings& settings) { settings.scale = percent / 100.0; });
}

void SettingsDesk::set_prefetch(int megabytes) {
  change([megabytes](Settings& settings) { settings.prefetch_mb = megabytes; });
  calls_.on_prefetch();
}

void SettingsDesk::set_cache_limit(double gigabytes) {
  change([gigabytes](Settings& settings) { settings.cache_limit_gb = gigabytes; });
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  for (const OpenLibrary* library : *libraries)
    library->clips->cache().set_limit(cache_limit_bytes(desk_.application.settings()));
}

void SettingsDesk::set_max_width(int pixels) {
  change([pixels](Settings& settings) { settings.max_width = pixels; });
}

void SettingsDesk::set_highlight_clicks(bool on) {
  change([on](Settings& settings) { settings.highlight_clicks = on; });
}

void SettingsDesk::set_pause_when_writing(bool on) {
  change([on](Settings& settings) { settings.pause_when_writing = on; });
}

// From the next time that the Record page is opened.
void SettingsDesk::set_send_while_recording(bool on) {
  change([on](Settings& settings) { settings.upload_while_recording = on; });
}

void SettingsDesk::set_watch_while_recording(bool on) {
  change([on](Settings& settings) { settings.watch_while_recording = on; });
  calls_.on_sending();
}

void SettingsDesk::fill_sending() {
  auto library = desk_.application.library();
  if (!library) return;
  const SendingLimits limits = (*library)->outbox().limits().value_or(SendingLimits{});
  desk_.state.settings.sending_paused = limits.is_paused;
  desk_.state.settings.sending_limit_kbit = static_cast<int>(limits.bytes_per_second / kBytesPerKilobit);
}

// One line out of the house: what is paused or limited is so for all libraries.
void SettingsDesk::change_sending(const std::function<void(SendingLimits&)>& change) {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  for (OpenLibrary* library : *libraries) {
    Outbox& outbox = library->session->outbox();
    SendingLimits limits = outbox.limits().value_or(SendingLimits{});
    change(limits);
    if (auto changed = outbox.set_limits(limits); !changed)
      desk_.notices.show(NoticeKind::Warning, "Sending goes on as before", changed.error().message);
  }
  calls_.on_words();
  fill();
}

void SettingsDesk::pause_sending(bool paused) {
  change_sending([paused](SendingLimits& limits) { limits.is_paused = paused; });
}

void SettingsDesk::limit_sending(int kilobits_per_second) {
  change_sending([kilobits_per_second](SendingLimits& limits) {
    limits.bytes_per_second = static_cast<std::uint64_t>(kilobits_per_second) * kBytesPerKilobit;
  });
}

void SettingsDesk::open_data_folder() {
  if (!open_in_file_manager(desk_.application.home().data())) {
    desk_.notices.show(NoticeKind::Info, "The folder is " + desk_.application.home().data().string());
  }
}

}  // namespace meanwhile
