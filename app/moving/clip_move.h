// Moves a clip of one's own from one library to another.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/moving/move_cargo.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// What a move needs of the person whose clip it is. One thread.
class MoveHome {
 public:
  virtual ~MoveHome() = default;
  virtual const Home& home() const = 0;
  // Errors: NotFound, and why it can't be opened.
  virtual Result<OpenLibrary*> find_library(const std::string& id) = 0;
};

// Under way: noted in the home until it is done, so that whatever happens it is gone on with. The clip keeps
// its id; it is in both libraries, or in one, never in none.
struct ClipMove {
  std::string clip;
  std::string from;  // libraries' ids
  std::string to;
};

// Oldest clip first; a note that can't be read is passed over.
std::vector<ClipMove> moves_under_way(const Home& home);

bool is_moving_to(const Home& home, const std::string& clip, const std::string& library);

// Where what is to be sent is brought together.
std::filesystem::path cargo_folder(const Home& home, const std::string& clip);

// Notes that the clip is to be moved; asking for the same once more is fine. Errors: PermissionDenied
// (somebody else's), InvalidArgument (it is there already, is still recorded, or moves elsewhere), NotFound
// (it was deleted in `to` more than 30 days ago), NoSpace, Io.
Result<ClipMove> begin_move(const Home& home, const Clip& clip, const OpenLibrary& from, OpenLibrary& to);

enum class MoveStep {
  Gather,  // gather_cargo, then send_cargo
  Wait,    // for the outbox of `to`
  Finish,  // check_arrival, then finish_move
};
// Errors: NotFound (one of the two libraries, or the clip, isn't there any more), Index's.
Result<MoveStep> next_step(MoveHome& person, const ClipMove& move);

// As it is where it comes from. Errors: NotFound (it was deleted there before: the move is forgotten),
// Index's.
Result<Clip> clip_to_gather(MoveHome& person, const ClipMove& move);

// Hands everything to the outbox of `to`, and the word that shows it there. Errors: the outbox's.
Result<void> send_cargo(MoveHome& person, const ClipMove& move, MoveCargo cargo);

// What was said for it and may still wait to be sent.
struct FinishedMove {
  std::optional<EventId> last_word;  // in `to`
  std::optional<EventId> deletion;   // in `from`
};

// The clip was seen to be whole in `to` (check_arrival): brings the words along, deletes it in `from`, where
// it lies in the trash for 30 days, and forgets the move. Blocks on the local disk only. Errors: Unavailable
// (another program does it), Index's, LibrarySession::say's.
Result<FinishedMove> finish_move(MoveHome& person, const ClipMove& move);

// All steps that can be done now, one after the other; nullopt: an outbox has to go on first. What was added
// to the clip meanwhile is brought along. Blocks.
// Errors: those of the steps; it can be gone on with later.
Result<std::optional<FinishedMove>> advance_move(MoveHome& person, const ClipMove& move,
                                                 std::stop_token stop);

}  // namespace meanwhile
