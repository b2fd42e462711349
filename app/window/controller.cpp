#include "app/window/controller.h"

#include <algorithm>

#include "app/libraries/trash.h"
#include "app/library/format.h"
#include "app/library/time_words.h"
#include "app/link.h"
#include "app/platform/audio_output.h"
#include "app/platform/stop_signal.h"
#include "app/window/exports.h"
#include "media/base/log.h"

namespace meanwhile {
namespace {

// "3 min ago" grows old.
constexpr std::chrono::seconds kAgesInterval{30};

// Closes the window at log-out or Ctrl-C; a take that runs is saved. Owns a thread.
class CloseAtSignal {
 public:
  CloseAtSignal(StopSignal& signal, Window& window)
      : signal_(signal), thread_([&signal, &window](const std::stop_token& stop) {
          while (!stop.stop_requested())
            if (signal.wait_for(std::chrono::hours(1))) window.close();
        }) {}
  ~CloseAtSignal() {
    thread_.request_stop();
    signal_.interrupt();
  }

 private:
  StopSignal& signal_;
  std::jthread thread_;
};

}  // namespace

Controller::Controller(Application& application, Window& window)
    : application_(application),
      window_(window),
      mailbox_([&window] { window.knock(); }),
      desk_{application_, state_, notices_, mailbox_, worker_, clock_},
      inbox_(desk_, [this] { on_poster(); }),
      record_(desk_, window_,
              [this](const TakeSummary& summary) {
                if (!reply_.take_over(summary)) show_take(summary);
              }),
      publish_(
          desk_, [] { return make_audio_output(); }, [&window] { window.wake(); },
          [this] { inbox_.refresh(); }),
      answers_(desk_, answer_hooks()),
      reply_(desk_, record_, answers_),
      watch_(
          desk_, answers_, [] { return make_audio_output(); }, [&window] { window.wake(); },
          [this](const OpenLibrary& library, const Clip& clip) { return inbox_.card(library, clip); }),
      queue_(desk_, [this](const std::string& clip) { return open_to_play(clip); }),
      news_(desk_, {.watch =
                        [this](const std::string& clip) {
                          window_.raise();
                          open_to_play(clip);
                        },
                    .show_inbox =
                        [this] {
                          window_.raise();
                          show_page(PageId::Inbox);
                        },
                    .set_title = [&window](const std::string& title) { window.set_title(title); }}),
      libraries_(desk_, {.on_report =
                             [this](const std::string& library, const Result<SyncReport>& report) {
                               return on_report(library, report);
                             },
                         .on_outbox = [this] { on_outbox_change(); },
                         .on_libraries = [this] { on_libraries(); },
                         .on_kept = [this] { inbox_.refresh(); },
                         .set_clipboard = [&window](const std::string& text) { window.set_clipboard(text); },
                         .sync_failure = [this](const std::string& id) { return inbox_.failure_of(id); }}),
      moves_(desk_, [this] { on_moved(); }),
      settings_(desk_, {.on_words = [this] { inbox_.refresh(); },
                        .on_sending = [this] { send_takes(); },
                        .on_prefetch = [this] { libraries_.plan_prefetch(); },
                        .is_metered = [this] { return libraries_.is_metered(); },
                        .set_scale = [&window](double scale) { window.set_scale(scale); },
                        .fill_libraries = [this] { libraries_.fill(); }}) {}

Controller::~Controller() {
  // They must not report to a window that is gone.
  libraries_.stop();
}

AnswerDesk::Hooks Controller::answer_hooks() {
  return {.play = [this] { watch_.play(); },
          .pause = [this] { watch_.pause(); },
          .seek = [this](MediaTime moment) { watch_.seek(moment); },
          .play_here = [this](const std::string& comment,
                              const std::string& clip) { watch_.play_answer(comment, clip); },
          .seek_here = [this](MediaTime moment) { watch_.answer().seek(moment); },
          .close_here = [this] { watch_.answer().close(); },
          .watch = [this](const std::string& clip) { watch_answer(clip); },
          .begin_recording = [this](ReplyKind kind) { reply_.begin(kind); },
          .cancel_recording = [this] { reply_.cancel(); },
          .poster = [this](const OpenLibrary& library,
                           const std::string& clip) { return inbox_.poster(library, clip); },
          .on_said = [this] { inbox_.refresh(); }};
}

void Controller::start(const StartPlace& place) {
  for (const std::string& warning : application_.warnings()) notices_.show(NoticeKind::Warning, warning);
  libraries_.start();
  on_libraries();
  recover_takes();
  settings_.fill();
  is_play_wanted_ = place.play;
  tour_ = place.tour;
  if (tour_) tour_end_ = clock_.now() + tour_->length;
  if (!place.clip.empty()) {
    if (auto opened = watch_.open_clip(place.clip, place.at)) {
      state_.page = PageId::Watch;
      return;
    }
    notices_.show(NoticeKind::Warning, "The clip " + place.clip + " isn't in your libraries yet",
                  "It may come with the next sync.");
  }
  show_page(place.page);
}

// Which are open may have changed.
void Controller::on_libraries() {
  send_takes();
  inbox_.refresh();
  libraries_.plan_prefetch();
  moves_.try_again();
}

// The page of a clip that was watched meanwhile goes on where the clip is now.
void Controller::on_moved() {
  inbox_.refresh();
  if (state_.page == PageId::Watch) watch_.refresh();
}

void Controller::recover_takes() {
  std::vector<std::string> warnings;
  for (const Take& take : application_.recover_takes(warnings)) {
    notices_.show(
        NoticeKind::Info, "A recording that was cut off was made whole: " + duration_words(take.duration),
        "Publish it or throw it away.", "Look at it", [this, clip = take.clip] { open_take(clip); });
  }
  for (const std::string& warning : warnings) notices_.show(NoticeKind::Warning, warning);
  inbox_.refresh();
}

// true: there is something new to see. Each few seconds there isn't.
bool Controller::on_report(const std::string& library, const Result<SyncReport>& report) {
  const bool has_other_settings = application_.take_up_settings();
  if (has_other_settings) on_other_settings();
  const bool was_seen = state_.inbox.is_syncing || state_.inbox.sync_failed;
  const bool had_failed = state_.inbox.sync_failed;
  inbox_.note_sync(library, report);
  const bool is_news = report && (report->batches > 0 || report->changed);
  if (is_news || !report || had_failed) {
    inbox_.refresh();
    if (state_.page == PageId::Watch) watch_.refresh();
    look_for_news();
  }
  if (is_news || (report && had_failed)) libraries_.plan_prefetch();
  if (state_.page == PageId::Settings) settings_.fill();
  if (!report) return true;
  for (const std::string& warning : report->warnings) notices_.show(NoticeKind::Warning, warning);
  return is_news || was_seen || has_other_settings || !report->warnings.empty() ||
         state_.page == PageId::Settings;
}

// Another command changed them.
void Controller::on_other_settings() {
  settings_.fill();
  libraries_.start();
  on_libraries();
  if (state_.page == PageId::Watch) watch_.refresh();
}

void Controller::on_outbox_change() {
  if (auto noted = application_.note_published(); !noted) {
    notices_.show(NoticeKind::Warning, "A published take could not be marked as such", noted.error().message);
  }
  publish_.note_progress();
  moves_.go_on();
  inbox_.refresh();
}

void Controller::draw(Painter& painter) {
  notices_.let_go_of_old();
  record_.update();
  reply_.update();
  watch_.update();
  answers_.update();
  publish_.update();
  queue_.update();
  look_after_tour();
  if (is_play_wanted_ && state_.page == PageId::Watch && state_.watch.player.duration > MediaTime{}) {
    is_play_wanted_ = false;
    watch_.play_pause();
  }
  if (!ages_due_ || *ages_due_ <= clock_.now()) {
    ages_due_ = clock_.now() + kAgesInterval;
    libraries_.say_arrivals();
    inbox_.refresh();
    if (state_.page == PageId::Publish) publish_.fill_reach();
    look_for_news();
  }
  if (const auto due = news_.next_duty(); due && *due <= clock_.now()) look_for_news();
  ui_.draw(state_, *this, painter);
  if (ui_.had_input()) inbox_.note_presence(wall_now());
}

// A tour ends with a picture of what the window shows then.
void Controller::look_after_tour() {
  if (!tour_end_ || clock_.now() < *tour_end_) return;
  tour_end_.reset();
  if (tour_->screenshot.empty()) return window_.close();
  window_.capture(tour_->screenshot, [this](Result<void> written) {
    if (!written) log(LogLevel::Error, written.error().message);
    window_.close();
  });
}

std::optional<MonotonicTime> Controller::next_change() {
  std::optional<MonotonicTime> next = ages_due_;
  for (const auto& other :
       {record_.next_change(), watch_.next_change(), answers_.next_change(), publish_.next_change(),
        queue_.next_change(), notices_.next_change(), tour_end_}) {
    if (other && (!next || *other < *next)) next = other;
  }
  return next;
}

// Minimised, too.
std::optional<MonotonicTime> Controller::next_duty() {
  const auto take = record_.next_duty();
  const auto news = news_.next_duty();
  return take && news ? std::min(take, news) : take ? take : news;
}

// Who did something a moment ago sees what comes.
void Controller::look_for_news() {
  constexpr std::chrono::seconds kMoment{30};
  const auto last = inbox_.last_presence();
  news_.look(last && wall_now() - *last < kMoment && !window_.is_minimised());
}

bool Controller::may_close() {
  if (!record_.is_recording()) return true;
  notices_.show(NoticeKind::Warning, "A recording is running",
                "Stop it first; closing the window then loses nothing.");
  return false;
}

// More would take a day to watch.
void Controller::play_all() {
  constexpr int kMostInQueue = 200;
  const auto clips = inbox_.unwatched(kMostInQueue);
  queue_.start({clips.begin(), clips.end()});
}

// While the page is drawn: the new cards are there in the next frame.
void Controller::show_clips(int first, int count) {
  inbox_.show_clips(first, count);
  window_.wake();
}

void Controller::sync_now() {
  inbox_.note_syncing();
  libraries_.sync_now();
  on_libraries();
}

void Controller::on_poster() {
  inbox_.refresh();
  if (state_.page == PageId::Watch) answers_.refresh();
  if (state_.page != PageId::Publish) return;
  if (auto take = application_.take(state_.publish.take)) publish_.show_poster(inbox_.poster(*take));
}

void Controller::play_pause() {
  state_.page == PageId::Publish ? publish_.play_pause() : watch_.play_pause();
}

void Controller::seek(MediaTime moment) {
  state_.page == PageId::Publish ? publish_.seek(moment) : watch_.seek(moment);
}

void Controller::step_frames(int count) {
  state_.page == PageId::Publish ? publish_.step_frames(count) : watch_.step_frames(count);
}

void Controller::keep_take() {
  show_page(PageId::Inbox);
}

void Controller::discard_take() {
  if (auto discarded = publish_.discard(); !discarded) {
    notices_.show(NoticeKind::Failure, "The take could not be thrown away", discarded.error().message);
    return;
  }
  state_.page = PageId::Inbox;
}

void Controller::copy_link(const std::string& clip) {
  const auto library = application_.library_of(clip);
  if (!library) return;
  window_.set_clipboard(to_text(ClipLink{.library = (*library)->session->id(), .clip = clip, .at = {}}));
  notices_.show(NoticeKind::Success, "Link copied", "It opens for people who share this library.");
}

void Controller::export_clip(const std::string& clip) {
  if (!state_.watch.export_progress.empty()) return;
  export_ = start_export(desk_, clip, state_.watch.layout);
}

void Controller::keep_clip(const std::string& clip, bool kept) {
  const auto library = application_.library_of(clip);
  if (!library) return;
  const auto changed = KeptClips((*library)->session->folder()).change([&](KeptRules& rules) {
    kept ? rules.keep_clip(clip) : rules.let_go_clip(clip);
  });
  if (!changed)
    notices_.show(NoticeKind::Failure, "What is kept could not be changed", changed.error().message);
  libraries_.plan_prefetch();
  inbox_.refresh();
  if (state_.page == PageId::Watch) watch_.refresh();
}

void Controller::delete_clip(const std::string& clip) {
  const auto library = application_.library_of(clip);
  if (!library) return;
  if (auto said = (*library)->session->say(DeleteClipEvent{.clip = clip}); !said) {
    notices_.show(NoticeKind::Failure, "The clip could not be deleted", said.error().message);
    return;
  }
  show_page(PageId::Inbox);
  notices_.show(NoticeKind::Info, "Deleted", "It can be brought back for 30 days: Inbox, Trash.", "Undo",
                [this, clip] { restore_clip(clip); });
}

void Controller::move_clip(const std::string& clip, const std::string& library) {
  show_page(PageId::Inbox);
  moves_.begin(clip, library);
}

void Controller::restore_clip(const std::string& clip) {
  const auto libraries = application_.libraries();
  if (!libraries) return;
  std::optional<Error> failure;
  for (OpenLibrary* library : *libraries) {
    const auto restored = meanwhile::restore_clip(*library->session, clip);
    if (restored) {
      notices_.show(NoticeKind::Success, "The clip is back");
      return inbox_.refresh();
    }
    if (!failure || restored.error().code != ErrorCode::NotFound) failure = restored.error();
  }
  if (failure) notices_.show(NoticeKind::Failure, "The clip can't be brought back", failure->message);
}

void Controller::send_takes() {
  auto library = application_.library();
  if (!library) return record_.send_to(nullptr, nullptr);
  const bool is_live = application_.settings().watch_while_recording;
  record_.send_to(&(*library)->outbox(), is_live ? (*library)->log() : nullptr);
}

Result<void> run_window(Application& application, const StartPlace& place) {
  const Settings& settings = application.settings();
  WindowOptions options{.scale = scale_percent(settings) / 100.0};
  if (settings.window_width > 0) options.width = settings.window_width;
  if (settings.window_height > 0) options.height = settings.window_height;
  StopSignal signal;  // before any thread
  auto window = Window::create(options);
  if (!window) return std::unexpected(window.error());
  const CloseAtSignal close_at_signal(signal, **window);
  Controller controller(application, **window);
  controller.start(place);
  (*window)->run(controller);
  return {};
}

}  // namespace meanwhile
