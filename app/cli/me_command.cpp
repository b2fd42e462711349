#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <optional>
#include <string>

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

Result<void> change(Settings& settings, const MeOptions& options) {
  if (options.name && (!is_valid_utf8(*options.name) || count_characters(*options.name) > kLongestName)) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("a name is at most {} characters of valid UTF-8", kLongestName));
  }
  if (options.name && !is_visible_name(*options.name))
    return fail(ErrorCode::InvalidArgument, std::string(kInvisibleNameAdvice));
  const std::string zone = options.zone ? zone_called(*options.zone, all_time_zones()) : "";
  if (options.zone && zone.empty()) {
    return fail(ErrorCode::InvalidArgument, "no time zone or city is called '" + *options.zone +
                                                "': write one like Sydney or Europe/Berlin");
  }
  if (options.hours && !options.hours->empty() && !parse_day_hours(*options.hours)) {
    return fail(ErrorCode::InvalidArgument,
                "'" + *options.hours + "' are no hours: write them like 09:00-17:00");
  }
  if (options.days && !parse_work_days(*options.days)) {
    return fail(ErrorCode::InvalidArgument,
                "'" + *options.days + "' are no days: write them like mon,tue,wed");
  }
  if (options.off && !parse_days_off(*options.off)) {
    return fail(ErrorCode::InvalidArgument, "'" + *options.off +
                                                "' are no days off: write them like 2026-12-24..2027-01-02, "
                                                "several with a comma between");
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
  return fail(ErrorCode::NotFound, "there is no channel '" + display_line(name) + "'");
}

// "Anna, Europe/Berlin, 09:00-17:00 on mon,tue; off 2026-12-24".
std::string person_words(const Application& application, const Settings& settings) {
  std::string words = application.person_name() + ", " + application.time_zone();
  const std::string days = to_text(application.schedule().days);
  words += fmt::format(", {} on {}", settings.hours.empty() ? "no hours said" : settings.hours, days);
  if (!settings.days_off.empty()) words += "; off " + settings.days_off;
  return words +
         (settings.share_watching ? "\nothers see what you watch\n" : "\nothers don't see what you watch\n");
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
                fmt::format("{}person {}\n", person_words(**application, settings), identity.person()));
  return {};
}

}  // namespace

void add_me_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("me", "Shows or changes how others see you");
  auto options = make_options<MeOptions>();
  command->add_option("--name", options->name, "Your name");
  command->add_option("--time-zone", options->zone, "Your time zone, or a city in it, like Sydney")
      ->type_name("TZ");
  command->add_option("--hours", options->hours, "When you work, like 09:00-17:00")->type_name("HOURS");
  command->add_option("--work-days", options->days, "The days on which you work, like mon,tue,wed,thu,fri")
      ->type_name("DAYS");
  command
      ->add_option("--days-off", options->off,
                   "Days on which you don't, like 2026-12-24..2027-01-02,2027-05-01")
      ->type_name("DATES");
  auto* share = command
                    ->add_option_function<std::string>(
                        "--share-watching",
                        [options](const std::string& word) { options->share_watching = word == "on"; },
                        "Whether others see what you have watched: on or off. Off: it stays on this machine")
                    ->type_name("on|off")
                    ->check(one_of({"on", "off"}));
  command->add_option("--channel", options->channel, "With --share-watching: for this channel only")
      ->needs(share);
  run_on_parse(command, context, [options](Context& used) { return run_me(used, *options); });
}

}  // namespace meanwhile
