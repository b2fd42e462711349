#include "media/play/picture_player.h"

#include <algorithm>
#include <utility>

namespace meanwhile {
namespace {

// Stepping back decodes this much more than the one picture, so that the next steps back find theirs ready.
constexpr MediaTime kStepBackReach = std::chrono::milliseconds(400);
constexpr MediaTime kInstant{1};

}  // namespace

PicturePlayer::PicturePlayer(std::string name, std::shared_ptr<ByteSource> source, FindEnd find_end,
                             std::function<void()> on_event)
    : name_(std::move(name)),
      source_(std::make_shared<WatchedSource>(std::move(source))),
      find_end_(find_end),
      on_event_(std::move(on_event)),
      thread_([this] { run(); }) {}

PicturePlayer::~PicturePlayer() {
  state_.lock()->is_stopping = true;
  wake_.notify_all();
  source_->abort();
}

void PicturePlayer::seek(std::int64_t number, MediaTime moment) {
  ask({.number = number, .moment = moment});
}

void PicturePlayer::step(std::int64_t number, int count) {
  if (count != 0) ask({.number = number, .step = count});
}

void PicturePlayer::ask(const Request& request) {
  auto state = state_.lock();
  state->newest = request.number;
  state->status.stepped_to.reset();
  if (request.step == 0) state->position = request.moment;
  if (state->status.failure) {
    state->status.settled = request.number;
    return;
  }
  state->request = request;
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
    ++state->status.frames_shown;
    state->status.frames_late += passed - 1;
    wake_.notify_all();
  }
  if (auto picture = state->pictures.shown()) state->shown = std::move(picture);
  return state->shown;
}

std::optional<MediaTime> PicturePlayer::next_change() const {
  const auto next = state_.lock()->pictures.next();
  if (!next) return std::nullopt;
  return next->at;
}

PictureStatus PicturePlayer::status() const {
  PictureStatus status = state_.lock()->status;
  status.is_waiting = source_->is_reading();
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
    return state->is_stopping || state->request ||
           (state->may_run_ahead && !state->is_at_end && state->pictures.has_room());
  });
  request = std::exchange(state->request, std::nullopt);
  return !state->is_stopping;
}

Result<void> PicturePlayer::open() {
  auto reader = VideoReader::open(source_);
  if (!reader) return std::unexpected(reader.error());
  reader_ = std::move(*reader);
  reader_->set_interrupt([this] {
    auto state = state_.lock();
    return state->is_stopping || state->request.has_value();
  });
  if (find_end_ == FindEnd::Yes) {
    const auto end = reader_->end();
    if (!end) return std::unexpected(end.error());
    state_.lock()->status.end = *end;
  }
  return {};
}

void PicturePlayer::work(const std::optional<Request>& request) {
  Result<std::optional<MediaTime>> done = std::nullopt;
  if (request && request->step != 0) {
    done = serve_step(request->step);
  } else if (const auto moved = request ? serve_seek(request->moment) : decode_ahead(); !moved) {
    done = std::unexpected(moved.error());
  }
  if (!done && done.error().code == ErrorCode::Aborted)
    return;  // for a newer request, or the end of the player
  if (!done) end_track(done.error());
  if (request) settle(*request, done.value_or(std::nullopt));
}

void PicturePlayer::settle(const Request& request, std::optional<MediaTime> stepped_to) {
  {
    auto state = state_.lock();
    if (request.number != state->newest) return;
    state->status.settled = request.number;
    state->status.stepped_to = stepped_to;
    if (stepped_to) state->position = *stepped_to;
    if (state->status.warning.empty() && reader_->is_damaged()) {
      state->status.warning = "The " + name_ + " is damaged in places.";
    }
  }
  on_event_();
}

Result<void> PicturePlayer::serve_seek(MediaTime moment) {
  {
    auto state = state_.lock();
    if (state->pictures.find(moment, state->is_at_end && !state->is_broken)) return {};
    state->is_at_end = state->is_broken = false;
  }
  MEANWHILE_TRY(move_reader(moment));
  return add_next(moment);
}

// Where the reader goes elsewhere, or fails to, what it gives next doesn't follow on what we have.
Result<void> PicturePlayer::move_reader(MediaTime moment) {
  const auto moved = reader_->seek(moment);
  if (!reader_->last()) state_.lock()->pictures.clear();
  return moved;
}

// EndOfStream is no failure: what is there stays on show.
Result<void> PicturePlayer::add_next(MediaTime moment) {
  auto picture = reader_->next(moment);
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
  auto state = state_.lock();
  if (!picture) {
    state->is_at_end = true;
    return {};
  }
  state->pictures.add(std::move(*picture), reader_->followed_gap());
  state->pictures.advance(moment);
  return {};
}

Result<void> PicturePlayer::decode_ahead() {
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

// Where the last step led to.
Result<std::optional<MediaTime>> PicturePlayer::serve_step(int count) {
  std::optional<MediaTime> reached;
  for (int i = 0; i < std::abs(count); ++i) {
    const auto moved = count > 0 ? step_forward() : step_back();
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) break;
    reached = state_.lock()->pictures.shown()->at;
  }
  return reached;
}

Result<bool> PicturePlayer::step_forward() {
  if (state_.lock()->pictures.step_forward()) return true;
  auto picture = reader_->next(MediaTime::min());
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return std::unexpected(picture.error());
  auto state = state_.lock();
  state->is_at_end = !picture;
  if (!picture) return false;
  state->pictures.add(std::move(*picture), reader_->followed_gap());
  return state->pictures.step_forward();
}

Result<bool> PicturePlayer::step_back() {
  const PicturePtr from = [&] {
    auto state = state_.lock();
    return state->pictures.step_back() ? nullptr : state->pictures.shown();
  }();
  if (!from) return state_.lock()->pictures.shown() != nullptr;
  MEANWHILE_TRY(move_reader(from->at - kInstant));
  state_.lock()->is_at_end = false;
  // The first one may lie before the reach; from then on none is left out.
  for (PicturePtr last; !last || last->at < from->at;) {
    auto picture = reader_->next(from->at - kStepBackReach);
    if (!picture)
      return picture.error().code == ErrorCode::EndOfStream ? false
                                                            : Result<bool>(std::unexpected(picture.error()));
    last = *picture;
    auto state = state_.lock();
    state->pictures.add(std::move(*picture), reader_->followed_gap());
    state->pictures.advance(from->at - kInstant);
  }
  return state_.lock()->pictures.shown()->at < from->at;
}

void PicturePlayer::fail_track(const Error& error) {
  {
    auto state = state_.lock();
    state->status.failure = error;
    state->status.warning = "The " + name_ + " can't be shown: " + error.message;
    state->status.settled = state->newest;
  }
  on_event_();
}

void PicturePlayer::end_track(const Error& error) {
  {
    auto state = state_.lock();
    state->is_at_end = state->is_broken = true;
    state->status.warning = "The " + name_ + " can't be shown from here on: " + error.message;
  }
  on_event_();
}

}  // namespace meanwhile
