// What helps to find one's way in the clip that is watched: loads it, and does what loops and pauses ask for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/manifest.h"
#include "app/ui/play_tools.h"
#include "app/window/caption_desk.h"
#include "app/window/desk.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"

namespace meanwhile {

class WatchTools {
 public:
  explicit WatchTools(Desk& desk) : desk_(desk), captions_(desk) {}

  // Reads what there is beside the tracks, in the background.
  void open(const std::shared_ptr<const ClipStore>& store, const OpenedClip& opened);
  void close();
  // The voice's peaks, once they are there.
  void note_peaks(std::shared_ptr<const std::vector<float>> peaks);

  void set_skip_pauses(bool on);
  void set_caption_look(const CaptionLook& look);
  CaptionDesk& captions() { return captions_; }

  // Before each frame.
  void update(MonotonicTime now);
  std::optional<MonotonicTime> next_change() const { return captions_.next_change(); }

 private:
  // Now and then while the clip is fetched: what of it is here by now.
  void look_at_buffered(MonotonicTime now);
  void show_settings();
  void find_pauses();
  PlayTools& page() const { return desk_.state.watch.tools; }

  Desk& desk_;
  CaptionDesk captions_;
  std::shared_ptr<const ClipStore> store_;
  std::optional<Manifest> manifest_;  // of a clip in a library
  MediaTime duration_{};
  std::shared_ptr<const std::vector<float>> peaks_;
  std::vector<std::uint8_t> levels_;
  MonotonicTime buffered_due_{};
  bool is_looking_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
