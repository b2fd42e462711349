// The window: what `meanwhile` without a command opens, and `meanwhile open`.
#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/usage.h"
#include "app/link.h"
#include "app/window/run_window.h"

namespace meanwhile {
namespace {

struct OpenOptions {
  std::string target;
  std::string at;
  std::string page = "inbox";
  bool play = false;
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

PageId page_of(const std::string& name) {
  if (name == "record") return PageId::Record;
  return name == "settings" ? PageId::Settings : PageId::Inbox;
}

Result<StartPlace> place_of_link(const std::vector<OpenLibrary*>& libraries, const std::string& text) {
  auto link = parse_link(text);
  if (!link) return std::unexpected(link.error());
  const bool is_known = std::ranges::any_of(
      libraries, [&](const OpenLibrary* library) { return library->session->id() == link->library; });
  if (!is_known) {
    return fail(ErrorCode::NotFound,
                "that link is for a library that you haven't joined: ask who sent it for an invitation, and "
                "use it with `meanwhile library join`");
  }
  return StartPlace{.page = PageId::Watch, .clip = link->clip, .at = link->at.value_or(MediaTime{})};
}

Result<StartPlace> place_of(Context& context, const OpenOptions& options) {
  if (options.target.empty()) return StartPlace{.page = page_of(options.page)};
  if (is_link(options.target)) {
    auto libraries = context.libraries();
    if (!libraries) return std::unexpected(libraries.error());
    sync_if_possible(*libraries);
    return place_of_link(*libraries, options.target);
  }
  const auto found = find_clip(context, options.target, Fresh::First);
  if (!found) return std::unexpected(found.error());
  StartPlace place{.page = PageId::Watch, .clip = found->clip.id, .play = options.play};
  if (!options.at.empty()) {
    auto at = parse_moment(options.at);
    if (!at) return std::unexpected(at.error());
    place.at = *at;
  }
  return place;
}

Result<void> run_open(Context& context, const OpenOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto place = place_of(context, options);
  if (!place) return std::unexpected(place.error());
  auto tour = tour_of(options);
  if (!tour) return std::unexpected(tour.error());
  place->tour = *tour;
  return run_window(**application, *place);
}

}  // namespace

void add_window_command(CLI::App& cli, Context& context) {
  context.action = [](Context& used) { return run_open(used, {}); };
  auto* command = cli.add_subcommand("open", "Opens the window, on a clip if one is given");
  auto options = make_options<OpenOptions>();
  command->add_option("clip", options->target, "A clip, or a link to one");
  command->add_option("--at", options->at, "The moment to begin at")->type_name("T");
  command->add_flag("--play", options->play, "Begin to play at once");
  command
      ->add_option("--page", options->page,
                   "Without a clip, the page to begin with: inbox, record or settings")
      ->type_name("PAGE")
      ->check(one_of({"inbox", "record", "settings"}));
  command->add_option("--for", options->length, "Close the window after this long")->type_name("DURATION");
  command->add_option("--screenshot", options->screenshot, "Then write a picture of it")
      ->type_name("FILE.png");
  run_on_parse(command, context, [options](Context& used) { return run_open(used, *options); });
}

}  // namespace meanwhile
