#include "app/window/library_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/kept_clips.h"
#include "app/fetching/prefetch.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/guest_line.h"
#include "app/library/invitation.h"
#include "app/library/library_address.h"
#include "app/library/library_kind.h"
#include "app/library_membership.h"
#include "app/platform/file_dialog.h"
#include "app/platform/metered_network.h"
#include "app/ui/state.h"
#include "app/window/pasted_answers_notice.h"
#include "app/window/sync_loop.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/sync.h"

namespace meanwhile {
namespace {

// Of clips with captions that were added: some at a time, the newest first.
constexpr int kMostSpoken = 100;

// One that hangs must not be in the next one's way.
std::string look_name(int look) {
  return fmt::format("look {}", look);
}

// A slip in the middle of a path makes no library: what would be made is one folder in another.
bool has_place_for_folder(const std::string& url) {
  constexpr std::string_view kFolder = "folder:";
  if (!url.starts_with(kFolder)) return true;
  std::error_code error;
  return std::filesystem::is_directory(std::filesystem::path(url.substr(kFolder.size())).parent_path(),
                                       error);
}

}  // namespace

void LibraryDesk::start() {
  for (const std::string& url : desk_.application.library_urls()) {
    if (!desk_.application.is_open(url) && !desk_.application.library_failure(url)) open(url);
  }
  if (const auto libraries = desk_.application.libraries()) {
    for (OpenLibrary* library : *libraries) keep_in_step(*library);
  }
}

// One that is known is there in a moment, whatever its place does; another takes as long as its place.
void LibraryDesk::open(const std::string& url) {
  if (opening_.contains(url)) return;
  const bool is_begun =
      jobs_.start("open " + url, [this, url, opener = desk_.application.opener(), &mailbox = desk_.mailbox,
                                  alive = std::weak_ptr<int>(alive_)](std::stop_token stop) {
        auto opened = std::make_shared<Result<OpenLibrary>>(opener(url, std::move(stop)));
        mailbox.post([this, url, alive, opened] {
          if (!alive.expired()) note_opened(url, std::move(*opened));
        });
      });
  if (is_begun) opening_.insert(url);
}

void LibraryDesk::note_opened(const std::string& url, Result<OpenLibrary> opened) {
  opening_.erase(url);
  const auto urls = desk_.application.library_urls();
  if (std::ranges::find(urls, url) == urls.end()) return;  // left meanwhile
  (void)desk_.application.take_in(url, std::move(opened));
  after_change();
}

void LibraryDesk::keep_in_step(OpenLibrary& library) {
  LibrarySession& session = *library.session;
  if (loops_.contains(session.id())) return;
  session.outbox().set_listener([this] { desk_.mailbox.post([this] { calls_.on_outbox(); }); });
  session.outbox().start();
  loops_[session.id()] =
      std::make_shared<SyncLoop>(library, [this, id = session.id()](Result<SyncReport> report) {
        desk_.mailbox.post_quietly(
            [this, id, report = std::move(report)] { return calls_.on_report(id, report); });
      });
  prefetchers_[session.id()] = std::make_shared<Prefetcher>(
      *library.clips,
      PrefetchCalls{
          .is_metered = [this] { return is_metered_ = is_network_metered(); },
          .has_captions = [&index = session.index()](
                              const std::string& clip) { return index.has_captions(clip).value_or(true); },
          .on_captions = [&index = session.index()](
                             const std::string& clip,
                             const ClipCaptions& captions) { make_searchable(index, clip, captions); }},
      [this] { desk_.mailbox.post([this] { calls_.on_kept(); }); });
}

// Each library has its part of the budget.
void LibraryDesk::plan_prefetch() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  const auto budget = static_cast<std::uint64_t>(desk_.application.settings().prefetch_mb) * 1'000'000;
  for (const OpenLibrary* library : *libraries) {
    LibrarySession& session = *library->session;
    const auto prefetcher = prefetchers_.find(session.id());
    if (prefetcher == prefetchers_.end()) continue;
    const auto rules = KeptClips(session.folder()).rules();
    const auto clips = rules ? clips_to_fetch(session.index(), *rules) : std::unexpected(rules.error());
    if (!clips) continue;
    PrefetchPlan plan = meanwhile::plan_prefetch(*clips, *rules, budget / libraries->size());
    if (auto spoken = session.index().clips_with_new_captions(kMostSpoken)) plan.spoken = std::move(*spoken);
    prefetcher->second->follow(std::move(plan));
  }
}

void LibraryDesk::say_arrivals() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  for (const OpenLibrary* library : *libraries) {
    if (auto said = say_kept_arrivals(*library, desk_.application.settings()); !said)
      log(LogLevel::Warning, said.error().message);
  }
}

void LibraryDesk::stop() {
  loops_.clear();
  prefetchers_.clear();
  if (const auto libraries = desk_.application.libraries()) {
    for (OpenLibrary* library : *libraries) library->session->outbox().stop();
  }
}

void LibraryDesk::sync_now() {
  desk_.state.inbox.is_syncing = true;
  desk_.application.forget_library_failures();
  start();
  if (const auto libraries = desk_.application.libraries()) {
    for (OpenLibrary* library : *libraries) (void)library->session->outbox().retry_now();
  }
  for (const auto& [id, loop] : loops_) loop->poll_now();
  calls_.on_libraries();
}

// What follows a change of the list.
void LibraryDesk::after_change() {
  start();
  calls_.on_libraries();
  fill();
}

// On a thread of its own, for as long as it takes.
void LibraryDesk::look_at(Look look, std::function<void(Result<Looked>)> then) {
  desk_.state.settings.is_adding = true;
  desk_.state.settings.missing_library.clear();
  const int number = ++looks_;
  const auto finish = [this, number, then = std::move(then)](Result<Looked> looked) {
    if (number != looks_) return;  // nobody waits for it any more
    desk_.state.settings.is_adding = false;
    then(std::move(looked));
    after_change();
  };
  (void)jobs_.start(look_name(number), [look = std::move(look), finish, &mailbox = desk_.mailbox,
                                        alive = std::weak_ptr<int>(alive_)](std::stop_token stop) {
    auto looked = std::make_shared<Result<Looked>>(look(std::move(stop)));
    mailbox.post([alive, finish, looked] {
      if (!alive.expired()) finish(std::move(*looked));
    });
  });
}

LibraryDesk::Look LibraryDesk::look_into(const std::string& url, std::optional<Invitation> invitation) {
  return [home = desk_.application.home(), person = desk_.application.person_name(),
          opener = desk_.application.opener(), url,
          invitation = std::move(invitation)](const std::stop_token& stop) -> Result<Looked> {
    Looked looked;
    if (invitation) {
      const auto kept_secret = check_invitation(home, person, *invitation, stop);
      if (!kept_secret) return std::unexpected(kept_secret.error());
      looked.kept_secret = *kept_secret;
    }
    auto opened = open_reachable_library(home, opener, url, stop);
    if (!opened && opened.error().code == ErrorCode::NotFound && !has_place_for_folder(url))
      return fail(ErrorCode::InvalidArgument,
                  tr_format("there is no folder {}, nor the one that it would be in; is the address right, "
                            "and the drive mounted?",
                            url.substr(url.find(':') + 1)));
    if (!opened) return std::unexpected(opened.error());
    looked.library = std::move(*opened);
    return looked;
  };
}

void LibraryDesk::cancel_adding() {
  desk_.state.settings.missing_library.clear();
  if (!desk_.state.settings.is_adding) return;
  jobs_.stop(look_name(looks_));
  ++looks_;
  desk_.state.settings.is_adding = false;
}

void LibraryDesk::add(const std::string& text) {
  if (desk_.state.settings.is_adding) return;
  if (has_answers(text)) {
    ++desk_.state.settings.library_added;
    if (take_pasted(desk_, text)) calls_.on_kept();
    return;
  }
  std::optional<Invitation> invitation;
  const char* const user_home = std::getenv("HOME");
  std::string url = library_address(text, user_home ? user_home : "");
  if (is_invitation(text)) {
    const auto parsed = parse_invitation(text);
    if (!parsed) {
      desk_.notices.show(NoticeKind::Failure, tr("That library can't be joined"), parsed.error().message);
      return;
    }
    invitation = *parsed;
    url = parsed->url;
  }
  const bool is_invited = invitation.has_value();
  look_at(look_into(url, std::move(invitation)), [this, url, is_invited](Result<Looked> looked) {
    const bool is_missing = !looked && looked.error().code == ErrorCode::NotFound && !is_invited;
    if (is_missing) {
      desk_.state.settings.missing_library = url;
    } else {
      finish_adding(url, is_invited, std::move(looked));
    }
  });
}

void LibraryDesk::choose_folder() {
  if (is_choosing_ || desk_.state.settings.is_adding) return;
  is_choosing_ = jobs_.start("folder dialog", [this, &mailbox = desk_.mailbox,
                                               alive = std::weak_ptr<int>(alive_)](std::stop_token stop) {
    auto chosen = std::make_shared<Result<std::optional<std::filesystem::path>>>(
        meanwhile::choose_folder(tr("The folder that the team shares"), std::move(stop)));
    mailbox.post([this, alive, chosen] {
      if (!alive.expired()) take_folder(*chosen);
    });
  });
}

void LibraryDesk::take_folder(const Result<std::optional<std::filesystem::path>>& chosen) {
  is_choosing_ = false;
  if (!chosen && chosen.error().is_control()) return;
  if (!chosen)
    return desk_.notices.show(NoticeKind::Info, tr("No folder was chosen"), chosen.error().message);
  if (*chosen) add("folder:" + (*chosen)->string());
}

void LibraryDesk::create(const std::string& url, const std::string& name, LibraryKind kind) {
  if (desk_.state.settings.is_adding) return;
  look_at(
      [home = desk_.application.home(), person = desk_.application.person_name(), url, name, kind,
       look = look_into(url)](const std::stop_token& stop) -> Result<Looked> {
        auto made = make_library(home, person, {.url = url, .name = name, .kind = kind}, stop);
        if (!made) return std::unexpected(made.error());
        auto looked = look(stop);
        if (looked) looked->recovery_key = std::move(made->recovery_key);
        return looked;
      },
      [this, url](Result<Looked> looked) {
        const std::string recovery_key = looked ? looked->recovery_key : "";
        const auto added = take_up(url, std::move(looked));
        if (!added) {
          desk_.notices.show(NoticeKind::Failure, tr("No library was created"), added.error().message);
          desk_.state.settings.missing_library = url;  // another name, or another try
          return;
        }
        ++desk_.state.settings.library_added;
        desk_.state.settings.recovery_key = recovery_key;
        desk_.notices.show(NoticeKind::Success, tr_format("You created {}", (*added)->name()),
                           tr("Copy an invitation, and the others can join."));
      });
}

// It is one of the person's from now on. Another one may have been known under that address.
Result<LibrarySession*> LibraryDesk::take_up(const std::string& url, Result<Looked> looked) {
  if (!looked) return std::unexpected(looked.error());
  const auto before = desk_.application.find_library(url);
  if (before && (*before)->session->id() != looked->library.session->id()) {
    const std::string id = (*before)->session->id();
    const auto closed = desk_.application.remove_library(url);
    if (!closed) return std::unexpected(closed.error());
    end_in_background(id, *closed);
  }
  const auto taken = desk_.application.take_in(url, std::move(looked->library));
  if (!taken) return std::unexpected(taken.error());
  return desk_.application.add_library(url);
}

void LibraryDesk::finish_adding(const std::string& url, bool is_invited, Result<Looked> looked) {
  const bool kept_secret = looked && looked->kept_secret;
  const auto added = take_up(url, std::move(looked));
  if (!added) {
    desk_.notices.show(NoticeKind::Failure,
                       is_invited ? tr("That library can't be joined") : tr("That library can't be used"),
                       added.error().message);
    return;
  }
  ++desk_.state.settings.library_added;
  if (is_invited) {
    desk_.notices.show(NoticeKind::Success, tr_format("You joined {}", (*added)->name()),
                       kept_secret ? tr("The key or password in the invitation is kept for it.") : "");
    return;
  }
  desk_.notices.show(NoticeKind::Success, tr_format("{} is one of your libraries now", (*added)->name()), "");
}

// One that isn't open yet may need its time.
void LibraryDesk::use(const std::string& url) {
  if (desk_.state.settings.is_adding) return;
  const auto make_first = [this, url] {
    if (const auto used = desk_.application.use_library(url); !used)
      desk_.notices.show(NoticeKind::Failure, tr("That library can't be used"), used.error().message);
  };
  if (desk_.application.is_open(url)) {
    make_first();
    return after_change();
  }
  look_at(look_into(url), [this, url, make_first](Result<Looked> looked) {
    const auto taken = take_up(url, std::move(looked));
    if (taken) return make_first();
    desk_.notices.show(NoticeKind::Failure, tr("That library can't be used"), taken.error().message);
  });
}

void LibraryDesk::leave(const std::string& url) {
  std::string name;
  std::string id;
  if (const auto library = desk_.application.find_library(url)) {
    name = (*library)->session->name();
    id = (*library)->session->id();
  }
  // The question told what waits.
  const auto left = leave_library(desk_.application, url, {.even_with_waiting = true});
  if (!left) {
    desk_.notices.show(NoticeKind::Failure, tr("The library could not be left"), left.error().message);
  } else {
    end_in_background(id, left->closed);
    desk_.notices.show(NoticeKind::Info, tr_format("You left {}", name.empty() ? url : name),
                       left->waiting > 0 ? tr("What waits is kept, and sent if you join again.") : "");
  }
  after_change();
}

// Its threads may hang in its place.
void LibraryDesk::end_in_background(const std::string& id, OpenLibrary* closed) {
  if (!closed) return;
  auto loop = loops_.extract(id);
  auto prefetcher = prefetchers_.extract(id);
  if (loop.empty()) return;
  (void)jobs_.start("end " + id,
                    [loop = std::move(loop.mapped()), prefetcher = std::move(prefetcher.mapped()),
                     &outbox = closed->session->outbox()](std::stop_token) mutable {
                      loop.reset();
                      prefetcher.reset();
                      outbox.stop();
                    });
}

void LibraryDesk::copy_invitation(const std::string& url, bool with_secret) {
  const auto library = desk_.application.find_library(url);
  if (!library) return;
  desk_.at_place(
      {"invitations", (*library)->clips.get()}, alive_,
      [home = desk_.application.home(), url, place = (*library)->session->shared_storage(),
       sealed = (*library)->session->shared_sealed(), with_secret](std::stop_token stop) {
        return invite(home, url, *place, sealed.get(), with_secret ? WithSecret::Yes : WithSecret::No, {},
                      std::move(stop));
      },
      [this, with_secret, is_sealed = (*library)->session->sealed() != nullptr](
          const Result<std::string>& text) { hand_out(text, with_secret, is_sealed); });
}

void LibraryDesk::copy_recovery_key() {
  calls_.set_clipboard(desk_.state.settings.recovery_key);
  desk_.notices.show(NoticeKind::Info, tr("Recovery key copied"),
                     tr("Print it, and keep it where nobody else finds it."));
}

void LibraryDesk::put_recovery_key_away() {
  desk_.state.settings.recovery_key.clear();
}

void LibraryDesk::hand_out(const Result<std::string>& invitation, bool with_secret, bool is_sealed) {
  if (!invitation) {
    desk_.notices.show(NoticeKind::Failure, tr("There is no invitation now"), invitation.error().message);
    return;
  }
  calls_.set_clipboard(*invitation);
  if (with_secret) {
    desk_.notices.show(NoticeKind::Warning, tr("Invitation copied, with the key or password"),
                       tr("Whoever reads it can read and delete everything in the library."));
  } else if (is_sealed) {
    desk_.notices.show(
        NoticeKind::Success, tr("Invitation copied, for one person, good for 14 days"),
        tr("Whoever has it and access to the storage can join and read: send it only to them."));
  } else {
    desk_.notices.show(NoticeKind::Success, tr("Invitation copied, without any key or password"),
                       tr("Whoever has access to the storage can join with it."));
  }
}

}  // namespace meanwhile
