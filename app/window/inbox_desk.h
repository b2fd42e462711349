// The Inbox behind the picture: what the index knows, as the page shows it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/kept_clips.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "app/library/visits.h"
#include "app/moving/clip_move.h"
#include "app/ui/actions/inbox_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/inbox_list.h"
#include "app/window/posters.h"
#include "media/base/identifier.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "upload/outbox_items.h"
#include "upload/sync.h"

namespace meanwhile {

inline std::optional<WallTime> last_visit(const Settings& settings) {
  const auto time = parse_rfc3339(settings.last_here);
  return time ? std::optional(*time) : std::nullopt;
}

class InboxDesk final : public InboxActions {
 public:
  // on_poster: one that was asked for is there now. play: clips, one after the other. wake: any thread.
  struct Calls {
    std::function<void()> on_poster;
    std::function<void(const std::vector<std::string>& clips)> play;
    std::function<void()> wake;
  };
  InboxDesk(Desk& desk, Calls calls)
      : desk_(desk),
        calls_(std::move(calls)),
        posters_(desk, calls_.on_poster),
        list_(desk, [this](const OpenLibrary& library, const Clip& clip) { return card(library, clip); }),
        visits_(last_visit(desk.application.settings())) {}
  InboxDesk(const InboxDesk&) = delete;
  InboxDesk& operator=(const InboxDesk&) = delete;
  ~InboxDesk() override { keep_presence(); }

  // Reads everything anew: after a sync, a publishing, another filter.
  void refresh();
  void search(const std::string& words) override;
  void take_answers(const std::string& text) override;
  void choose_filter(InboxFilter filter) override;
  void choose_library(const std::string& id) override;
  void choose_channel(const std::string& name) override;
  void choose_order(InboxOrder order) override;
  void show_clips(int first, int count) override;
  void archive_clip(const std::string& clip, bool archived) override;
  void archive_channel(const std::string& library, const std::string& name, bool archived) override;
  void mark_watched(const std::string& clip) override;
  void mark_all_watched() override;
  void play_all() override;
  void discard_take(const std::string& take) override;
  // The person does something.
  void note_presence(WallTime now);
  // When they did something last, in this run.
  const std::optional<WallTime>& last_presence() const { return presence_; }

  // When the person was last here is on the disk after this.
  void keep_presence();

  // How the last sync of a library went.
  void note_sync(const std::string& library, const Result<SyncReport>& report);
  // It was synced, or couldn't be, since the window was opened.
  bool was_reached(const std::string& library) const { return sync_failures_.contains(library); }
  // Why the last sync of it failed; "": it didn't.
  std::string failure_of(const std::string& library) const;

  ClipCard card(const OpenLibrary& library, const Clip& clip);
  PicturePtr poster(const Take& take) { return posters_.of_take(take); }
  // nullptr: it isn't here yet, or there is none.
  PicturePtr poster(const OpenLibrary& library, const std::string& clip);

 private:
  void save_presence();
  using Open = std::vector<OpenLibrary*>;
  void prepare(const Open& libraries);
  Open chosen(const Open& libraries) const;
  bool is_arriving(const OpenLibrary& library, const Clip& clip) const;
  std::string zone_of(const std::string& person) const;
  void fill_news(const Open& libraries);
  void fill_libraries(const Open& libraries);
  void fill_clips(const Open& libraries);
  void fill_trash(const Open& libraries);
  ClipCard card_of_deleted(const OpenLibrary& library, const DeletedClip& clip) const;
  void fill_channels(const Open& libraries);
  void fill_takes(const Open& libraries);
  void fill_sync_words(const Open& libraries);
  std::string connecting_words() const;

  Desk& desk_;
  const Calls calls_;
  Posters posters_;
  InboxList list_;
  Visits visits_;
  std::optional<WallTime> presence_;
  std::optional<WallTime> saved_presence_;
  std::map<std::string, std::string> zones_;  // by person
  std::vector<ClipMove> moves_;               // under way
  std::map<std::string, KeptRules> kept_;     // by library id
  std::vector<GroupStatus> sending_;
  std::optional<WallTime> synced_;
  std::map<std::string, std::string> sync_failures_;  // by library
};

}  // namespace meanwhile
