// Which page the window shows, and the ways from one to another.
#pragma once

#include <optional>
#include <string>

#include "app/platform/window.h"
#include "app/ui/actions/app_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/inbox_desk.h"
#include "app/window/publish_desk.h"
#include "app/window/record_desk.h"
#include "app/window/reply_desk.h"
#include "app/window/settings_desk.h"
#include "app/window/start_place.h"
#include "app/window/watch_desk.h"
#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/record/take_summary.h"

namespace meanwhile {

class PagesDesk final : public AppActions {
 public:
  // Told when their page comes and goes; they outlive this.
  struct Pages {
    InboxDesk& inbox;
    RecordDesk& record;
    ReplyDesk& reply;
    PublishDesk& publish;
    WatchDesk& watch;
    SettingsDesk& settings;
  };
  PagesDesk(Desk& desk, Window& window, const Pages& pages) : desk_(desk), window_(window), pages_(pages) {}

  // The first page; a clip that was asked for follows when it is known.
  void begin(const StartPlace& place);
  // The clip that the window was opened for may be known now: somebody's link may come with the first sync.
  void look_for_wanted();
  // What the page promised is on the disk after this.
  void leave() { leave_page(); }

  void show_page(PageId page) override;
  void go_back() override;
  void begin_search() override;
  void open_clip(const std::string& clip) override { open_clip_from(clip, std::nullopt); }
  void open_clip_at(const std::string& clip, MediaTime at) override { open_clip_from(clip, at); }
  void open_take(const std::string& take) override;
  // On the Watch page. false: it can't be opened, which was said.
  bool open_to_arrange(const std::string& take, const Arrangement& arrangement);
  void open_link(const std::string& url) override;
  void show_shortcuts(bool shown) override { desk_.state.shortcuts_shown = shown; }
  void toggle_full_screen() override;
  void set_mini(bool on) override;

  // false: it can't be opened.
  bool open_to_play(const std::string& clip);
  // A recorded answer on a page of its own, with a way back to where it hangs.
  void watch_answer(const std::string& clip);
  // What was just recorded.
  void show_take(const TakeSummary& summary);

  // Before each frame, after the Watch page's.
  void update();

 private:
  void leave_page();
  void widen_inbox();
  void open_clip_from(const std::string& clip, std::optional<MediaTime> at);
  bool return_from_answer();
  bool is_all_reached() const;
  bool may_leave() const;
  PageId& page() const { return desk_.state.page; }

  Desk& desk_;
  Window& window_;
  const Pages pages_;
  // Where a recorded answer hangs that is being watched.
  struct ReturnPlace {
    std::string clip;
    MediaTime at{};
  };
  std::optional<ReturnPlace> return_to_;
  bool is_play_wanted_ = false;
  std::optional<StartPlace> wanted_;  // until it is there, or the person goes elsewhere
};

}  // namespace meanwhile
