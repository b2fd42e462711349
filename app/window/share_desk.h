// Gives an update to people outside the library: a link or a file, and ends that again.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/share_page.h"
#include "app/ui/actions/share_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/file_chooser.h"
#include "media/base/result.h"

namespace meanwhile {

class ShareDesk final : public ShareActions {
 public:
  ShareDesk(Desk& desk, std::function<void(const std::string& text)> set_clipboard)
      : desk_(desk), set_clipboard_(std::move(set_clipboard)) {}

  void begin_share(const std::string& clip) override;
  void change_share(const SharePanel& panel) override;
  void choose_share_file() override;
  void make_share() override;
  void copy_share(const std::string& share) override;
  void end_share(const std::string& share) override;
  void drop_share() override;

 private:
  void make_link(OpenLibrary& library, const Clip& clip, const SharePanel& panel);
  void make_file(OpenLibrary& library, const Clip& clip, const SharePanel& panel);
  void note_link(OpenLibrary& library, const std::string& clip, Result<SharedPage> made);
  void note_file(OpenLibrary& library, const std::string& clip, const std::string& file,
                 Result<ShareTerms> made);
  bool say(OpenLibrary& library, const std::string& clip, const ShareTerms& terms);
  void set_doing(const std::string& words);
  void list_shared();
  void end_answered(OpenLibrary& library, const Share& known);

  Desk& desk_;
  const std::function<void(const std::string& text)> set_clipboard_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  FileChooser chooser_{desk_};
};

}  // namespace meanwhile
