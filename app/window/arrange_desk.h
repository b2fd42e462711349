// Cuts and arranges an update of one's own: shows each step at once, says what came of it when it is saved.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/unsaved_arrangements.h"
#include "app/sending/clip_remover.h"
#include "app/ui/actions/arrange_actions.h"
#include "app/ui/arrange_state.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"
#include "media/play/pointer_track.h"

namespace meanwhile {

class ArrangeDesk final : public ArrangeActions {
 public:
  struct Calls {
    std::function<void(const Arrangement&)> show;  // in the player; nobody else sees it
    std::function<void()> show_saved;              // what everybody sees
    std::function<void(bool uncut)> show_uncut;
    std::function<void()> on_change;
    // A draft's editor, and its page.
    std::function<bool(const std::string& take, const Arrangement&)> open_draft = {};
    std::function<void(const std::string& take)> close_draft = {};
    // Where the pointer was, of what is open; nullptr: not known.
    std::function<std::shared_ptr<const PointerTrack>()> pointer = {};
  };
  ArrangeDesk(Desk& desk, Calls calls);

  void begin_arranging() override;
  void begin_arranging_draft(const std::string& take) override;
  void show_uncut(bool uncut) override { calls_.show_uncut(uncut); }
  void arrange(const Result<Arrangement>& arrangement) override;
  void undo_arranging() override;
  void redo_arranging() override;
  void choose_part(std::optional<TimeRange> part) override;
  void type_card(const std::string& title) override;
  void save_arrangement() override;
  void drop_arrangement() override;
  void remove_for_good() override;

  // Before each frame: what is known of the recording comes by and by.
  void update();

 private:
  std::optional<ArrangePanel>& panel() const { return desk_.state.watch.arrange; }
  void open_panel(ArrangePanel fresh);
  void show(const Arrangement& arrangement);
  void bring_back(const std::string& clip, const Arrangement& unsaved);
  void keep();
  void forget_kept();
  void fill_offers();
  void fill_offered_zooms();
  Result<void> save();
  void renew_poster(OpenLibrary& library, const Clip& clip);
  void close_panel();
  void finish_removal(const std::string& clip, Result<PreparedRemoval> prepared);

  Desk& desk_;
  const Calls calls_;
  // Arrangements before and after the one that is shown.
  std::vector<Arrangement> before_;
  std::vector<Arrangement> after_;
  const UnsavedArrangements unsaved_;
  // What the offers were made of.
  std::shared_ptr<const std::vector<TimeRange>> pauses_;
  std::shared_ptr<const std::vector<VttCue>> captions_;
  std::shared_ptr<const PointerTrack> pointer_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
