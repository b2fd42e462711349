// Decodes one track of pictures ahead of the clock, and keeps the ones around the moment that is on show.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/arranged_track.h"
#include "media/play/newer_mark.h"
#include "media/play/picture_window.h"
#include "media/play/video_reader.h"
#include "media/play/watched_track.h"

namespace meanwhile {

struct PictureStatus {
  std::int64_t settled = 0;             // the newest seek or step whose picture is there, or never will be
  std::optional<MediaTime> stepped_to;  // what that step led to; nullopt: there is no such picture
  bool is_waiting = false;              // for bytes
  std::optional<Error> failure;         // it can't be opened
  std::string warning;                  // a sentence; empty: none
  MediaTime end{};                      // where it was asked for
  std::int64_t frames_shown = 0;
  std::int64_t frames_late = 0;
};

enum class FindEnd { No, Yes };

// Owns the thread "play-<name>", which reads and decodes; it sleeps while nothing is wanted. All calls: any
// thread.
class PicturePlayer {
 public:
  // name: as people say it, "screen". on_event: on the track's thread, without a lock: a seek has settled, a
  // picture came that was waited for, or the track ended or failed. Begins with seek 1 to start.
  PicturePlayer(std::string name, ArrangedTrack track, MediaTime start, FindEnd find_end,
                std::function<void()> on_event);
  PicturePlayer(const PicturePlayer&) = delete;
  PicturePlayer& operator=(const PicturePlayer&) = delete;
  // Aborts a blocked read.
  ~PicturePlayer();

  // Numbers rise; a newer one takes an older one's place, which shows how far it got: so there is something
  // to see while a hand drags through the clip.
  void seek(std::int64_t number, MediaTime moment);
  // To the picture `count` after (negative: before) the one on show, or as far as there are any.
  void step(std::int64_t number, int count);
  // Whether it may decode further than what was sought.
  void set_ahead(bool may_run_ahead);

  // The picture on show at position, which only goes on between two seeks. nullptr: none yet.
  PicturePtr show(MediaTime position);
  // Without going on.
  PicturePtr shown() const;
  // When the next picture replaces the one on show; nullopt: not known.
  [[nodiscard]] std::optional<MediaTime> next_change() const;
  [[nodiscard]] PictureStatus status() const;

 private:
  struct Request {
    std::int64_t number = 1;
    MediaTime moment{};
    bool is_step = false;
    int steps = 0;  // 0: back to where it began
  };
  struct State {
    PictureStatus status;
    std::optional<Request> request = Request{};
    PictureWindow pictures;
    PicturePtr shown;      // stays while a seek is under way
    MediaTime position{};  // as last shown or sought
    std::int64_t newest = 1;
    MonotonicTime let_go_from{};  // from when on a newer request interrupts what is being done
    bool may_run_ahead = false;
    bool is_filling = false;   // what lies ahead; until there is no more room
    bool steps_back = false;   // it is looked at backwards: what lies behind is wanted first
    bool is_at_start = false;  // nothing comes before the pictures that are here
    bool is_at_end = false;    // nothing comes after the pictures that are here
    bool is_broken = false;    // because it can't be read
    bool is_stopping = false;
  };

  void ask(Request request);
  void run();
  bool wait_for_work(std::optional<Request>& request);
  [[nodiscard]] static bool wants_behind(const State& state);
  [[nodiscard]] static bool wants_ahead(State& state);
  Result<void> open();
  void work(std::optional<Request> request);
  void let_go_for_newer(const Request& request);
  void show_glimpse();
  Result<void> serve_seek(MediaTime moment);
  Result<std::optional<MediaTime>> serve_step(int& left);
  Result<bool> step_forward();
  Result<bool> step_back();
  Result<void> decode_ahead();
  void decode_behind();
  Result<void> fill_behind();
  Result<void> rejoin();
  Result<bool> add_next(MediaTime moment);
  Result<void> move_reader(MediaTime moment);
  void settle(const Request& request, std::optional<MediaTime> stepped_to);
  void fail_track(const Error& error);
  void end_track(const Error& error);

  const std::string name_;
  const WatchedTrack track_;
  const FindEnd find_end_;
  const std::function<void()> on_event_;
  const std::shared_ptr<NewerMark> newer_mark_ = std::make_shared<NewerMark>();
  std::condition_variable wake_;
  mutable Guarded<State> state_;
  // Only the track's thread.
  std::unique_ptr<VideoReader> reader_;
  bool is_elsewhere_ = false;  // what reader_ gives next doesn't follow on the last picture
  NamedThread thread_;
};

}  // namespace meanwhile
