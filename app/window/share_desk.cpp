#include "app/window/share_desk.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/reply_by.h"
#include "app/library/share.h"
#include "app/page/answers_of_shares.h"
#include "app/page/share_end.h"
#include "app/page/share_file.h"
#include "app/page/share_page.h"
#include "app/ui/state.h"
#include "app/window/exports.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::optional<WallTime> share_end_of(ShareTime time, WallTime now) {
  using std::chrono::hours;
  switch (time) {
    case ShareTime::Day:
      return now + hours(24);
    case ShareTime::Week:
      return now + hours(7 * 24);
    case ShareTime::Month:
      return now + hours(30 * 24);
    case ShareTime::ForEver:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string_view share_label(ShareForm form) {
  switch (form) {
    case ShareForm::Link:
      return tr_in("what is shared", "Link");
    case ShareForm::File:
      return tr_in("what is shared", "File");
    case ShareForm::Page:
      return tr("Page in the library");
  }
  return tr_in("what is shared", "Link");
}

std::string share_detail(const ShareTerms& terms, WallTime now, std::string_view zone) {
  if (!terms.until) return terms.takes_answers ? tr("No end") : tr("No end, no answers");
  const std::string end = reply_by_words(*terms.until, now, zone);
  // TRANSLATORS: Sharing an update does; {} is when, such as "tomorrow 17:00".
  return terms.takes_answers ? tr_format("Ends {}", end) : tr_format("Ends {}, no answers", end);
}

std::string who_can_watch(const SharedPage& page) {
  if (page.place == PagePlace::Disk) return tr("Whoever may read the library's folder can open it.");
  if (page.place == PagePlace::Server && page.terms.base.empty())
    return tr("Whoever may read the library's folder on the server can open it.");
  if (page.place == PagePlace::Server) return tr("Whoever can open that address can watch.");
  return tr("Anybody who has it can watch.");
}

}  // namespace

void ShareDesk::begin_share(const std::string& clip) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  const auto found = (*library)->session->index().clip(clip);
  if (!found) return;
  desk_.state.watch.export_form.reset();
  desk_.state.watch.clip_edit.reset();
  desk_.state.watch.share = SharePanel{
      .clip = clip,
      .file = free_export_path(export_folder(desk_.application.home()), found->title, ".html").string(),
      .doing = {},
      .shared = {}};
  list_shared();
}

void ShareDesk::change_share(const SharePanel& panel) {
  auto& shown = desk_.state.watch.share;
  if (!shown || shown->clip != panel.clip) return;
  const std::string doing = shown->doing;
  shown = panel;
  shown->doing = doing;
}

void ShareDesk::choose_share_file() {
  const auto& panel = desk_.state.watch.share;
  if (!panel) return;
  const WantedFile begun{.typed = panel->file, .ending = ".html", .may_replace = true};
  const std::filesystem::path suggested = export_path(begun).value_or(
      free_export_path(export_folder(desk_.application.home()), desk_.state.watch.clip.title, ".html"));
  chooser_.ask(tr("Share as one file"), suggested,
               [this, clip = panel->clip](const std::filesystem::path& file) {
                 auto& shown = desk_.state.watch.share;
                 if (!shown || shown->clip != clip) return;
                 shown->file = file.string();
                 shown->may_replace = true;
               });
}

void ShareDesk::drop_share() {
  desk_.state.watch.share.reset();
}

void ShareDesk::set_doing(const std::string& words) {
  if (desk_.state.watch.share) desk_.state.watch.share->doing = words;
}

void ShareDesk::list_shared() {
  auto& panel = desk_.state.watch.share;
  if (!panel) return;
  const auto library = desk_.application.library_of(panel->clip);
  if (!library) return;
  LibrarySession& session = *(*library)->session;
  const auto all = session.index().shares();
  if (!all) return;
  const WallTime now = wall_now();
  panel->shared.clear();
  for (const Share& share : *all) {
    if (share.clip != panel->clip || !share.is_open(now)) continue;
    const auto page = page_of(session, share.terms, now);
    panel->shared.push_back({.share = share.terms.share,
                             .label = std::string(share_label(share.terms.form)),
                             .detail = share_detail(share.terms, now, desk_.application.time_zone()),
                             .link = page ? page->link : std::string()});
  }
}

void ShareDesk::make_share() {
  const auto& shown = desk_.state.watch.share;
  if (!shown || !shown->doing.empty()) return;
  const SharePanel panel = *shown;
  const auto library = desk_.application.library_of(panel.clip);
  if (!library) return;
  const auto clip = (*library)->session->index().clip(panel.clip);
  if (!clip) return;
  panel.as_file ? make_file(**library, *clip, panel) : make_link(**library, *clip, panel);
}

void ShareDesk::make_link(OpenLibrary& library, const Clip& clip, const SharePanel& panel) {
  set_doing(tr("Making the page…"));
  PageRequest request{.until = share_end_of(panel.time, wall_now()),
                      .is_for_ever = panel.time == ShareTime::ForEver,
                      .takes_answers = panel.takes_answers,
                      .password = panel.password};
  desk_.at_place(
      {"share", library.clips.get()}, alive_,
      [&library, clip, request](std::stop_token stop) {
        return make_page(library, clip, request, std::move(stop));
      },
      [this, &library, id = clip.id](Result<SharedPage> made) { note_link(library, id, std::move(made)); });
}

bool ShareDesk::say(OpenLibrary& library, const std::string& clip, const ShareTerms& terms) {
  const auto said = library.session->say(ShareEvent{.clip = clip, .terms = terms});
  if (said) return true;
  desk_.notices.show(NoticeKind::Failure, tr("The update could not be shared"), said.error().message);
  return false;
}

void ShareDesk::note_link(OpenLibrary& library, const std::string& clip, Result<SharedPage> made) {
  set_doing("");
  if (!made) {
    if (!made.error().is_control())
      desk_.notices.show(NoticeKind::Failure, tr("The update could not be shared"), made.error().message);
    return;
  }
  if (!say(library, clip, made->terms)) return;
  set_clipboard_(made->link);
  const std::string ends =
      // TRANSLATORS: Sharing an update does; {} is when, such as "tomorrow 17:00".
      made->ends ? " " + tr_format("Ends {}.",
                                   reply_by_words(*made->ends, wall_now(), desk_.application.time_zone()))
                 : "";
  desk_.notices.show(NoticeKind::Success, tr("Link copied"), who_can_watch(*made) + ends);
  list_shared();
}

void ShareDesk::make_file(OpenLibrary& library, const Clip& clip, const SharePanel& panel) {
  const auto out = export_path({.typed = panel.file, .ending = ".html", .may_replace = panel.may_replace});
  if (!out)
    return desk_.notices.show(NoticeKind::Failure, tr("The file can't be saved there"), out.error().message);
  set_doing(tr("Preparing the file…"));
  const auto tell = [this, alive = std::weak_ptr<int>(alive_)](const std::string& words) {
    desk_.mailbox.post([this, alive, words] {
      if (!alive.expired()) set_doing(words);
    });
  };
  FileRequest request{.out = *out,
                      .may_replace = panel.may_replace,
                      .password = panel.password,
                      .takes_answers = panel.takes_answers,
                      .progress = [tell](double done) { tell(tr_format("Encoding, {:.0f} %", done * 100)); }};
  constexpr std::uint64_t kMegabyte = 1'000'000;
  if (panel.megabytes > 0) request.limit_bytes = std::uint64_t(panel.megabytes) * kMegabyte;
  struct Made {
    ShareTerms terms;
    std::string fragment;
  };
  desk_.at_place(
      {"share", library.clips.get()}, alive_,
      [&library, clip, request, tell](std::stop_token stop) -> Result<Made> {
        const auto file = ShareFile::prepare(library, clip, request, stop);
        if (!file) return std::unexpected(file.error());
        tell(tr_format("Saving {}…", format_size(file->size_bytes())));
        if (auto written = file->write(stop); !written) return std::unexpected(written.error());
        return Made{file->terms(), file->fragment()};
      },
      [this, &library, id = clip.id, out = *out](Result<Made> made) {
        if (made && !made->fragment.empty()) {
          set_clipboard_(out.filename().string() + made->fragment);
          desk_.notices.show(NoticeKind::Info, tr("The file is locked"),
                             tr("What opens it is copied: its name and what follows in the address. Send "
                                "that by another way."));
        }
        note_file(library, id, out.string(),
                  made ? Result<ShareTerms>(made->terms) : std::unexpected(made.error()));
      });
}

void ShareDesk::note_file(OpenLibrary& library, const std::string& clip, const std::string& file,
                          Result<ShareTerms> made) {
  set_doing("");
  if (!made) {
    if (!made.error().is_control())
      desk_.notices.show(NoticeKind::Failure, tr("The file could not be saved"), made.error().message);
    return;
  }
  if (!say(library, clip, *made)) return;
  desk_.notices.show(
      NoticeKind::Success, tr_in("a file", "Saved"), file, tr_in("button", "Show"),
      [this, folder = std::filesystem::path(file).parent_path()] { show_folder(desk_, folder); });
  list_shared();
}

void ShareDesk::copy_share(const std::string& share) {
  const auto& panel = desk_.state.watch.share;
  if (!panel) return;
  const auto found = std::ranges::find(panel->shared, share, &SharedView::share);
  if (found == panel->shared.end() || found->link.empty()) return;
  set_clipboard_(found->link);
  desk_.notices.show(NoticeKind::Success, tr("Link copied"));
}

// What was answered before is taken up first.
void ShareDesk::end_share(const std::string& share) {
  const auto& panel = desk_.state.watch.share;
  if (!panel) return;
  const auto library = desk_.application.library_of(panel->clip);
  if (!library) return;
  const auto known = (*library)->session->index().share(share);
  if (!known) return;
  if (known->terms.form == ShareForm::File) return end_answered(**library, *known);
  desk_.at_place(
      {"share", (*library)->clips.get()}, alive_,
      [place = (*library)->session->shared_storage(), share](std::stop_token stop) {
        return waiting_answers(*place, share, stop);
      },
      [this, opened = *library, known = *known](const Result<std::string>& waiting) {
        Result<void> taken;
        if (!waiting) taken = std::unexpected(waiting.error());
        if (waiting && !waiting->empty()) {
          if (const auto pasted = paste_answers(*waiting, {opened}); !pasted)
            taken = std::unexpected(pasted.error());
        }
        if (!taken)
          return desk_.notices.show(
              NoticeKind::Failure, tr("Sharing goes on"),
              tr_format("Its last answers can't be fetched now: {}", taken.error().message));
        end_answered(*opened, known);
      });
}

// It has ended with the word; the page goes as soon as the place answers.
void ShareDesk::end_answered(OpenLibrary& library, const Share& known) {
  LibrarySession& session = *library.session;
  const auto said = session.say(ShareEvent{.clip = known.clip, .terms = known.terms, .is_off = true});
  if (!said)
    return desk_.notices.show(NoticeKind::Failure, tr("Sharing could not be stopped"), said.error().message);
  const std::string stays = what_stays(session, known, wall_now(), desk_.application.time_zone());
  list_shared();
  if (known.terms.form == ShareForm::File)
    return desk_.notices.show(NoticeKind::Info, tr("Sharing stopped"), stays);
  desk_.at_place(
      {"share", library.clips.get()}, alive_,
      [place = session.shared_storage(), id = known.terms.share](std::stop_token stop) {
        auto removed = remove_page(*place, id, stop);
        return removed ? remove_answers(*place, id, stop) : removed;
      },
      [this, stays](const Result<void>& removed) {
        if (removed) return desk_.notices.show(NoticeKind::Info, tr("Sharing stopped"), stays);
        desk_.notices.show(NoticeKind::Failure, tr("The page is still there"),
                           tr_format("{} End it with `meanwhile share --off` when the library is back.",
                                     removed.error().message));
      });
}

}  // namespace meanwhile
