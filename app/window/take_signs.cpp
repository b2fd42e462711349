#include "app/window/take_signs.h"

#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "app/library/settings.h"
#include "app/platform/audio_output.h"
#include "app/platform/hotkeys.h"
#include "app/platform/tray.h"
#include "app/ui/state.h"
#include "app/window/tray_view.h"
#include "app/window/warning_sound.h"
#include "media/record/health_words.h"

namespace meanwhile {

void TakeSigns::begin() {
  const std::weak_ptr<const void> alive = alive_;
  auto keys = Hotkeys::create([this, alive](Hotkey key) {
    desk_.mailbox.post([this, alive, key] {
      if (!alive.expired() && hotkeys_) obey(key);
    });
  });
  if (keys) hotkeys_ = std::move(*keys);
  tray_ = make_tray([this, alive](TrayWish wish) {
    desk_.mailbox.post([this, alive, wish] {
      if (!alive.expired() && tray_) obey(wish);
    });
  });
  trouble_.clear();
  update();
}

void TakeSigns::update() {
  if (!tray_) return;
  const RecordPageState& record = desk_.state.record;
  tray_->show(tray_view(record));
  const bool is_recording = record.phase == RecordPhase::Recording;
  std::string trouble = is_recording ? short_trouble(record.status.tracks) : "";
  const bool is_new = !trouble.empty() && trouble != trouble_;
  trouble_ = std::move(trouble);
  if (is_new && desk_.application.settings().warning_sound) sound();
}

void TakeSigns::end() {
  hotkeys_.reset();
  tray_.reset();
}

void TakeSigns::sound() {
  desk_.in_background(
      alive_,
      [](std::stop_token stop) {
        play_warning_sound(*make_audio_output(), std::move(stop));
        return true;
      },
      [](bool) {});
}

void TakeSigns::pause_or_resume() {
  desk_.state.record.phase == RecordPhase::Paused ? take_.resume() : take_.pause();
}

void TakeSigns::obey(Hotkey key) {
  switch (key) {
    case Hotkey::PauseOrResume:
      return pause_or_resume();
    case Hotkey::Stop:
      return take_.stop();
    case Hotkey::Mute:
      return take_.mute(!desk_.state.record.status.is_muted);
    case Hotkey::SayAgain:
      return take_.say_again();
    case Hotkey::Draw:
      return take_.draw_on_screen(!desk_.state.record.is_drawing);
    case Hotkey::Chapter:
      return take_.mark_chapter();
  }
}

void TakeSigns::obey(TrayWish wish) {
  switch (wish) {
    case TrayWish::ShowWindow:
      return show_window_();
    case TrayWish::PauseOrResume:
      return pause_or_resume();
    case TrayWish::MuteOrUnmute:
      return take_.mute(!desk_.state.record.status.is_muted);
    case TrayWish::Stop:
      return take_.stop();
  }
}

}  // namespace meanwhile
