// What is done with a clip, on whichever page: its link, a file of it, a place on this machine or in another
// library, the trash.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/actions/clip_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/file_chooser.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"

namespace meanwhile {

class ClipDesk final : public ClipActions {
 public:
  // on_change: pages show it otherwise now. on_kept: other clips are to stay here. show_inbox: its page is
  // left. move: to the library of that id.
  struct Calls {
    std::function<void()> on_change;
    std::function<void()> on_kept;
    std::function<void()> show_inbox;
    std::function<void(const std::string& clip, const std::string& library)> move;
    std::function<void(const std::string& text)> set_clipboard;
  };
  ClipDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}

  void copy_link(const std::string& clip) override;
  void copy_words(const std::string& words) override;
  void copy_link_at(const std::string& clip, MediaTime at) override;
  void begin_export() override;
  void change_export(const ExportForm& form) override;
  void choose_export_file() override;
  void start_export() override;
  void drop_export() override;
  void keep_clip(const std::string& clip, bool kept) override;
  void begin_edit() override;
  void change_edit(const ClipEdit& edit) override;
  void save_edit() override;
  void drop_edit() override;
  void delete_clip(const std::string& clip) override;
  void restore_clip(const std::string& clip) override;
  void move_clip(const std::string& clip, const std::string& library) override;

 private:
  void copy(const std::string& clip, std::optional<MediaTime> at);

  Desk& desk_;
  const Calls calls_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  FileChooser chooser_{desk_};
  // Last: it posts to the rest.
  std::optional<NamedThread> export_;
};

}  // namespace meanwhile
