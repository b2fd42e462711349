#include "app/cli/context.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "app/fetching/kept_clips.h"

namespace meanwhile {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// How often a waiting command looks whether the library is out of reach, and shows its progress.
constexpr std::chrono::milliseconds kLookInterval{200};
constexpr std::size_t kShortestPrefix = 4;

std::string kept_here(const std::string& reason) {
  return "kept on this machine until the library can be reached (" + reason + ")";
}

// Waits in slices, so that a library that can't be reached is noticed and large uploads may take their time.
Result<StoredReport> wait_in_slices(LibrarySession& library,
                                    const std::function<Result<StoredOutcome>(SteadyTime)>& wait,
                                    const std::function<std::string()>& failure) {
  while (true) {
    auto outcome = wait(std::chrono::steady_clock::now() + kLookInterval);
    if (!outcome) return std::unexpected(outcome.error());
    if (*outcome == StoredOutcome::Stored) return StoredReport{.stored = true, .reason = {}};
    if (*outcome == StoredOutcome::Failed) return fail(ErrorCode::Io, failure());
    auto status = library.outbox().status();
    if (!status) return std::unexpected(status.error());
    if (const auto reason = held_up(*status)) {
      say_line(status->is_paused ? "kept on this machine: " + *reason : kept_here(*reason));
      return StoredReport{.stored = false, .reason = *reason};
    }
  }
}

// Of several that fit, "latest" is the one that was published last.
Result<FoundClip> find_known_clip(const std::vector<OpenLibrary*>& libraries, const std::string& reference) {
  std::vector<FoundClip> found;
  for (OpenLibrary* library : libraries) {
    Index& index = library->session->index();
    auto clips = reference == "latest" ? index.clips({.order = ClipOrder::NewestFirst, .limit = 1})
                 : reference.size() >= kShortestPrefix ? index.clips_beginning(reference)
                                                       : Result<std::vector<Clip>>(std::vector<Clip>{});
    if (!clips) return std::unexpected(clips.error());
    for (Clip& clip : *clips) found.push_back({library, std::move(clip)});
  }
  // A recorded answer is in no list; whoever has its id means it.
  for (OpenLibrary* library : libraries) {
    auto answer = found.empty() ? library->session->index().clip(reference) : fail(ErrorCode::NotFound, "");
    if (answer) found.push_back({library, std::move(*answer)});
  }
  if (found.empty())
    return fail(ErrorCode::NotFound, "there is no clip '" + reference + "': see `meanwhile list`");
  if (reference == "latest") {
    return *std::ranges::max_element(
        found, {}, [](const FoundClip& one) { return std::pair(one.clip.published, one.clip.id); });
  }
  // A clip that is being moved may be in two libraries: the first counts.
  const bool is_one =
      std::ranges::all_of(found, [&](const FoundClip& one) { return one.clip.id == found.front().clip.id; });
  if (!is_one) return fail(ErrorCode::InvalidArgument, "several clips begin with '" + reference + "'");
  return found.front();
}

Result<FoundComment> find_known_comment(const std::vector<OpenLibrary*>& libraries, const EventId& id) {
  std::optional<Error> missing;
  for (OpenLibrary* library : libraries) {
    auto place = library->session->index().comment(id);
    if (place) return FoundComment{.library = library, .id = id, .place = std::move(*place)};
    missing = place.error();
  }
  return std::unexpected(*missing);
}

}  // namespace

Result<Application*> Context::application() {
  if (!opened) {
    auto application = Application::open(options);
    if (!application) return std::unexpected(application.error());
    opened = std::move(*application);
    for (const std::string& warning : opened->warnings()) say_line(warning);
  }
  return opened.get();
}

Result<LibrarySession*> Context::library() {
  auto app = application();
  if (!app) return std::unexpected(app.error());
  auto session = (*app)->library();
  if (session && (*session)->unreachable()) say_line((*session)->unreachable()->message);
  return session;
}

Result<std::vector<OpenLibrary*>> Context::libraries() {
  auto app = application();
  if (!app) return std::unexpected(app.error());
  auto all = (*app)->libraries();
  if (!all || std::exchange(are_troubles_said_, true)) return all;
  for (const std::string& url : (*app)->library_urls()) {
    if (const Error* why = (*app)->library_failure(url)) say_line("left out, " + url + ": " + why->message);
  }
  for (const OpenLibrary* library : *all) {
    if (const auto& why = library->session->unreachable()) say_line(why->message);
  }
  return all;
}

void Context::print(const Json& document, const std::string& text) const {
  const std::string out = json ? to_text(document, 2) + "\n" : text;
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::fflush(stdout);
}

void say_line(const std::string& text) {
  std::fprintf(stderr, "meanwhile: %s\n", text.c_str());
}

void sync_if_possible(LibrarySession& library) {
  auto report = library.sync();
  if (!report) say_line("showing what is known here: " + report.error().message);
  if (!report) return;
  for (const std::string& warning : report->warnings) say_line(warning);
}

void add_kept_marks(const OpenLibrary& library, const Clip& clip, Json& json) {
  const auto rules = KeptClips(library.session->folder()).rules();
  json["kept"] = rules && rules->keeps(clip);
  json["here"] = library.clips->cache().is_whole(clip.id);
}

Result<void> add_arrivals(LibrarySession& library, const Clip& clip, Json& json) {
  if (!clip.is_mine) return {};
  const auto arrivals = library.index().arrivals(clip.id);
  if (!arrivals) return std::unexpected(arrivals.error());
  json["fetched_by"] = Json::array();
  for (const Arrival& arrival : *arrivals) {
    json["fetched_by"].push_back(
        {{"person", arrival.person}, {"name", arrival.person_name}, {"at", format_rfc3339(arrival.at)}});
  }
  return {};
}

void sync_if_possible(const std::vector<OpenLibrary*>& libraries) {
  for (OpenLibrary* library : libraries) sync_if_possible(*library->session);
}

Result<FoundClip> find_clip(Context& context, const std::string& reference, Fresh fresh) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  if (fresh == Fresh::First) sync_if_possible(*libraries);
  auto found = find_known_clip(*libraries, reference);
  const bool is_missing = !found && found.error().code == ErrorCode::NotFound;
  if (!is_missing || fresh == Fresh::First) return found;
  sync_if_possible(*libraries);
  return find_known_clip(*libraries, reference);
}

Result<FoundComment> find_comment(Context& context, const std::string& reference) {
  const auto id = parse_event_id(reference);
  if (!id) {
    return fail(ErrorCode::InvalidArgument,
                "'" + reference + "' is not a comment's id: see `meanwhile show CLIP`");
  }
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  auto found = find_known_comment(*libraries, *id);
  if (found || found.error().code != ErrorCode::NotFound) return found;
  sync_if_possible(*libraries);
  return find_known_comment(*libraries, *id);
}

Result<StoredReport> wait_until_stored(LibrarySession& library, const EventId& event) {
  library.outbox().start();
  MEANWHILE_TRY(library.outbox().retry_now());
  return wait_in_slices(
      library, [&](SteadyTime deadline) { return library.outbox().wait_until_stored(event, deadline); },
      [] { return std::string("the library refused it"); });
}

Result<StoredReport> wait_until_stored(LibrarySession& library, const std::string& clip) {
  library.outbox().start();
  MEANWHILE_TRY(library.outbox().retry_now());
  return wait_in_slices(
      library, [&](SteadyTime deadline) { return library.outbox().wait_until_stored(clip, deadline); },
      [&] {
        auto status = library.outbox().group_status(clip);
        return status && status->failure ? *status->failure : std::string("the library refused it");
      });
}

std::optional<std::string> held_up(const OutboxStatus& status) {
  if (status.last_error) return status.last_error;
  if (status.is_paused && status.waiting_events == 0 && status.waiting_items > 0)
    return "sending is paused; `meanwhile sending resume` goes on";
  return std::nullopt;
}

Result<bool> send_waiting(LibrarySession& library, StopSignal& stop, OutboxStatus& status) {
  library.outbox().start();
  MEANWHILE_TRY(library.outbox().retry_now());
  while (true) {
    auto now = library.outbox().status();
    if (!now) return std::unexpected(now.error());
    status = *now;
    if (now->waiting_items == 0 && now->waiting_events == 0) return true;
    if (held_up(*now)) return false;
    if (stop.wait_for(kLookInterval))
      return fail(ErrorCode::Aborted, "stopped; what waits is sent next time");
  }
}

}  // namespace meanwhile
