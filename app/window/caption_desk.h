// Captions of the update that is watched: which languages are shown, and what is corrected in them, by its
// author, or suggested by others.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "app/speech/caption_board.h"
#include "app/speech/caption_edits.h"
#include "app/ui/play_tools.h"
#include "app/window/desk.h"
#include "media/base/clock.h"
#include "media/base/result.h"

namespace meanwhile {

class CaptionDesk {
 public:
  explicit CaptionDesk(Desk& desk);

  // Reads them in the background. opened: its tracks aren't needed.
  void open(const std::shared_ptr<const ClipStore>& store, const OpenedClip& opened);
  // Gives the library what was corrected since.
  void close();
  // There may be others in the library by now.
  void refresh();
  // Of any update, where the window was killed before it was given.
  void give_what_is_left();
  // Before each frame.
  void update(MonotonicTime now);
  std::optional<MonotonicTime> next_change() const { return due_; }

  void choose_languages(std::size_t first, std::optional<std::size_t> second);
  void correct(std::size_t cue, const std::string& text);
  void use(const std::string& suggestion);
  void dismiss(const std::string& suggestion);
  void take_back(const std::string& suggestion);

 private:
  void read();
  void take(Result<CaptionBoard> board, int edits_made);
  void show();
  void show_suggestions(const CaptionTrack& track);
  const CaptionTrack* shown() const;
  const CueSuggestion* suggestion(const std::string& key) const;
  void edit(std::size_t cue, const std::string& text);
  void give(const std::string& clip, const CaptionEdit& edit) const;
  void give_due();
  std::optional<Clip> clip_in_library(const std::string& clip) const;
  PlayTools& page() const { return desk_.state.watch.tools; }

  Desk& desk_;
  const CaptionEdits edits_;
  std::shared_ptr<const ClipStore> store_;  // of the clip; nullptr: none is open
  OpenedClip opened_;                       // without its tracks
  std::optional<CaptionBoard> board_;       // once it was read
  std::vector<CueSuggestion> suggestions_;  // for what is shown
  std::set<std::string> ungiven_;           // languages that were corrected since they were given last
  std::optional<MonotonicTime> due_;        // to give them
  int edits_made_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
