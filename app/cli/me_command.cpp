#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/libraries/libraries.h"
#include "app/libraries/place_jobs.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/person_name.h"
#include "app/library/settings.h"
#include "app/library/text.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "app/library/zone_cities.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/identity.h"
#include "upload/outbox.h"

namespace meanwhile {
namespace {

struct MeOptions {
  std::optional<std::string> name;
  std::optional<std::string> zone;
  std::optional<std::string> hours;
  std::optional<std::string> days;
  std::optional<std::string> off;
  std::optional<bool> share_watching;
  std::optional<std::string> channel;  // for which share_watching is; nullopt: where nothing else was chosen

  bool any() const { return name || zone || hours || days || off || share_watching; }
};

// By its own name, or by a city.
Result<std::string> zone_meant(const std::string& name) {
  const auto zones = all_time_zones();
  std::string zone = zone_called(name, zones);
  if (!zone.empty()) return zone;
  const std::string like = city_beginning_with(name, zones);
  return fail(
      ErrorCode::InvalidArgument,
      like.empty()
          ? tr_format("no time zone or city is called '{}': write one like Sydney or Europe/Berlin", name)
          : tr_format("no time zone or city is called '{}'; did you mean {}: write one like Sydney or "
                      "Europe/Berlin",
                      name, like));
}

Result<void> change(Settings& settings, const MeOptions& options) {
  if (options.name && (!is_valid_utf8(*options.name) || count_characters(*options.name) > kLongestName)) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("a name is at most {} characters of valid UTF-8", kLongestName));
  }
  if (options.name && !is_visible_name(*options.name))
    return fail(ErrorCode::InvalidArgument, tr(kInvisibleNameAdvice));
  std::string zone;
  if (options.zone) {
    auto found = zone_meant(*options.zone);
    if (!found) return std::unexpected(found.error());
    zone = std::move(*found);
  }
  if (options.hours && !options.hours->empty() && !parse_day_hours(*options.hours)) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' are no hours: write them like 09:00-17:00", *options.hours));
  }
  if (options.days && !parse_work_days(*options.days)) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' are no days: write them like mon,tue,wed", *options.days));
  }
  if (options.off && !parse_days_off(*options.off)) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' are no days off: write them like 2026-12-24..2027-01-02, several with a "
                          "comma between",
                          *options.off));
  }
  if (options.days) settings.work_days = *options.days;
  if (options.off) settings.days_off = *options.off;
  if (options.share_watching && !options.channel) settings.share_watching = *options.share_watching;
  if (options.name) settings.name = *options.name;
  if (options.zone) settings.time_zone = zone;
  if (options.hours) settings.hours = *options.hours;
  return {};
}

// In each library that has a channel of that name.
Result<void> share_in_channel(Context& context, const std::string& name, bool shared) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const std::string id = channel_id_for(name);
  bool is_there = false;
  for (OpenLibrary* library : *libraries) {
    const auto channels = library->session->index().channels();
    if (!channels) return std::unexpected(channels.error());
    if (std::ranges::find(*channels, id, &Channel::id) == channels->end()) continue;
    set_shares_watching(context.opened->settings(), library->session->id(), id, shared);
    is_there = true;
  }
  if (is_there) return {};
  return fail(ErrorCode::NotFound, tr_format("there is no channel '{}'", display_line(name)));
}

// "Anna, Europe/Berlin, 09:00-17:00 on mon,tue; off 2026-12-24".
std::string person_words(const Application& application, const Settings& settings) {
  std::string words = application.person_name() + ", " + application.time_zone();
  const std::string days = to_text(application.schedule().days);
  // TRANSLATORS: Working hours: {0} is like 09:00-17:00, {1} like mon,tue,wed.
  words += settings.hours.empty() ? tr_format(", no hours said on {}", days)
                                  : tr_format(", {} on {}", settings.hours, days);
  // TRANSLATORS: {} is days on which somebody doesn't work, like 2026-12-24.
  if (!settings.days_off.empty()) words += tr_format("; off {}", settings.days_off);
  return words + "\n" +
         (settings.share_watching ? tr("others see what you watch") : tr("others don't see what you watch")) +
         "\n";
}

Result<void> run_me(Context& context, const MeOptions& options) {
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  Settings& settings = (*application)->settings();
  MEANWHILE_TRY(change(settings, options));
  if (options.channel) MEANWHILE_TRY(share_in_channel(context, *options.channel, *options.share_watching));
  if (options.any()) MEANWHILE_TRY((*application)->save_settings());
  // Opening a library tells it who we are, where that is new.
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  for (OpenLibrary* library : *libraries) {
    OutboxStatus status;
    auto sent = send_waiting(*library->session, end.token(), status, kPatience);
    if (!sent) return std::unexpected(sent.error());
  }
  const Identity& identity = libraries->front()->session->identity();
  const std::string name = (*application)->person_name();
  const std::string zone = (*application)->time_zone();
  context.print({{"name", name},
                 {"time_zone", zone},
                 {"hours", settings.hours},
                 {"work_days", to_text((*application)->schedule().days)},
                 {"days_off", settings.days_off},
                 {"share_watching", settings.share_watching},
                 {"share_watching_in", settings.share_watching_in},
                 {"keep_watching_in", settings.keep_watching_in},
                 {"person", identity.person()},
                 {"device", identity.device().id()}},
                person_words(**application, settings) + tr_format("person {}", identity.person()) + "\n");
  return {};
}

}  // namespace

void add_me_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("me", tr("Shows or changes how others see you"));
  auto options = make_options<MeOptions>();
  command->add_option("--name", options->name, tr("Your name"));
  command->add_option("--time-zone", options->zone, tr("Your time zone, or a city in it, like Sydney"))
      ->type_name("TZ");
  command->add_option("--hours", options->hours, tr("When you work, like 09:00-17:00"))->type_name("HOURS");
  command
      ->add_option("--work-days", options->days, tr("The days on which you work, like mon,tue,wed,thu,fri"))
      ->type_name("DAYS");
  command
      ->add_option("--days-off", options->off,
                   tr("Days on which you don't, like 2026-12-24..2027-01-02,2027-05-01"))
      ->type_name("DATES");
  auto* share =
      command
          ->add_option_function<std::string>(
              "--share-watching",
              [options](const std::string& word) { options->share_watching = word == "on"; },
              tr("Whether others see what you have watched: on or off. Off: it stays on this machine"))
          ->type_name("on|off")
          ->check(one_of({"on", "off"}));
  command->add_option("--channel", options->channel, tr("With --share-watching: for this channel only"))
      ->needs(share);
  run_on_parse(command, context, [options](Context& used) { return run_me(used, *options); });
}

}  // namespace meanwhile
