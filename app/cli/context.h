// What every command of the command line shares. Results go to standard output, everything else to standard
// error.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place_jobs.h"
#include "app/library/index.h"
#include "app/platform/last_call.h"
#include "app/platform/stop_signal.h"
#include "media/base/guarded.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "upload/event_batch.h"
#include "upload/outbox.h"

namespace CLI {
class App;
}

namespace meanwhile {

// Parsing fills `action`; main runs it then.
struct Context {
  // end: the process's; outlives this.
  explicit Context(LastCall& end) : last_call(end) {}

  LastCall& last_call;
  ApplicationOptions options = {};
  bool json = false;
  std::function<Result<void>(Context&)> action = {};

  // Opened at the first call; prints its warnings.
  Result<Application*> application();
  // The one that is published to, opened at the first call.
  Result<LibrarySession*> library();
  // All of them, opened at the first call. What can't be opened is said, once, and is in nobody's way.
  // Errors: Application::libraries.
  Result<std::vector<OpenLibrary*>> libraries();

  // Asks several libraries' places at once. One that is silent for kPatience is left alone from then on:
  // Unavailable.
  template <typename Answer>
  std::vector<Result<Answer>> ask(const std::vector<OpenLibrary*>& libraries,
                                  std::function<Result<Answer>(const OpenLibrary&, std::stop_token)> what);
  // Fetches news; a place that is away or silent is said, and is no failure.
  void sync_if_possible(const std::vector<OpenLibrary*>& libraries);
  // A thread hangs in a place.
  bool is_hung() const { return asking_.is_hung(); }

  // One JSON document, with --json; else the text.
  void print(const Json& document, const std::string& text) const;

  std::unique_ptr<Application> opened = nullptr;

 private:
  bool are_troubles_said_ = false;
  std::set<std::string> silent_;  // libraries, by id
  PlaceJobs asking_;              // last: its threads end before the libraries go
};

// A message for the person, to standard error.
void say_line(const std::string& text);

// "kept" and "here" of a clip, for its JSON: it is to stay on this machine; all of it is there.
void add_kept_marks(const OpenLibrary& library, const Clip& clip, Json& json);

// "fetched_by" of a clip of one's own, for its JSON: who has it, as far as they say so.
Result<void> add_arrivals(LibrarySession& library, const Clip& clip, Json& json);

// First: what others said is fetched. IfMissing: only where it isn't found without.
enum class Fresh { First, IfMissing };

// Errors: as find_known_clip, and Context::libraries().
Result<FoundClip> find_clip(Context& context, const std::string& reference, Fresh fresh);

// One of the two.
struct FoundRecording {
  std::optional<FoundClip> clip = {};
  std::optional<Take> take = {};  // a draft
};
// "latest": whichever was recorded last. Errors: as find_clip.
Result<FoundRecording> find_clip_or_take(Context& context, const std::string& reference, Fresh fresh);

struct FoundComment {
  OpenLibrary* library = nullptr;
  EventId id;
  Index::Place place;
};
// reference: a comment's id. Errors: InvalidArgument, NotFound, Context::libraries().
Result<FoundComment> find_comment(Context& context, const std::string& reference);

struct StoredReport {
  bool stored = false;
  std::string reason;  // why it waits, when it does
};
// Where what is stored isn't with the others yet: a sentence with a line's end; "": it is as far as one can
// tell.
std::string late_words(LibrarySession& library);
// The same in JSON: "handed_to", by name.
void add_late_sender(Json& json, LibrarySession& library);
// "Team didn't answer".
std::string silent_words(const LibrarySession& library);

template <typename Answer>
std::vector<Result<Answer>> Context::ask(
    const std::vector<OpenLibrary*>& libraries,
    std::function<Result<Answer>(const OpenLibrary&, std::stop_token)> what) {
  // One that hangs answers when nobody listens any more.
  using Slot = Guarded<std::optional<Result<Answer>>>;
  std::vector<std::shared_ptr<Slot>> slots;
  for (const OpenLibrary* library : libraries) {
    const auto slot = slots.emplace_back(std::make_shared<Slot>());
    if (silent_.contains(library->session->id())) continue;
    (void)asking_.start(
        library->session->id(),
        [what, slot, library](std::stop_token stop) {
          auto answer = what(*library, std::move(stop));
          slot->lock()->emplace(std::move(answer));
        },
        kPatience, [session = library->session.get()] { return session->waits_for_place(); });
  }
  (void)asking_.wait();
  std::vector<Result<Answer>> answers;
  for (std::size_t i = 0; i < libraries.size(); ++i) {
    auto answer = slots[i]->copy();
    const LibrarySession& session = *libraries[i]->session;
    const bool is_silent = !answer || (!*answer && answer->error().is_control());
    if (is_silent) silent_.insert(session.id());
    answers.push_back(is_silent ? fail(ErrorCode::Unavailable, silent_words(session)) : std::move(*answer));
  }
  return answers;
}

// Waits until what was handed to the outbox is in the library. Out of reach, silent, or nobody can tell: says
// so, and that it is kept. Errors: of a clip Io and the like (it will never be stored by itself), Aborted.
Result<StoredReport> wait_until_stored(LibrarySession& library, const EventId& event);
Result<StoredReport> wait_until_stored(LibrarySession& library, const std::string& clip);

// Why what waits doesn't go on by itself now: a sentence; nullopt: it does, or nothing waits.
std::optional<std::string> held_up(const OutboxStatus& status);

// Sends what waits, for as long as that gets on: true when nothing waits any more; status: how it stands
// then. Errors: Aborted (stop), Io.
Result<bool> send_waiting(LibrarySession& library, const std::stop_token& stop, OutboxStatus& status,
                          std::chrono::milliseconds patience = kLongPatience);

// Ctrl-C ends work that blocks, for a command that may take long: what heeds the token, and the program soon
// after, whatever hangs. Before any thread is started.
class EndAtSignal {
 public:
  explicit EndAtSignal(LastCall& last_call);
  std::stop_token token() const { return stop_.get_token(); }

 private:
  StopSignal signal_;
  std::stop_source stop_;
  AtSignal at_signal_;
};

}  // namespace meanwhile
