// What every part of the window's logic works with. The window's thread, but for what says otherwise.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include "app/application.h"
#include "app/library/settings.h"
#include "app/ui/state.h"
#include "app/window/lanes.h"
#include "app/window/mailbox.h"
#include "app/window/notices.h"
#include "app/window/worker.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/play/pointer_track.h"

namespace meanwhile {

// The pointer of a track at a moment, as the settings want it shown.
inline std::optional<PointerView> pointer_view(const PointerTrack* track, MediaTime at,
                                               const Settings& settings) {
  auto moment = track ? track->at(at) : std::nullopt;
  if (!moment) return std::nullopt;
  if (!settings.highlight_clicks) moment->buttons = 0;
  return PointerView{.moment = *moment, .image = track->image(moment->shape)};
}

// How long so much of a clip takes.
inline MediaTime real_time(MediaTime of_clip, double speed) {
  return from_seconds(to_seconds(of_clip) / std::max(0.1, speed));
}

struct Desk {
  Application& application;
  UiState& state;
  Notices& notices;
  Mailbox& mailbox;  // any thread
  Worker& worker;    // any thread; for what this machine does by itself: never for a place
  Lanes& lanes;
  const Clock& clock;

  // On the worker; then `then` with its result on the window's thread, unless *alive is gone by then.
  template <typename Work, typename Then>
  void in_background(std::weak_ptr<const void> alive, Work work, Then then) const {
    run_on(worker, std::move(alive), std::move(work), std::move(then));
  }

  // The same for what may ask a library's place, and so may take as long as that does.
  template <typename Work, typename Then>
  void at_place(const Lane& lane, std::weak_ptr<const void> alive, Work work, Then then) const {
    run_on(lanes.of(lane), std::move(alive), std::move(work), std::move(then));
  }

 private:
  template <typename Work, typename Then>
  void run_on(Worker& on, std::weak_ptr<const void> alive, Work work, Then then) const {
    on.run_later([&box = mailbox, alive = std::move(alive), work = std::move(work),
                  then = std::move(then)](std::stop_token stop) {
      auto result = std::make_shared<decltype(work(stop))>(work(stop));
      box.post([alive, then, result] {
        if (!alive.expired()) then(std::move(*result));
      });
    });
  }
};

}  // namespace meanwhile
