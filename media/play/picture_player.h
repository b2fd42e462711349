// Decodes one track of pictures ahead of the clock, and keeps the ones around the moment that is on show.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/play/picture_window.h"
#include "media/play/video_reader.h"
#include "media/play/watched_source.h"

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

// Owns the thread that reads and decodes; it sleeps while nothing is wanted. All calls: any thread.
class PicturePlayer {
 public:
  // name: as people say it, "screen". on_event: on the track's thread, without a lock: a seek has settled, a
  // picture came that was waited for, or the track ended or failed. Begins with seek 1 to 0.
  PicturePlayer(std::string name, std::shared_ptr<ByteSource> source, FindEnd find_end,
                std::function<void()> on_event);
  PicturePlayer(const PicturePlayer&) = delete;
  PicturePlayer& operator=(const PicturePlayer&) = delete;
  // Aborts a blocked read.
  ~PicturePlayer();

  // Numbers rise; a newer one takes an older one's place.
  void seek(std::int64_t number, MediaTime moment);
  // To the picture `count` after (negative: before) the one on show, or as far as there are any.
  void step(std::int64_t number, int count);
  // Whether it may decode further than what was sought.
  void set_ahead(bool may_run_ahead);

  // The picture on show at position, which only goes on between two seeks. nullptr: none yet.
  PicturePtr show(MediaTime position);
  // When the next picture replaces the one on show; nullopt: not known.
  [[nodiscard]] std::optional<MediaTime> next_change() const;
  [[nodiscard]] PictureStatus status() const;

 private:
  struct Request {
    std::int64_t number = 1;
    MediaTime moment{};
    int step = 0;  // 0: a seek
  };
  struct State {
    PictureStatus status;
    std::optional<Request> request = Request{};
    PictureWindow pictures;
    PicturePtr shown;      // stays while a seek is under way
    MediaTime position{};  // as last shown or sought
    std::int64_t newest = 1;
    bool may_run_ahead = false;
    bool is_at_end = false;  // nothing comes after the pictures that are here
    bool is_broken = false;  // because it can't be read
    bool is_stopping = false;
  };

  void ask(const Request& request);
  void run();
  bool wait_for_work(std::optional<Request>& request);
  Result<void> open();
  void work(const std::optional<Request>& request);
  Result<void> serve_seek(MediaTime moment);
  Result<std::optional<MediaTime>> serve_step(int count);
  Result<bool> step_forward();
  Result<bool> step_back();
  Result<void> decode_ahead();
  Result<void> add_next(MediaTime moment);
  Result<void> move_reader(MediaTime moment);
  void settle(const Request& request, std::optional<MediaTime> stepped_to);
  void fail_track(const Error& error);
  void end_track(const Error& error);

  const std::string name_;
  const std::shared_ptr<WatchedSource> source_;
  const FindEnd find_end_;
  const std::function<void()> on_event_;
  std::condition_variable wake_;
  mutable Guarded<State> state_;
  std::unique_ptr<VideoReader> reader_;  // only the track's thread
  std::jthread thread_;
};

}  // namespace meanwhile
