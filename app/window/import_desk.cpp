#include "app/window/import_desk.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/import/file_import.h"
#include "media/record/take.h"

namespace meanwhile {

void ImportDesk::import(const std::vector<std::filesystem::path>& files) {
  waiting_.insert(waiting_.end(), files.begin(), files.end());
  if (!is_running_) begin_next();
}

void ImportDesk::begin_next() {
  is_running_ = !waiting_.empty();
  if (!is_running_) return;
  const std::filesystem::path file = std::move(waiting_.front());
  waiting_.pop_front();
  const std::string name = display_line(replace_invalid_utf8(file.filename().string()));
  notice_ = desk_.notices.begin(tr_format("Importing {}", name), tr("Cancel"), [this] { cancel(); });
  const std::weak_ptr<const void> alive = alive_;
  thread_ = NamedThread("import", [this, alive, name, file, &mailbox = desk_.mailbox,
                                   takes = desk_.application.home().takes()](std::stop_token stop) {
    int shown = 0;
    const auto on_progress = [&](double progress) {
      const int percent = static_cast<int>(progress * 100);
      if (percent == std::exchange(shown, percent)) return;
      mailbox.post([this, alive, name, percent] {
        if (!alive.expired()) show_progress(name, percent);
      });
    };
    auto take = std::make_shared<Result<Take>>(
        import_file(file, takes, {.title = {}, .on_progress = on_progress, .stop = std::move(stop)}));
    mailbox.post([this, alive, name, take] {
      if (!alive.expired()) finish(name, *take);
    });
  });
}

void ImportDesk::show_progress(const std::string& name, int percent) {
  if (is_running_) desk_.notices.change(notice_, tr_format("Importing {} · {} %", name, percent));
}

void ImportDesk::finish(const std::string& name, const Result<Take>& take) {
  desk_.notices.dismiss(notice_);
  if (take) {
    calls_.on_change();
    made_ = take->clip;
    // TRANSLATORS: {} is how long a recording is, such as 1:23.
    std::string detail = tr_format("{} · it waits among your drafts.", format_moment(take->duration));
    for (const std::string& warning : take->warnings) detail += "\n" + warning;
    desk_.notices.show(take->warnings.empty() ? NoticeKind::Success : NoticeKind::Warning,
                       tr_format("Imported {}", name), detail, tr_in("button", "Open"),
                       [this, clip = take->clip] { calls_.open_take(clip); });
  } else if (!take.error().is_control()) {
    desk_.notices.show(NoticeKind::Failure, tr_format("{} was not imported", name), take.error().message);
  }
  begin_next();
  if (!is_running_) open_made();
}

// Where nobody is in the middle of something.
void ImportDesk::open_made() {
  const bool is_free = desk_.state.page == PageId::Inbox || desk_.state.page == PageId::Settings;
  const std::string made = std::exchange(made_, {});
  if (is_free && !made.empty()) calls_.open_take(made);
}

// Those that wait behind it still come.
void ImportDesk::cancel() {
  thread_.request_stop();
}

}  // namespace meanwhile
