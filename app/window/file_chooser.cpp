#include "app/window/file_chooser.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/platform/file_dialog.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

void FileChooser::ask(const std::string& title, const std::filesystem::path& suggested,
                      std::function<void(const std::filesystem::path& file)> take) {
  if (take_) return;
  take_ = std::move(take);
  dialog_.emplace("file-dialog", [this, title, suggested, &mailbox = desk_.mailbox,
                                  alive = std::weak_ptr<int>(alive_)](std::stop_token stop) {
    auto chosen = std::make_shared<Result<std::optional<std::filesystem::path>>>(
        choose_new_file(title, suggested, std::move(stop)));
    mailbox.post([this, alive, chosen] {
      if (!alive.expired()) note(*chosen);
    });
  });
}

void FileChooser::note(const Result<std::optional<std::filesystem::path>>& chosen) {
  const auto take = std::exchange(take_, nullptr);
  if (!chosen && chosen.error().is_control()) return;
  if (!chosen) return desk_.notices.show(NoticeKind::Info, tr("No file was chosen"), chosen.error().message);
  if (*chosen) take(**chosen);
}

}  // namespace meanwhile
