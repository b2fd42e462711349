// The window: what `meanwhile` without a command opens, and `meanwhile open`.
#include <algorithm>
#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/known_libraries.h"
#include "app/library/link.h"
#include "app/ui/state.h"
#include "app/window/run_window.h"
#include "app/window/start_place.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct OpenOptions {
  std::string target;
  std::string at;
  std::string page;
  bool play = false;
  bool is_minimised = false;
  std::string length;
  std::filesystem::path screenshot;
};

constexpr MediaTime kShortTour = std::chrono::seconds(2);

Result<std::optional<Tour>> tour_of(const OpenOptions& options) {
  if (options.length.empty() && options.screenshot.empty()) return std::nullopt;
  Tour tour{.length = kShortTour, .screenshot = options.screenshot};
  if (!options.length.empty()) {
    auto length = parse_duration(options.length);
    if (!length) return std::unexpected(length.error());
    tour.length = *length;
  }
  return tour;
}

std::optional<PageId> page_of(const std::string& name) {
  if (name == "record") return PageId::Record;
  if (name == "settings") return PageId::Settings;
  return name == "inbox" ? std::optional(PageId::Inbox) : std::nullopt;
}

// What is known here says whether the person has joined it.
bool is_joined(const Application& application, const std::string& library) {
  const auto urls = application.library_urls();
  return std::ranges::any_of(urls, [&](const std::string& url) {
    const auto known = find_known_library(known_libraries_file(application.home()), url);
    return known && known->id == library;
  });
}

Result<StartPlace> place_of_link(const Application& application, const std::string& text) {
  auto link = parse_link(text);
  if (!link) return std::unexpected(link.error());
  if (!is_joined(application, link->library)) return std::unexpected(not_joined());
  return StartPlace{.clip = text, .at = link->at.value_or(MediaTime{})};
}

Result<StartPlace> place_of_clip(const Application& application, const std::string& reference) {
  if (is_link(reference)) return place_of_link(application, reference);
  return StartPlace{.clip = reference};
}

Result<StartPlace> place_of(const Application& application, const OpenOptions& options) {
  if (options.target.empty()) return StartPlace{.page = page_of(options.page)};
  auto place = place_of_clip(application, options.target);
  if (!place) return place;
  place->play = options.play;
  if (options.at.empty()) return place;
  auto at = parse_moment(options.at);
  if (!at) return std::unexpected(at.error());
  place->at = *at;
  return place;
}

Result<void> run_open(Context& context, const OpenOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto place = place_of(**application, options);
  if (!place) return std::unexpected(place.error());
  auto tour = tour_of(options);
  if (!tour) return std::unexpected(tour.error());
  place->tour = *tour;
  place->is_minimised = options.is_minimised;
  return run_window(**application, *place, context.last_call);
}

}  // namespace

void add_window_command(CLI::App& cli, Context& context) {
  context.action = [](Context& used) { return run_open(used, {}); };
  auto* command = cli.add_subcommand("open", tr("Opens the window, on a clip if one is given"));
  auto options = make_options<OpenOptions>();
  command->add_option("clip", options->target, tr("A clip, or a link to one"));
  command->add_option("--at", options->at, tr("The moment to begin at"))->type_name("T");
  command->add_flag("--play", options->play, tr("Begin to play at once"));
  command
      ->add_option("--page", options->page, tr("Without a clip, the page to show: inbox, record or settings"))
      ->type_name("PAGE")
      ->check(one_of({"inbox", "record", "settings"}));
  command->add_flag("--minimised", options->is_minimised, tr("Open it minimised; it tells of news"));
  command->add_option("--for", options->length, tr("Close the window after this long"))
      ->type_name("DURATION");
  command->add_option("--screenshot", options->screenshot, tr("Then write a picture of it"))
      ->type_name("FILE.png");
  run_on_parse(command, context, [options](Context& used) { return run_open(used, *options); });
}

}  // namespace meanwhile
