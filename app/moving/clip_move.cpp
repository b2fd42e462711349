#include "app/moving/clip_move.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/kept_clips.h"
#include "app/libraries/clip_change.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/moving/late_additions.h"
#include "app/moving/move_cargo.h"
#include "app/moving/moved_words.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "upload/file_lock.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestNoteBytes = 4096;

fs::path note_path(const Home& home, const std::string& clip) {
  return home.moves() / (clip + ".json");
}

std::optional<ClipMove> read_move(const fs::path& path) {
  const auto bytes = read_file(path, kLargestNoteBytes);
  if (!bytes) return std::nullopt;
  const auto json = parse_json(as_text(*bytes));
  if (!json || integer_member(*json, "format") != 1) return std::nullopt;
  ClipMove move{.clip = string_member(*json, "clip").value_or(""),
                .from = string_member(*json, "from").value_or(""),
                .to = string_member(*json, "to").value_or("")};
  if (!is_clip_id(move.clip) || path.stem() != move.clip) return std::nullopt;
  return move;
}

Result<void> write_move(const Home& home, const ClipMove& move) {
  const Json json = {{"format", 1}, {"clip", move.clip}, {"from", move.from}, {"to", move.to}};
  MEANWHILE_TRY(make_private_folders(home.moves()));
  return write_file_durably(note_path(home, move.clip), as_byte_span(to_text(json, 1)));
}

void forget_move(const Home& home, const ClipMove& move) {
  std::error_code error;
  fs::remove_all(cargo_folder(home, move.clip), error);
  fs::remove(note_path(home, move.clip), error);
  (void)sync_folder(home.moves());
}

struct Ends {
  OpenLibrary* from = nullptr;
  OpenLibrary* to = nullptr;
};

Result<Ends> ends_of(MoveHome& person, const ClipMove& move) {
  const auto from = person.find_library(move.from);
  if (!from) return fail(tr_format("moving the clip {}", move.clip), from.error());
  const auto to = person.find_library(move.to);
  if (!to) return fail(tr_format("moving the clip {}", move.clip), to.error());
  return Ends{*from, *to};
}

// It was there once, and is to be shown again: while its bytes are there it can be brought back.
Result<bool> is_in_trash(OpenLibrary& library, const std::string& clip) {
  const auto trash = library.session->index().trash();
  if (!trash) return std::unexpected(trash.error());
  const auto found = std::ranges::find(*trash, clip, &DeletedClip::id);
  if (found == trash->end()) return false;
  if (found->is_mine && days_left(*found, library_now(library.session->storage())) > 0) return true;
  return fail(ErrorCode::NotFound,
              tr_format("the clip was deleted in {} and its 30 days there are over: it can't go there again",
                        library.session->name()));
}

Result<void> check_wish(const Clip& clip, const OpenLibrary& from, const OpenLibrary& to) {
  if (!clip.is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr_format("only who made a clip can move it: this one is {}'s", clip.author_name));
  if (clip.is_live)
    return fail(ErrorCode::InvalidArgument,
                tr("the clip is still being recorded: it can be moved once it is published"));
  if (&from == &to)
    return fail(ErrorCode::InvalidArgument, tr_format("the clip is in {} already", to.session->name()));
  return {};
}

// What shows the clip in the other library once all of it is there.
Result<std::vector<Json>> showing_events(const Clip& clip, bool was_deleted) {
  std::vector<EventBody> bodies{published_event(clip)};
  if (was_deleted) bodies.emplace_back(RestoreClipEvent{.clip = clip.id});
  for (const Addition& addition : clip.additions) {
    if (!addition.is_suggestion) bodies.emplace_back(addition_event(clip.id, addition));
  }
  std::vector<Json> events;
  for (const EventBody& body : bodies) {
    auto json = to_json(body);
    if (!json) return std::unexpected(json.error());
    events.push_back(std::move(*json));
  }
  return events;
}

// It is kept on this machine wherever it lies.
Result<void> move_kept_mark(const Clip& clip, const Ends& ends) {
  const auto rules = KeptClips(ends.from->session->folder()).rules();
  if (!rules || !rules->clips.contains(clip.id)) return {};
  MEANWHILE_TRY(
      KeptClips(ends.to->session->folder()).change([&](KeptRules& there) { there.keep_clip(clip.id); }));
  return KeptClips(ends.from->session->folder()).change([&](KeptRules& here) { here.let_go_clip(clip.id); });
}

// The recording that it was made of belongs to the clip where that is now.
Result<void> note_in_take(MoveHome& person, const ClipMove& move) {
  auto take = read_take(person.home().takes() / move.clip);
  if (!take || take->state != TakeState::Published) return {};
  take->publishing_to = move.to;
  return write_take(*take);
}

}  // namespace

std::vector<ClipMove> moves_under_way(const Home& home) {
  std::vector<ClipMove> moves;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(home.moves(), error)) {
    if (entry.path().extension() != ".json") continue;
    if (auto move = read_move(entry.path())) moves.push_back(std::move(*move));
  }
  std::ranges::sort(moves, {}, &ClipMove::clip);
  return moves;
}

bool is_moving_to(const Home& home, const std::string& clip, const std::string& library) {
  const auto move = read_move(note_path(home, clip));
  return move && move->to == library;
}

fs::path cargo_folder(const Home& home, const std::string& clip) {
  return home.moves() / clip;
}

Result<ClipMove> begin_move(const Home& home, const Clip& clip, const OpenLibrary& from, OpenLibrary& to) {
  MEANWHILE_TRY(check_wish(clip, from, to));
  MEANWHILE_TRY(is_in_trash(to, clip.id));
  const ClipMove move{.clip = clip.id, .from = from.session->id(), .to = to.session->id()};
  if (const auto before = read_move(note_path(home, clip.id))) {
    if (before->to == move.to) return *before;
    return fail(ErrorCode::InvalidArgument,
                tr("the clip is being moved to another library: wait until it is there"));
  }
  MEANWHILE_TRY(write_move(home, move));
  return move;
}

Result<MoveStep> next_step(MoveHome& person, const ClipMove& move) {
  const auto ends = ends_of(person, move);
  if (!ends) return std::unexpected(ends.error());
  LibrarySession& to = *ends->to->session;
  const auto group = to.outbox().group_status(move.clip);
  const bool is_said = group && group->had_events;
  if (is_said && !group->stored && !group->failure) return MoveStep::Wait;
  if (!is_said || group->stored) {
    // The outbox may just have said it.
    if (!to.index().clip(move.clip)) to.index_own_events();
    if (to.index().clip(move.clip)) return MoveStep::Finish;
  }
  return MoveStep::Gather;
}

Result<Clip> clip_to_gather(MoveHome& person, const ClipMove& move) {
  const auto ends = ends_of(person, move);
  if (!ends) return std::unexpected(ends.error());
  auto clip = ends->from->session->index().clip(move.clip);
  if (clip || clip.error().code != ErrorCode::NotFound) return clip;
  forget_move(person.home(), move);
  return fail(ErrorCode::NotFound,
              tr_format("the clip was deleted before it was moved to {}", ends->to->session->name()));
}

Result<void> send_cargo(MoveHome& person, const ClipMove& move, MoveCargo cargo) {
  const auto ends = ends_of(person, move);
  if (!ends) return std::unexpected(ends.error());
  LibrarySession& to = *ends->to->session;
  const auto was_deleted = is_in_trash(*ends->to, move.clip);
  if (!was_deleted) return std::unexpected(was_deleted.error());
  const Clip& clip = cargo.clip;
  MEANWHILE_TRY(to.make_channel(clip.channel_name.empty() ? clip.channel : clip.channel_name));
  auto events = showing_events(clip, *was_deleted);
  if (!events) return std::unexpected(events.error());
  return to.outbox().add(clip.id, std::move(cargo.items), std::move(*events));
}

Result<FinishedMove> finish_move(MoveHome& person, const ClipMove& move) {
  const auto lock = FileLock::try_take(person.home().moves() / "lock");
  if (!lock) return std::unexpected(lock.error());
  if (!*lock) return fail(ErrorCode::Unavailable, tr("another Meanwhile is moving a clip just now"));
  const auto ends = ends_of(person, move);
  if (!ends) return std::unexpected(ends.error());
  FinishedMove finished;
  auto word = carry_words(move.clip, *ends->from->session, *ends->to->session);
  if (!word) return std::unexpected(word.error());
  finished.last_word = std::move(*word);
  if (const auto clip = ends->from->session->index().clip(move.clip)) {
    MEANWHILE_TRY(move_kept_mark(*clip, *ends));
    auto said = ends->from->session->say(DeleteClipEvent{.clip = move.clip});
    if (!said) return std::unexpected(said.error());
    finished.deletion = std::move(*said);
  }
  MEANWHILE_TRY(note_in_take(person, move));
  forget_move(person.home(), move);
  return finished;
}

namespace {

Result<void> gather_and_send(MoveHome& person, const ClipMove& move, const Ends& ends,
                             const std::stop_token& stop) {
  const auto clip = clip_to_gather(person, move);
  if (!clip) return std::unexpected(clip.error());
  auto cargo = gather_cargo(cargo_folder(person.home(), move.clip), *clip, *ends.from->clips,
                            ends.from->session->storage(), stop);
  if (!cargo) return fail(tr_format("moving the clip {}", move.clip), cargo.error());
  return send_cargo(person, move, std::move(*cargo));
}

}  // namespace

Result<std::optional<FinishedMove>> advance_move(MoveHome& person, const ClipMove& move,
                                                 std::stop_token stop) {
  const auto ends = ends_of(person, move);
  if (!ends) return std::unexpected(ends.error());
  auto step = next_step(person, move);
  if (step && *step == MoveStep::Gather) {
    MEANWHILE_TRY(gather_and_send(person, move, *ends, stop));
    step = next_step(person, move);
  }
  if (!step) return std::unexpected(step.error());
  if (*step != MoveStep::Finish) return std::nullopt;
  const auto arrived = ends->to->session->index().clip(move.clip);
  if (!arrived) return std::unexpected(arrived.error());
  MEANWHILE_TRY(check_arrival(ends->to->session->storage(), *arrived, stop));
  const auto is_added_to = is_being_added_to(*ends->from, move.clip);
  if (!is_added_to) return std::unexpected(is_added_to.error());
  if (*is_added_to) return std::nullopt;
  MEANWHILE_TRY(carry_late_additions(*ends->from, *ends->to, *arrived, stop));
  auto finished = finish_move(person, move);
  if (!finished) return std::unexpected(finished.error());
  return std::move(*finished);
}

}  // namespace meanwhile
