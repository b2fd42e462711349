// What LibraryDesk shows of the libraries, in the settings.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/storage_use.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/ui/state.h"
#include "app/window/library_desk.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox_items.h"
#include "upload/secret.h"

namespace meanwhile {
namespace {

std::string waiting_words(std::uint64_t waiting, bool is_paused) {
  return is_paused ? tr_count(waiting, "Paused: one thing waits to be sent",
                              "Paused: {} things wait to be sent", waiting)
                   : tr_count(waiting, "Sending: one thing waits to be sent",
                              "Sending: {} things wait to be sent", waiting);
}

std::string done_words(std::uint64_t updates, bool is_sealed) {
  return is_sealed
             ? tr_count(updates, "Up to date, one update, sealed", "Up to date, {} updates, sealed", updates)
             : tr_count(updates, "Up to date, one update", "Up to date, {} updates", updates);
}

std::vector<UsageLine> lines_of(const StorageUse& use) {
  const auto words = [](const StoredAmount& amount) {
    return fmt::format(
        "{}, {}", format_size(amount.bytes),
        tr_count(static_cast<std::uint64_t>(amount.clips), "one update", "{} updates", amount.clips));
  };
  std::vector<UsageLine> lines{{tr("In all"), words(use.all)}};
  for (const auto& [channel, amount] : use.channels)
    lines.push_back({channel.empty() ? tr("In no channel") : "# " + channel, words(amount)});
  // The newest tells how fast it grows.
  constexpr int kMostMonths = 3;
  int months = 0;
  for (auto month = use.months.rbegin(); month != use.months.rend() && months < kMostMonths;
       ++month, ++months)
    lines.push_back({month->first, words(month->second)});
  if (use.deleted.objects > 0) lines.push_back({tr("In the trash"), words(use.deleted)});
  if (use.unknown.objects > 0) lines.push_back({tr("Of no published update"), words(use.unknown)});
  return lines;
}

}  // namespace

void LibraryDesk::ask_storage_use(const std::string& url) {
  for (LibraryView& view : desk_.state.settings.libraries) {
    if (view.url == url && !view.usage.empty()) return view.usage.clear();
  }
  const auto library = desk_.application.find_library(url);
  if (!library) return;
  LibrarySession& session = *(*library)->session;
  desk_.at_place(
      {"usage", (*library)->clips.get()}, alive_,
      [storage = session.shared_storage(), &session](std::stop_token stop) {
        return measure_storage(*storage, session.index(), std::move(stop));
      },
      [this, url](Result<StorageUse> use) {
        if (!use) {
          desk_.notices.show(NoticeKind::Failure, tr("The storage could not be listed"), use.error().message);
          return;
        }
        for (LibraryView& view : desk_.state.settings.libraries) {
          if (view.url == url) view.usage = lines_of(*use);
        }
      });
}

LibraryView LibraryDesk::view_of(const std::string& url) {
  LibraryView view{.url = url};
  if (const Error* why = desk_.application.library_failure(url)) {
    view.state = why->message;
    view.is_well = false;
    return view;
  }
  if (!desk_.application.is_open(url)) {
    view.state = tr("Connecting…");
    return view;
  }
  const auto library = desk_.application.find_library(url);
  if (!library) return view;
  LibrarySession& session = *(*library)->session;
  view.id = session.id();
  view.name = session.name();
  view.is_sealed = session.sealed() != nullptr;
  view.has_secret = !secret_place(url).empty();
  const auto status = session.outbox().status();
  if (status) view.waiting = static_cast<int>(status->waiting_items + status->waiting_events);
  std::string trouble = calls_.sync_failure(session.id());
  if (trouble.empty() && status && status->last_error) trouble = *status->last_error;
  const auto counts = session.index().counts();
  view.is_well = trouble.empty();
  view.state = !trouble.empty() ? trouble
               : view.waiting > 0
                   ? waiting_words(static_cast<std::uint64_t>(view.waiting), status->is_paused)
                   : done_words(counts ? static_cast<std::uint64_t>(counts->everything) : 0, view.is_sealed);
  return view;
}

void LibraryDesk::fill() {
  auto& shown = desk_.state.settings.libraries;
  std::vector<LibraryView> views;
  for (const std::string& url : desk_.application.library_urls()) {
    LibraryView view = view_of(url);
    view.is_first = views.empty();
    const auto before = std::ranges::find(shown, url, &LibraryView::url);
    if (before != shown.end()) {
      view.usage = before->usage;
      view.members = before->members;
      view.am_admin = before->am_admin;
      view.overused = before->overused;
    }
    views.push_back(std::move(view));
  }
  for (LibraryView& view : views) {
    if (!view.state.empty() && view.state[0] >= 'a' && view.state[0] <= 'z') view.state[0] -= 'a' - 'A';
  }
  shown = std::move(views);
}

}  // namespace meanwhile
