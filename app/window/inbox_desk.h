// The Inbox behind the picture: what the index knows, as the page shows it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/kept_clips.h"
#include "app/window/desk.h"
#include "app/window/posters.h"

namespace meanwhile {

class InboxDesk {
 public:
  // on_poster: one that was asked for is there now.
  InboxDesk(Desk& desk, std::function<void()> on_poster)
      : desk_(desk), posters_(desk, std::move(on_poster)) {}

  // Reads everything anew: after a sync, a publishing, another filter.
  void refresh();
  void search(const std::string& words);
  void choose_filter(InboxFilter filter);
  void choose_channel(const std::string& name);  // "": all
  void discard_take(const std::string& take);

  // How the last sync went.
  void note_sync(const Result<SyncReport>& report);
  void note_syncing();

  ClipCard card(const Clip& clip);
  PicturePtr poster(const Take& take) { return posters_.of_take(take); }

 private:
  void fill_clips(LibrarySession& library);
  void fill_channels(LibrarySession& library);
  void fill_takes(LibrarySession& library);
  void fill_sync_words(LibrarySession& library);

  Desk& desk_;
  Posters posters_;
  KeptRules kept_;
  std::vector<GroupStatus> sending_;
  std::optional<WallTime> synced_;
  std::string sync_failure_;
};

}  // namespace meanwhile
