// The Record page. See actions.h.
#pragma once

#include <string>

#include "app/ui/state.h"
#include "media/capture/devices.h"

namespace meanwhile {

class RecordActions {
 public:
  virtual ~RecordActions() = default;

  // spec: "default", "none" or a Device::spec.
  virtual void choose_device(DeviceKind kind, const std::string& spec) = 0;
  virtual void refresh_devices() = 0;
  // Hides the window and lets the person drag a frame over the screen; what it frames is recorded from then
  // on.
  virtual void choose_area() = 0;
  virtual void choose_frame_rate(int frames_per_second) = 0;
  virtual void edit_notes(const std::string& notes) = 0;
  virtual void rehearse() = 0;  // records three seconds and plays them; nothing is kept
  virtual void end_rehearsal() = 0;
  virtual void begin() = 0;  // counts down first, if that is on
  virtual void cancel_countdown() = 0;
  virtual void pause() = 0;
  virtual void resume() = 0;
  virtual void stop() = 0;     // then the Publish page
  virtual void discard() = 0;  // confirmed already
  virtual void restart() = 0;  // confirmed already
  virtual void mute(bool muted) = 0;
  virtual void say_again() = 0;     // back to the last pause in speech, two seconds of what stands, and on
  virtual void mark_chapter() = 0;  // one begins now
  virtual void draw_on_screen(bool on) = 0;  // off: what was drawn is gone
};

}  // namespace meanwhile
