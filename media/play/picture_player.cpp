#include "media/play/picture_player.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

// Stepping back decodes this much more than the one picture, so that the next steps back find theirs ready;
// and a seek keeps so much of what it passes anyway.
constexpr MediaTime kStepBackReach = std::chrono::milliseconds(500);
constexpr MediaTime kSeekReach = std::chrono::milliseconds(270);
// A seek goes on for so long though a newer one waits: a hand that drags sees 30 pictures a second.
constexpr std::chrono::milliseconds kGlimpseAfter{12};
constexpr MediaTime kBriefly{1};

bool is_camera(std::string_view name) {
  return name == "camera";
}

}  // namespace

PicturePlayer::PicturePlayer(std::string name, ArrangedTrack track, MediaTime start, FindEnd find_end,
                             std::function<void()> on_event)
    : name_(std::move(name)),
      track_(std::move(track)),
      find_end_(find_end),
      on_event_(std::move(on_event)),
      state_(State{.request = Request{.moment = start}, .position = start}),
      thread_("play-" + name_, [this] { run(); }) {}

PicturePlayer::~PicturePlayer() {
  {
    auto state = state_.lock();
    state->is_stopping = true;
    newer_mark_->let_go_from(MonotonicTime{});
  }
  wake_.notify_all();
  track_.abort();
}

void PicturePlayer::seek(std::int64_t number, MediaTime moment) {
  ask({.number = number, .moment = moment});
}

void PicturePlayer::step(std::int64_t number, int count) {
  if (count != 0) ask({.number = number, .is_step = true, .steps = count});
}

void PicturePlayer::ask(Request request) {
  auto state = state_.lock();
  state->steps_back = request.steps < 0;
  // Steps that wait add up: a key that is held down loses none.
  if (request.is_step && state->request && state->request->is_step) request.steps += state->request->steps;
  state->newest = request.number;
  state->status.stepped_to.reset();
  if (!request.is_step) state->position = request.moment;
  if (state->status.failure) {
    state->status.settled = request.number;
    return;
  }
  state->request = request;
  newer_mark_->let_go_from(state->let_go_from);
  wake_.notify_all();
}

void PicturePlayer::set_ahead(bool may_run_ahead) {
  state_.lock()->may_run_ahead = may_run_ahead;
  wake_.notify_all();
}

PicturePtr PicturePlayer::show(MediaTime position) {
  auto state = state_.lock();
  if (state->status.settled != state->newest) return state->shown;
  state->position = position;
  if (const int passed = state->pictures.advance(position); passed > 0) {
    state->steps_back = false;
    ++state->status.frames_shown;
    state->status.frames_late += passed - 1;
    if (wants_ahead(*state)) wake_.notify_all();
  }
  if (auto picture = state->pictures.shown()) state->shown = std::move(picture);
  return state->shown;
}

PicturePtr PicturePlayer::shown() const {
  return state_.lock()->shown;
}

std::optional<MediaTime> PicturePlayer::next_change() const {
  const auto next = state_.lock()->pictures.next();
  if (!next) return std::nullopt;
  return next->at;
}

PictureStatus PicturePlayer::status() const {
  PictureStatus status = state_.lock()->status;
  status.is_waiting = track_.is_reading();
  return status;
}

void PicturePlayer::run() {
  if (const auto opened = open(); !opened) return fail_track(opened.error());
  std::optional<Request> request;
  while (wait_for_work(request)) work(request);
}

// False: it is over. Without a request it is time to decode ahead.
bool PicturePlayer::wait_for_work(std::optional<Request>& request) {
  auto state = state_.lock();
  state.wait(wake_, [&] {
    return state->is_stopping || state->request || wants_behind(*state) || wants_ahead(*state);
  });
  if (state->is_stopping) return false;
  request = std::exchange(state->request, std::nullopt);
  state->let_go_from = request ? SteadyClock().now() + kGlimpseAfter : MonotonicTime{};
  newer_mark_->clear();
  return true;
}

bool PicturePlayer::wants_behind(const State& state) {
  return state.may_run_ahead && state.steps_back && !state.is_at_start && state.pictures.lacks_behind();
}

// Several pictures at a time: waking threads and processes for each costs more than the rest of its way.
bool PicturePlayer::wants_ahead(State& state) {
  state.is_filling = state.pictures.lacks_ahead() || (state.is_filling && state.pictures.has_room());
  return state.may_run_ahead && !state.is_at_end && state.is_filling &&
         (!state.steps_back || !state.pictures.next());
}

Result<void> PicturePlayer::open() {
  auto reader = open_arranged_video(
      track_.track(), {.newer = newer_mark_, .is_over = [this] { return state_.lock()->is_stopping; }});
  if (!reader) return std::unexpected(reader.error());
  reader_ = std::move(*reader);
  if (find_end_ == FindEnd::Yes) {
    const auto end = reader_->end();
    if (!end) return std::unexpected(end.error());
    state_.lock()->status.end = *end;
  }
  return {};
}

void PicturePlayer::work(std::optional<Request> request) {
  if (!request && wants_behind(*state_.lock())) return decode_behind();
  Result<std::optional<MediaTime>> done = std::nullopt;
  if (request && request->is_step) {
    done = serve_step(request->steps);
  } else if (const auto moved = request ? serve_seek(request->moment) : decode_ahead(); !moved) {
    done = std::unexpected(moved.error());
  }
  if (!done && done.error().code == ErrorCode::Aborted) {
    if (request) let_go_for_newer(*request);
    return;
  }
  if (!done) end_track(done.error());
  if (request) settle(*request, done.value_or(std::nullopt));
}

// Its picture is on show even if a newer request waits by now, or comes before anybody looked: else a hand
// that drags sees least where pictures are found fastest.
void PicturePlayer::settle(const Request& request, std::optional<MediaTime> stepped_to) {
  {
    auto state = state_.lock();
    if (auto picture = state->pictures.shown()) state->shown = std::move(picture);
    if (state->status.warning.empty() && reader_->is_damaged()) {
      state->status.warning =
          is_camera(name_) ? tr("The camera is damaged in places.") : tr("The screen is damaged in places.");
    }
    if (request.number == state->newest) {
      state->status.settled = request.number;
      state->status.stepped_to = stepped_to;
      if (stepped_to) state->position = *stepped_to;
    }
  }
  on_event_();
}

// For a newer request, or the end of the player.
void PicturePlayer::let_go_for_newer(const Request& request) {
  if (!request.is_step) return show_glimpse();
  auto state = state_.lock();
  if (state->request && state->request->is_step) state->request->steps += request.steps;
}

void PicturePlayer::show_glimpse() {
  PicturePtr glimpse = reader_->take_passed();
  {
    auto state = state_.lock();
    if (!glimpse) glimpse = state->pictures.shown();
    if (!glimpse || state->is_stopping) return;
    state->shown = std::move(glimpse);
  }
  on_event_();
}

Result<void> PicturePlayer::serve_seek(MediaTime moment) {
  {
    auto state = state_.lock();
    if (state->pictures.find(moment, state->is_at_end && !state->is_broken)) return {};
    state->is_at_end = state->is_broken = state->is_at_start = false;
  }
  MEANWHILE_TRY(move_reader(moment));
  do {
    const auto added = add_next(moment);
    if (!added) return std::unexpected(added.error());
    if (!*added) break;
  } while (!reader_->is_on_show());
  return {};
}

// Where the reader goes elsewhere, or fails to, what it gives next doesn't follow on what we have.
Result<void> PicturePlayer::move_reader(MediaTime moment) {
  const bool was_elsewhere = std::exchange(is_elsewhere_, false);
  const auto moved = reader_->seek(moment);
  if (was_elsewhere || !reader_->last()) state_.lock()->pictures.clear();
  return moved;
}

// False: the track is at its end, which is no failure: what is there stays on show.
Result<bool> PicturePlayer::add_next(MediaTime moment) {
  auto picture = reader_->next(moment, kSeekReach);
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
  auto state = state_.lock();
  if (!picture) {
    state->is_at_end = true;
    return false;
  }
  state->pictures.add(std::move(*picture), reader_->followed_gap());
  state->pictures.advance(moment);
  return true;
}

Result<void> PicturePlayer::decode_ahead() {
  MEANWHILE_TRY(rejoin());
  const auto [position, was_empty] = [&] {
    auto state = state_.lock();
    return std::pair(state->position, state->pictures.next() == nullptr);
  }();
  if (reader_->is_hopelessly_late(position)) MEANWHILE_TRY(move_reader(position));
  auto picture = reader_->next(position);
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
  {
    auto state = state_.lock();
    state->is_at_end = !picture;
    if (picture) state->pictures.add(std::move(*picture), reader_->followed_gap());
  }
  if (was_empty) on_event_();  // who looked for the next picture found none
  return {};
}

// Where the last step led to. left: steps, counted down.
Result<std::optional<MediaTime>> PicturePlayer::serve_step(int& left) {
  const auto place = [this]() -> std::optional<MediaTime> {
    const PicturePtr shown = state_.lock()->pictures.shown();
    return shown ? std::optional(shown->at) : std::nullopt;
  };
  std::optional<MediaTime> reached = left == 0 ? place() : std::nullopt;
  while (left != 0) {
    const auto moved = left > 0 ? step_forward() : step_back();
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) break;
    left += left > 0 ? -1 : 1;
    reached = place();
  }
  return reached;
}

Result<bool> PicturePlayer::step_forward() {
  if (state_.lock()->pictures.step_forward()) return true;
  MEANWHILE_TRY(rejoin());
  auto picture = reader_->next(MediaTime::min());
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
  auto state = state_.lock();
  state->is_at_end = !picture;
  if (!picture) return false;
  state->pictures.add(std::move(*picture), reader_->followed_gap());
  return state->pictures.step_forward();
}

Result<bool> PicturePlayer::step_back() {
  {
    auto state = state_.lock();
    if (state->pictures.step_back()) return true;
    if (!state->pictures.shown() || state->is_at_start) return false;
  }
  MEANWHILE_TRY(fill_behind());
  return state_.lock()->pictures.step_back();
}

// So that the next step back finds its picture ready. What can't be had isn't asked for again.
void PicturePlayer::decode_behind() {
  const auto filled = fill_behind();
  if (!filled && filled.error().code != ErrorCode::Aborted) state_.lock()->is_at_start = true;
}

// Puts what lies right before the first picture here behind it. The reader is somewhere else afterwards.
Result<void> PicturePlayer::fill_behind() {
  const MediaTime until = state_.lock()->pictures.first()->at - kBriefly;
  is_elsewhere_ = true;
  MEANWHILE_TRY(reader_->seek(until));
  std::vector<PicturePtr> pictures;
  do {
    auto picture = reader_->next(until, kStepBackReach);
    if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
    if (!picture || (*picture)->at > until) break;
    pictures.push_back(std::move(*picture));
  } while (!reader_->is_on_show());
  auto state = state_.lock();
  state->is_at_start = pictures.empty();
  state->pictures.add_behind(pictures);
  state->is_at_end = false;  // some of what comes may have been let go
  return {};
}

// Brings the reader back to the last picture that is here, so that the next one is the one after it.
Result<void> PicturePlayer::rejoin() {
  if (!is_elsewhere_) return {};
  const PicturePtr last = state_.lock()->pictures.last();
  if (!last) return {};
  MEANWHILE_TRY(reader_->seek(last->at));
  for (;;) {
    const auto picture = reader_->next(last->at);
    if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
    if (!picture || (*picture)->at >= last->at) break;
  }
  is_elsewhere_ = false;
  return {};
}

void PicturePlayer::fail_track(const Error& error) {
  {
    auto state = state_.lock();
    state->status.failure = error;
    state->status.warning = is_camera(name_) ? tr_format("The camera can't be shown: {}", error.message)
                                             : tr_format("The screen can't be shown: {}", error.message);
    state->status.settled = state->newest;
  }
  on_event_();
}

void PicturePlayer::end_track(const Error& error) {
  {
    auto state = state_.lock();
    state->is_at_end = state->is_broken = true;
    state->status.warning = is_camera(name_)
                                ? tr_format("The camera can't be shown from here on: {}", error.message)
                                : tr_format("The screen can't be shown from here on: {}", error.message);
  }
  on_event_();
}

}  // namespace meanwhile
