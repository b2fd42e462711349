// What every part of the window's logic works with. The window's thread, but for what says otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/application.h"
#include "app/ui/state.h"
#include "app/window/mailbox.h"
#include "app/window/worker.h"
#include "media/base/clock.h"

namespace meanwhile {

// Short messages over the page.
class Notices {
 public:
  explicit Notices(std::vector<Notice>& shown) : shown_(shown) {}

  // action: what the button called action_label does; "": no button. The same text is shown once.
  void show(NoticeKind kind, const std::string& text, const std::string& detail = {},
            const std::string& action_label = {}, std::function<void()> action = {}) {
    std::erase_if(shown_, [&](const Notice& notice) { return notice.text == text; });
    const std::uint64_t id = ++last_id_;
    shown_.push_back({.id = id, .kind = kind, .text = text, .detail = detail, .action = action_label});
    actions_[id] = std::move(action);
    // More would cover the page; the newest matter most.
    constexpr std::size_t kMostShown = 4;
    if (shown_.size() > kMostShown) dismiss(shown_.front().id);
  }

  void dismiss(std::uint64_t id) {
    std::erase_if(shown_, [&](const Notice& notice) { return notice.id == id; });
    actions_.erase(id);
  }

  void run_action(std::uint64_t id) {
    const auto found = actions_.find(id);
    if (found == actions_.end()) return;
    const auto action = found->second;
    dismiss(id);
    if (action) action();
  }

 private:
  std::vector<Notice>& shown_;
  std::map<std::uint64_t, std::function<void()>> actions_;
  std::uint64_t last_id_ = 0;
};

// The pointer of a track at a moment, as the settings want it shown.
inline std::optional<PointerView> pointer_view(const PointerTrack* track, MediaTime at,
                                               const Settings& settings) {
  auto moment = track ? track->at(at) : std::nullopt;
  if (!moment) return std::nullopt;
  if (!settings.highlight_clicks) moment->buttons = 0;
  return PointerView{.moment = *moment, .image = track->image(moment->shape)};
}

struct Desk {
  Application& application;
  UiState& state;
  Notices& notices;
  Mailbox& mailbox;  // any thread
  Worker& worker;    // any thread
  const Clock& clock;

  // On the worker; then `then` with its result on the window's thread, unless *alive is gone by then.
  template <typename Work, typename Then>
  void in_background(std::weak_ptr<const void> alive, Work work, Then then) const {
    worker.run_later([&box = mailbox, alive = std::move(alive), work = std::move(work),
                      then = std::move(then)](std::stop_token stop) {
      auto result = std::make_shared<decltype(work(stop))>(work(stop));
      box.post([alive, then, result] {
        if (!alive.expired()) then(std::move(*result));
      });
    });
  }
};

}  // namespace meanwhile
