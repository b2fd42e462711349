#include "app/window/settings_desk.h"

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/languages/languages.h"
#include "app/libraries/libraries.h"
#include "app/library/home.h"
#include "app/library/person_name.h"
#include "app/library/settings.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "app/library/zone_cities.h"
#include "app/platform/autostart.h"
#include "app/platform/desktop_theme.h"
#include "app/platform/hotkeys.h"
#include "app/speech/clip_transcriber.h"
#include "app/ui/state.h"
#include "app/window/exports.h"
#include "app/window/lanes.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/speech/speech_engine.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

struct Wrong {
  std::string what;
  std::string advice;
};

// What nobody can mean.
std::optional<Wrong> wrong_in(const Settings& settings) {
  // Without one it is this machine's, also while another is being typed.
  if (!settings.name.empty() && !is_visible_name(settings.name))
    return Wrong{tr("Nobody would see that name"), std::string(tr(kInvisibleNameAdvice)) + "."};
  if (!settings.hours.empty() && !parse_day_hours(settings.hours))
    return Wrong{tr_format("'{}' are no working hours", settings.hours),
                 tr("Write them like 09:00 and 17:00.")};
  if (!parse_days_off(settings.days_off))
    return Wrong{tr_format("'{}' are no days off", settings.days_off),
                 tr("Write them like 2026-12-24..2027-01-02, several with a comma between.")};
  return std::nullopt;
}

// What libraries are told of a person.
auto told_to_others(const Settings& settings) {
  return std::tie(settings.name, settings.time_zone, settings.hours, settings.work_days, settings.days_off);
}

std::string speech_words(Application& application) {
  const auto engines = engines_of(application.home(), application.settings());
  const auto engine = choose_engine(engines, "", "");
  if (!engine) return tr("Nothing here can hear words: see `meanwhile captions engine`");
  if (engine->is_draft) return tr("By pocketsphinx: English, in draft quality");
  return tr_format("By whisper, with the model {}", engine->model.stem().string());
}

}  // namespace

void SettingsDesk::fill() {
  const Settings& settings = desk_.application.settings();
  SettingsState& page = desk_.state.settings;
  page.chosen = settings;
  page.name = desk_.application.person_name();
  page.time_zone = desk_.application.time_zone();
  page.work_days = to_text(desk_.application.schedule().days);
  page.theme = drawn_theme(settings);
  page.languages.clear();
  for (const Language& language : languages()) page.languages.push_back({language.code, language.name});
  const std::string city = city_of_zone(page.time_zone);
  const std::string offset = offset_words(page.time_zone, wall_now());
  page.zone_label = city == offset ? city : city + ", " + offset;
  if (page.zones.empty()) read_zones();
  page.system_name = name_of_person_here();
  const auto dash = settings.hours.find('-');
  page.hours_from = settings.hours.substr(0, dash);
  page.hours_to = dash == std::string::npos ? "" : settings.hours.substr(dash + 1);
  page.is_metered = calls_.is_metered();
  fill_sending();
  page.hotkeys = hotkeys_words();
  page.speech = speech_words(desk_.application);
  page.data_folder = desk_.application.home().data().string();
  page.version = MEANWHILE_VERSION;
  calls_.fill_libraries();
}

// Each zone is a file.
void SettingsDesk::read_zones() {
  if (std::exchange(is_reading_zones_, true)) return;
  desk_.in_background(
      alive_,
      [](std::stop_token) {
        std::vector<ZoneView> zones;
        const WallTime now = wall_now();
        for (ZoneCity& city : zone_cities(all_time_zones())) {
          const std::string offset = offset_words(city.zone, now);
          std::string detail = city.region.empty() ? offset : fmt::format("{}, {}", city.region, offset);
          zones.push_back({std::move(city.zone), std::move(city.city), std::move(detail)});
        }
        return zones;
      },
      [this](std::vector<ZoneView> zones) { desk_.state.settings.zones = std::move(zones); });
}

void SettingsDesk::change(const std::function<void(Settings&)>& change) {
  Settings& settings = desk_.application.settings();
  const Settings before = settings;
  change(settings);
  if (const auto wrong = wrong_in(settings)) {
    settings = before;
    desk_.notices.show(NoticeKind::Warning, wrong->what, wrong->advice);
    return;
  }
  if (auto saved = desk_.application.save_settings(); !saved)
    desk_.notices.show(NoticeKind::Warning, tr("The settings could not be saved"), saved.error().message);
  follow(before);
  fill();
}

// What hangs on them.
void SettingsDesk::follow(const Settings& before) {
  const Settings& now = desk_.application.settings();
  if (told_to_others(now) != told_to_others(before) && desk_.application.library())
    (void)desk_.application.introduce();
  if (now.theme != before.theme || now.contrast != before.contrast) desktop_.reset();
  if (now.language != before.language)
    use_language(choose_language(now.language, read_environment), read_environment);
  if (now.cache_limit_gb != before.cache_limit_gb) limit_caches();
  if (now.start_with_desktop != before.start_with_desktop) start_with_desktop(now.start_with_desktop);
  calls_.on_change(before);
}

void SettingsDesk::start_with_desktop(bool on) {
  desk_.in_background(
      alive_, [on](const std::stop_token&) { return set_autostart(on); },
      [this, on](const Result<void>& set) {
        if (set) return;
        desk_.application.settings().start_with_desktop = !on;
        (void)desk_.application.save_settings();
        fill();
        desk_.notices.show(NoticeKind::Warning, tr("Starting with the desktop can't be changed"),
                           set.error().message);
      });
}

// Dark, and of normal contrast, until the desktop answers.
ThemeChoice SettingsDesk::drawn_theme(const Settings& settings) {
  const bool is_asked =
      settings.theme == ThemeSetting::System || settings.contrast == ContrastSetting::System;
  if (is_asked && !desktop_) ask_desktop();
  const DesktopLooks desktop = desktop_.value_or(DesktopLooks{});
  const bool is_dark = settings.theme == ThemeSetting::System ? desktop.is_dark.value_or(true)
                                                              : settings.theme == ThemeSetting::Dark;
  const bool is_high = settings.contrast == ContrastSetting::System
                           ? desktop.has_high_contrast.value_or(false)
                           : settings.contrast == ContrastSetting::High;
  if (is_high) return is_dark ? ThemeChoice::DarkContrast : ThemeChoice::LightContrast;
  return is_dark ? ThemeChoice::Dark : ThemeChoice::Light;
}

void SettingsDesk::ask_desktop() {
  if (std::exchange(is_asking_, true)) return;
  desk_.at_place(
      kDesktopLane, alive_, [](std::stop_token) { return desktop_looks(); },
      [this](DesktopLooks looks) {
        is_asking_ = false;
        desktop_ = looks;
        desk_.state.settings.theme = drawn_theme(desk_.application.settings());
      });
}

void SettingsDesk::limit_caches() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  for (const OpenLibrary* library : *libraries)
    library->clips->cache().set_limit(cache_limit_bytes(desk_.application.settings()));
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
      desk_.notices.show(NoticeKind::Warning, tr("Sending goes on as before"), changed.error().message);
  }
  calls_.on_sending();
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
  show_folder(desk_, desk_.application.home().data());
}

}  // namespace meanwhile
