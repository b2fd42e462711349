#include "app/window/desks.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "app/platform/audio_output.h"
#include "app/platform/window.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "media/record/take_summary.h"
#include "upload/sync.h"

namespace meanwhile {

Desks::Desks(Desk& desk, Window& window)
    : desk_(desk),
      window_(window),
      inbox(
          desk_,
          {.on_poster = [this] { on_poster(); },
           .play = [this](const std::vector<std::string>& some) { queue.start({some.begin(), some.end()}); },
           .wake = [&window] { window.wake(); }}),
      record(desk_, window_,
             [this](const TakeSummary& summary) {
               if (!reply.take_over(summary)) pages.show_take(summary);
               transcripts.consider();
             }),
      publish(desk_, {.set_clipboard = [this](const std::string& text) { window_.set_clipboard(text); },
                      .make_output = [] { return make_audio_output(); },
                      .wake = [&window] { window.wake(); },
                      .poster = [this](const Take& take) { return inbox.poster(take); },
                      .on_change = [this] { inbox.refresh(); }}),
      answers(desk_, answer_hooks()),
      reply(
          desk_, record, answers, [] { return make_audio_output(); }, [&window] { window.wake(); }),
      watch(
          desk_, answers, [] { return make_audio_output(); }, [&window] { window.wake(); },
          [this](const OpenLibrary& library, const Clip& clip) { return inbox.card(library, clip); }),
      queue(desk_, [this](const std::string& clip) { return pages.open_to_play(clip); }),
      news(desk_, news_calls()),
      libraries(desk_, library_calls()),
      members(desk_),
      moves(desk_, [this] { show_news(); }),
      settings(desk_, {.on_change = [this](const Settings& before) { on_settings(before); },
                       .on_sending = [this] { inbox.refresh(); },
                       .is_metered = [this] { return libraries.is_metered(); },
                       .fill_libraries = [this] { libraries.fill(); }}),
      pages(desk_, window_,
            {.inbox = inbox,
             .record = record,
             .reply = reply,
             .publish = publish,
             .watch = watch,
             .settings = settings}),
      clips(desk_, clip_calls()),
      shares(desk_, [this](const std::string& text) { window_.set_clipboard(text); }),
      arranging(desk_, {.show = [this](const Arrangement& arrangement) { watch.preview(arrangement); },
                        .show_saved = [this] { watch.preview(std::nullopt); },
                        .show_uncut = [this](bool uncut) { watch.show_uncut(uncut); },
                        .on_change = [this] { show_news(); },
                        .open_draft =
                            [this](const std::string& take, const Arrangement& arrangement) {
                              return pages.open_to_arrange(take, arrangement);
                            },
                        .close_draft = [this](const std::string& take) { pages.open_take(take); },
                        .pointer = [this] { return watch.pointer(); }}),
      imports(desk_, {.open_take = [this](const std::string& take) { pages.open_take(take); },
                      .on_change =
                          [this] {
                            inbox.refresh();
                            transcripts.consider();
                          }}),
      transcripts(desk_, [this] { show_news(); }),
      actions{.app = pages,
              .inbox = inbox,
              .record = record,
              .publish = publish,
              .watch = watch,
              .answers = answers,
              .queue = queue,
              .clips = clips,
              .shares = shares,
              .arrange = arranging,
              .libraries = libraries,
              .members = members,
              .settings = settings,
              .notices = desk_.notices} {}

Desks::~Desks() {
  // They must not report to a window that is gone.
  libraries.stop();
}

NewsDesk::Calls Desks::news_calls() {
  return {.watch =
              [this](const std::string& clip) {
                window_.raise();
                pages.open_to_play(clip);
              },
          .show_inbox =
              [this] {
                window_.raise();
                pages.show_page(PageId::Inbox);
              }};
}

LibraryDesk::Calls Desks::library_calls() {
  return {.on_report = [this](const std::string& library,
                              const Result<SyncReport>& report) { return on_report(library, report); },
          .on_outbox = [this] { on_outbox_change(); },
          .on_libraries = [this] { on_libraries(); },
          .on_kept = [this] { inbox.refresh(); },
          .set_clipboard = [this](const std::string& text) { window_.set_clipboard(text); },
          .sync_failure = [this](const std::string& id) { return inbox.failure_of(id); }};
}

AnswerDesk::Hooks Desks::answer_hooks() {
  return {.play = [this] { watch.play(); },
          .pause = [this] { watch.pause(); },
          .seek = [this](MediaTime moment) { watch.seek(moment); },
          .play_here = [this](const std::string& comment,
                              const std::string& clip) { watch.play_answer(comment, clip); },
          .seek_here = [this](MediaTime moment) { watch.answer().seek(moment); },
          .close_here = [this] { watch.answer().close(); },
          .watch = [this](const std::string& clip) { pages.watch_answer(clip); },
          .begin_recording = [this](ReplyKind kind) { reply.begin(kind); },
          .cancel_recording = [this] { reply.cancel(); },
          .play_recording = [this] { reply.play_pause(); },
          .redo_recording = [this] { reply.redo(); },
          .send_recording = [this] { reply.send(); },
          .poster = [this](const OpenLibrary& library,
                           const std::string& clip) { return inbox.poster(library, clip); },
          .on_said = [this] { inbox.refresh(); }};
}

ClipDesk::Calls Desks::clip_calls() {
  return {.on_change = [this] { show_news(); },
          .on_kept = [this] { libraries.plan_prefetch(); },
          .show_inbox = [this] { pages.show_page(PageId::Inbox); },
          .move = [this](const std::string& clip, const std::string& library) { moves.begin(clip, library); },
          .set_clipboard = [this](const std::string& text) { window_.set_clipboard(text); }};
}

void Desks::on_libraries() {
  send_takes();
  inbox.refresh();
  libraries.plan_prefetch();
  moves.try_again();
  if (page() == PageId::Publish) publish.fill_destination();
  pages.look_for_wanted();
  transcripts.consider();
  watch.captions().give_what_is_left();
}

// What is shown of clips and words may be so no more.
void Desks::show_news() {
  inbox.refresh();
  if (page() == PageId::Watch) watch.refresh();
}

// true: there is something new to see. Each few seconds there isn't.
bool Desks::on_report(const std::string& library, const Result<SyncReport>& report) {
  const bool has_other_settings = desk_.application.take_up_settings();
  if (has_other_settings) on_other_settings();
  const bool was_seen = desk_.state.inbox.is_syncing || desk_.state.inbox.sync_failed;
  const bool had_failed = desk_.state.inbox.sync_failed;
  const bool is_first = !inbox.was_reached(library);
  inbox.note_sync(library, report);
  if (is_first) pages.look_for_wanted();
  const bool is_news = report && (report->batches > 0 || report->changed);
  if (is_news || !report || had_failed || is_first) {
    show_news();
    look_for_news();
  }
  if (is_news || (report && had_failed)) libraries.plan_prefetch();
  if (page() == PageId::Settings) settings.fill();
  if (!report) return true;
  for (const std::string& warning : report->warnings) desk_.notices.show(NoticeKind::Warning, warning);
  return is_news || is_first || was_seen || has_other_settings || !report->warnings.empty() ||
         page() == PageId::Settings;
}

// In this window.
void Desks::on_settings(const Settings& before) {
  const Settings& now = desk_.application.settings();
  if (now.time_zone != before.time_zone || now.notify != before.notify || now.language != before.language)
    inbox.refresh();
  if (now.prefetch_mb != before.prefetch_mb) libraries.plan_prefetch();
  if (now.watch_while_recording != before.watch_while_recording) send_takes();
  if (now.scale != before.scale) window_.set_scale(window_scale(now));
  record.note_settings(before);
  if (now.write_down != before.write_down) transcripts.consider();
}

// Another command changed them.
void Desks::on_other_settings() {
  settings.fill();
  libraries.start();
  on_libraries();
  if (page() == PageId::Watch) watch.refresh();
}

void Desks::on_outbox_change() {
  if (auto noted = desk_.application.note_published(); !noted) {
    desk_.notices.show(NoticeKind::Warning, tr("A published draft could not be marked as such"),
                       noted.error().message);
  }
  publish.note_progress();
  moves.go_on();
  transcripts.consider();
  watch.captions().refresh();
  inbox.refresh();
}

// Who did something a moment ago sees what comes.
void Desks::look_for_news() {
  constexpr std::chrono::seconds kMoment{30};
  const auto last = inbox.last_presence();
  news.look(last && wall_now() - *last < kMoment && !window_.is_minimised());
}

void Desks::on_poster() {
  inbox.refresh();
  if (page() == PageId::Watch) answers.refresh();
  if (page() == PageId::Publish) publish.fill_poster();
}

void Desks::send_takes() {
  auto library = desk_.application.library();
  if (!library) return record.send_to(nullptr, nullptr);
  const bool is_live = desk_.application.settings().watch_while_recording;
  record.send_to(&(*library)->outbox(), is_live ? (*library)->log() : nullptr);
}

}  // namespace meanwhile
