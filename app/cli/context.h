// What every command of the command line shares. Results go to standard output, everything else to standard
// error.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/application.h"
#include "app/platform/stop_signal.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace CLI {
class App;
}

namespace meanwhile {

// Parsing fills `action`; main runs it then.
struct Context {
  ApplicationOptions options;
  bool json = false;
  std::function<Result<void>(Context&)> action;

  // Opened at the first call; prints its warnings.
  Result<Application*> application();
  // The one that is published to.
  Result<LibrarySession*> library();
  // All of them. What can't be opened or reached is said, once, and is in nobody's way. Errors:
  // Application::libraries.
  Result<std::vector<OpenLibrary*>> libraries();

  // One JSON document, with --json; else the text.
  void print(const Json& document, const std::string& text) const;

  std::unique_ptr<Application> opened;

 private:
  bool are_troubles_said_ = false;
};

// A message for the person, to standard error.
void say_line(const std::string& text);

// Fetches news; being offline is said, and is no failure.
void sync_if_possible(LibrarySession& library);
void sync_if_possible(const std::vector<OpenLibrary*>& libraries);

// "kept" and "here" of a clip, for its JSON: it is to stay on this machine; all of it is there.
void add_kept_marks(const OpenLibrary& library, const Clip& clip, Json& json);

// "fetched_by" of a clip of one's own, for its JSON: who has it, as far as they say so.
Result<void> add_arrivals(LibrarySession& library, const Clip& clip, Json& json);

// First: what others said is fetched. IfMissing: only where it isn't found without.
enum class Fresh { First, IfMissing };

struct FoundClip {
  OpenLibrary* library = nullptr;
  Clip clip;
};
// In whichever library has it. reference: a clip's id, its beginning (at least 4 characters), or "latest".
// Errors: NotFound, InvalidArgument (more than one clip begins so), Context::libraries().
Result<FoundClip> find_clip(Context& context, const std::string& reference, Fresh fresh);

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
// Waits until what was handed to the outbox is in the library. Out of reach: says so, and that it is kept.
// Errors: Io and the like (it will never be stored by itself), Aborted.
Result<StoredReport> wait_until_stored(LibrarySession& library, const EventId& event);
Result<StoredReport> wait_until_stored(LibrarySession& library, const std::string& clip);

// Why what waits doesn't go on by itself now: a sentence; nullopt: it does, or nothing waits.
std::optional<std::string> held_up(const OutboxStatus& status);

// Sends what waits, for as long as that gets on: true when nothing waits any more; status: how it stands
// then. Errors: Aborted (stop), Io.
Result<bool> send_waiting(LibrarySession& library, StopSignal& stop, OutboxStatus& status);

}  // namespace meanwhile
