#include "app/cli/context.h"

#include <chrono>
#include <cstdio>
#include <expected>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/fetching/kept_clips.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place_jobs.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/platform/last_call.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "upload/event_batch.h"
#include "upload/http/http_server.h"
#include "upload/outbox.h"
#include "upload/sync.h"

namespace meanwhile {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// How often a waiting command looks whether the library is out of reach, and shows its progress.
constexpr std::chrono::milliseconds kLookInterval{200};

StoredReport kept_here(const std::string& reason) {
  say_line(tr_format("kept on this machine until the library can be reached ({})", reason));
  return {.stored = false, .reason = reason};
}

// Waits in slices, so that a library that can't be reached is noticed and large uploads may take their time.
Result<StoredReport> wait_in_slices(LibrarySession& library, std::chrono::milliseconds patience,
                                    const std::function<Result<StoredOutcome>(SteadyTime)>& wait,
                                    const std::function<std::string()>& failure) {
  Movement movement(patience);
  while (true) {
    auto outcome = wait(std::chrono::steady_clock::now() + kLookInterval);
    if (!outcome && outcome.error().is_control()) return std::unexpected(outcome.error());
    if (!outcome) return kept_here(outcome.error().message);
    if (*outcome == StoredOutcome::Stored) return StoredReport{.stored = true, .reason = {}};
    if (*outcome == StoredOutcome::Failed) return fail(ErrorCode::Io, failure());
    auto status = library.outbox().status();
    if (!status) return kept_here(status.error().message);
    auto reason = held_up(*status);
    if (!reason && movement.has_ceased(library.waits_for_place())) reason = silent_words(library);
    if (reason) {
      if (!status->is_paused) return kept_here(*reason);
      say_line(tr_format("kept on this machine: {}", *reason));
      return StoredReport{.stored = false, .reason = *reason};
    }
  }
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

std::string silent_words(const LibrarySession& library) {
  // TRANSLATORS: {} is a library's name.
  return tr_format("{} didn't answer", library.name());
}

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
  if (auto all = libraries(); !all) return std::unexpected(all.error());
  return (*app)->library();
}

Result<std::vector<OpenLibrary*>> Context::libraries() {
  auto app = application();
  if (!app) return std::unexpected(app.error());
  auto all = (*app)->open_libraries();
  if (!all || std::exchange(are_troubles_said_, true)) return all;
  for (const std::string& url : (*app)->library_urls()) {
    if (const Error* why = (*app)->library_failure(url))
      say_line(tr_format("left out, {}: {}", url, why->message));
  }
  return all;
}

void Context::sync_if_possible(const std::vector<OpenLibrary*>& libraries) {
  const auto reports = ask<SyncReport>(libraries, [](const OpenLibrary& library, std::stop_token stop) {
    return library.session->sync(std::move(stop));
  });
  for (const auto& report : reports) {
    if (!report) say_line(tr_format("{}; showing what is here", report.error().message));
    if (!report) continue;
    for (const std::string& warning : report->warnings) say_line(warning);
  }
}

void Context::print(const Json& document, const std::string& text) const {
  const std::string out = json ? to_text(document, 2) + "\n" : text;
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::fflush(stdout);
}

void say_line(const std::string& text) {
  std::fprintf(stderr, "meanwhile: %s\n", text.c_str());
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

Result<FoundClip> find_clip(Context& context, const std::string& reference, Fresh fresh) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  if (fresh == Fresh::First) context.sync_if_possible(*libraries);
  auto found = find_known_clip(*libraries, reference);
  const bool is_missing = !found && found.error().code == ErrorCode::NotFound;
  if (!is_missing || fresh == Fresh::First) return found;
  context.sync_if_possible(*libraries);
  return find_known_clip(*libraries, reference);
}

Result<FoundRecording> find_clip_or_take(Context& context, const std::string& reference, Fresh fresh) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto takes = (*application)->unpublished_takes();
  for (const Take& take : takes)
    if (take.clip == reference) return FoundRecording{.take = take};
  const auto found = find_clip(context, reference, fresh);
  const bool is_take =
      reference == "latest" && !takes.empty() && (!found || takes.back().clip > found->clip.id);
  if (is_take) return FoundRecording{.take = takes.back()};
  if (!found) return std::unexpected(found.error());
  return FoundRecording{.clip = *found};
}

Result<FoundComment> find_comment(Context& context, const std::string& reference) {
  const auto id = parse_event_id(reference);
  if (!id) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' is not a comment's id: see `meanwhile show CLIP`", reference));
  }
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  auto found = find_known_comment(*libraries, *id);
  if (found || found.error().code != ErrorCode::NotFound) return found;
  context.sync_if_possible(*libraries);
  return find_known_comment(*libraries, *id);
}

std::string late_words(LibrarySession& library) {
  const std::string sender = library.storage().capabilities().late_sender;
  // TRANSLATORS: {} is a program's name.
  return sender.empty() ? "" : tr_format("{} has it and sends it on: the others get it then.\n", sender);
}

void add_late_sender(Json& json, LibrarySession& library) {
  const std::string sender = library.storage().capabilities().late_sender;
  if (!sender.empty()) json["handed_to"] = sender;
}

Result<StoredReport> wait_until_stored(LibrarySession& library, const EventId& event) {
  library.outbox().start();
  if (const auto due = library.outbox().retry_now(); !due) return kept_here(due.error().message);
  auto report = wait_in_slices(
      library, kPatience,
      [&](SteadyTime deadline) { return library.outbox().wait_until_stored(event, deadline); },
      [] { return std::string(tr("the library refused it")); });
  if (report || report.error().is_control()) return report;
  return kept_here(report.error().message);
}

Result<StoredReport> wait_until_stored(LibrarySession& library, const std::string& clip) {
  library.outbox().start();
  if (const auto due = library.outbox().retry_now(); !due) return kept_here(due.error().message);
  return wait_in_slices(
      library, kLongPatience,  // large pieces lie in the system's buffers for a while
      [&](SteadyTime deadline) { return library.outbox().wait_until_stored(clip, deadline); },
      [&] {
        auto status = library.outbox().group_status(clip);
        return status && status->failure ? *status->failure : std::string(tr("the library refused it"));
      });
}

std::optional<std::string> held_up(const OutboxStatus& status) {
  if (status.last_error) return status.last_error;
  if (status.is_paused && status.waiting_events == 0 && status.waiting_items > 0)
    return tr("sending is paused; `meanwhile sending resume` goes on");
  return std::nullopt;
}

Result<bool> send_waiting(LibrarySession& library, const std::stop_token& stop, OutboxStatus& status,
                          std::chrono::milliseconds patience) {
  library.outbox().start();
  MEANWHILE_TRY(library.outbox().retry_now());
  Movement movement(patience);
  while (true) {
    auto now = library.outbox().status();
    if (!now) return std::unexpected(now.error());
    status = *now;
    if (now->waiting_items == 0 && now->waiting_events == 0) return true;
    if (held_up(*now)) return false;
    if (movement.has_ceased(library.waits_for_place())) {
      status.last_error = silent_words(library);
      return false;
    }
    pause_for(kLookInterval, stop);
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped; what waits is sent next time"));
  }
}

EndAtSignal::EndAtSignal(LastCall& last_call)
    : at_signal_(signal_, [this, &last_call] {
        stop_.request_stop();
        last_call.begin(kLongestEnd, 1);
      }) {}

}  // namespace meanwhile
