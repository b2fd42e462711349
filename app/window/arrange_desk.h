// Cuts and arranges an update of one's own: shows each step at once, says what came of it when it is saved.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/sending/clip_remover.h"
#include "app/ui/actions/arrange_actions.h"
#include "app/ui/arrange_state.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

class ArrangeDesk final : public ArrangeActions {
 public:
  struct Calls {
    std::function<void(const Arrangement&)> show;  // in the player; nobody else sees it
    std::function<void()> show_saved;              // what everybody sees
    std::function<void(bool uncut)> show_uncut;
    std::function<void()> on_change;
  };
  ArrangeDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}

  void begin_arranging() override;
  void show_uncut(bool uncut) override { calls_.show_uncut(uncut); }
  void arrange(const Result<Arrangement>& arrangement) override;
  void undo_arranging() override;
  void redo_arranging() override;
  void choose_part(std::optional<TimeRange> part) override;
  void type_card(const std::string& title) override;
  void save_arrangement() override;
  void drop_arrangement() override;
  void remove_for_good() override;

 private:
  std::optional<ArrangePanel>& panel() const { return desk_.state.watch.arrange; }
  void show(const Arrangement& arrangement);
  void fill_offers();
  void finish_removal(const std::string& clip, Result<PreparedRemoval> prepared);

  Desk& desk_;
  const Calls calls_;
  // Arrangements before and after the one that is shown.
  std::vector<Arrangement> before_;
  std::vector<Arrangement> after_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
