// Runs the desks for a window: the beginning, each frame, what is due when, and the end.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/application.h"
#include "app/platform/painter.h"
#include "app/platform/window.h"
#include "app/ui/state.h"
#include "app/ui/ui.h"
#include "app/window/desk.h"
#include "app/window/desks.h"
#include "app/window/lanes.h"
#include "app/window/mailbox.h"
#include "app/window/notices.h"
#include "app/window/playing_signs.h"
#include "app/window/start_place.h"
#include "app/window/worker.h"
#include "media/base/clock.h"
#include "media/record/take.h"

namespace meanwhile {

class Controller final : public WindowClient {
 public:
  Controller(Application& application, Window& window);

  void start(const StartPlace& place);
  // Any thread. What another start was to open: is opened here; then taken_up is called.
  void answer_call(const std::string& line, std::function<void()> taken_up);
  // Once the window is closed: what is promised is on the disk after this, a running take too.
  void finish();

  void draw(Painter& painter) override;
  std::optional<MonotonicTime> next_change() override;
  std::optional<MonotonicTime> next_duty() override;
  bool answer_knock() override;
  void take_files(const std::vector<std::filesystem::path>& files) override;
  void take_text(const std::string& text) override;
  bool may_close() override;

 private:
  struct Recovery {
    std::vector<Take> takes;
    std::vector<std::string> warnings;
  };
  void recover_takes();
  void tell_recovery(const Recovery& recovery);
  void follow_call(const StartPlace& place);
  void say_ages();
  void fill_title();
  void look_after_tour();

  Application& application_;
  Window& window_;
  const SteadyClock clock_;
  UiState state_;
  Ui ui_;
  Notices notices_{state_.notices, clock_};
  Mailbox mailbox_;
  Worker worker_;
  Lanes lanes_;
  Desk desk_;
  Desks desks_;
  PlayingSigns playing_;
  std::string title_;
  WindowBadge badge_ = WindowBadge::None;
  std::optional<MonotonicTime> ages_due_;
  std::optional<Tour> tour_;
  std::optional<MonotonicTime> tour_end_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
