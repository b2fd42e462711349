#include "app/window/controller.h"

#include <algorithm>

#include "app/library/time_words.h"
#include "app/link.h"
#include "app/platform/audio_output.h"
#include "app/platform/stop_signal.h"
#include "app/trash.h"
#include "app/window/exports.h"
#include "app/window/zones.h"
#include "media/base/log.h"

namespace meanwhile {
namespace {

// "3 min ago" grows old.
constexpr std::chrono::seconds kAgesInterval{30};

int scale_percent(const Settings& settings) {
  return settings.scale <= 0 ? 100 : std::clamp(static_cast<int>(settings.scale * 100), 100, 200);
}

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
      mailbox_([&window] { window.wake(); }),
      desk_{application_, state_, notices_, mailbox_, worker_, clock_},
      inbox_(desk_, [this] { on_poster(); }),
      record_(desk_, window_, [this](const TakeSummary& summary) { show_take(summary); }),
      publish_(
          desk_, [] { return make_audio_output(); }, [&window] { window.wake(); },
          [this] { inbox_.refresh(); }),
      watch_(
          desk_, [] { return make_audio_output(); }, [&window] { window.wake(); },
          [this](const OpenLibrary& library, const Clip& clip) { return inbox_.card(library, clip); }),
      queue_(desk_, [this](const std::string& clip) { return open_to_play(clip); }),
      libraries_(desk_,
                 {.on_report = [this](const std::string& library,
                                      const Result<SyncReport>& report) { on_report(library, report); },
                  .on_outbox = [this] { on_outbox_change(); },
                  .on_libraries = [this] { on_libraries(); },
                  .on_kept = [this] { inbox_.refresh(); },
                  .set_clipboard = [&window](const std::string& text) { window.set_clipboard(text); },
                  .sync_failure = [this](const std::string& id) { return inbox_.failure_of(id); }}) {}

Controller::~Controller() {
  // They must not report to a window that is gone.
  libraries_.stop();
}

void Controller::start(const StartPlace& place) {
  for (const std::string& warning : application_.warnings()) notices_.show(NoticeKind::Warning, warning);
  libraries_.start();
  on_libraries();
  recover_takes();
  fill_settings();
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

void Controller::on_report(const std::string& library, const Result<SyncReport>& report) {
  const bool had_failed = state_.inbox.sync_failed;
  inbox_.note_sync(library, report);
  const bool is_news = report && (report->batches > 0 || report->changed);
  if (is_news || !report || had_failed) {
    inbox_.refresh();
    if (state_.page == PageId::Watch) watch_.refresh();
  }
  if (is_news || (report && had_failed)) libraries_.plan_prefetch();
  if (state_.page == PageId::Settings) fill_settings();
  if (!report) return;
  for (const std::string& warning : report->warnings) notices_.show(NoticeKind::Warning, warning);
}

void Controller::on_outbox_change() {
  if (auto noted = application_.note_published(); !noted) {
    notices_.show(NoticeKind::Warning, "A published take could not be marked as such", noted.error().message);
  }
  publish_.note_progress();
  inbox_.refresh();
}

void Controller::draw(Painter& painter) {
  mailbox_.deliver();
  record_.update();
  watch_.update();
  publish_.update();
  queue_.update();
  look_after_tour();
  if (is_play_wanted_ && state_.page == PageId::Watch && state_.watch.player.duration > MediaTime{}) {
    is_play_wanted_ = false;
    watch_.play_pause();
  }
  if (!ages_due_ || *ages_due_ <= clock_.now()) {
    ages_due_ = clock_.now() + kAgesInterval;
    inbox_.refresh();
  }
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
  for (const auto& other : {record_.next_change(), watch_.next_change(), publish_.next_change(), queue_.next_change(),
                            tour_end_}) {
    if (other && (!next || *other < *next)) next = other;
  }
  return next;
}

bool Controller::may_close() {
  if (!record_.is_recording()) return true;
  notices_.show(NoticeKind::Warning, "A recording is running",
                "Stop it first; closing the window then loses nothing.");
  return false;
}

void Controller::leave_page() {
  if (state_.page == PageId::Watch) watch_.close();
  if (state_.page == PageId::Record) record_.disarm();
  if (state_.page == PageId::Publish) publish_.leave();
}

void Controller::show_page(PageId page) {
  if (page == PageId::Watch || page == PageId::Publish) return;  // those come with a clip or a take
  if (page != state_.page) leave_page();
  state_.page = page;
  if (page == PageId::Record) record_.arm();
  if (page == PageId::Inbox) inbox_.refresh();
  if (page == PageId::Settings) fill_settings();
}

void Controller::go_back() {
  if (window_.is_full_screen()) return toggle_full_screen();
  if (state_.page == PageId::Watch || state_.page == PageId::Publish) show_page(PageId::Inbox);
}

void Controller::toggle_full_screen() {
  window_.set_full_screen(!window_.is_full_screen());
  state_.watch.is_full_screen = window_.is_full_screen();
}

void Controller::open_clip(const std::string& clip) {
  open_clip_at(clip, MediaTime{});
}

void Controller::open_clip_at(const std::string& clip, MediaTime at) {
  leave_page();
  if (auto opened = watch_.open_clip(clip, at); !opened) {
    notices_.show(NoticeKind::Failure, "The clip can't be opened", opened.error().message);
    return;
  }
  state_.page = PageId::Watch;
}

bool Controller::open_to_play(const std::string& clip) {
  leave_page();
  if (!watch_.open_clip(clip, MediaTime{})) return false;
  state_.page = PageId::Watch;
  is_play_wanted_ = true;
  return true;
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

void Controller::open_take(const std::string& take) {
  leave_page();
  if (auto opened = publish_.open(take); !opened) {
    notices_.show(NoticeKind::Failure, "The take can't be opened", opened.error().message);
    return show_page(PageId::Inbox);
  }
  state_.page = PageId::Publish;
  on_poster();
}

void Controller::on_poster() {
  inbox_.refresh();
  if (state_.page != PageId::Publish) return;
  if (auto take = application_.take(state_.publish.take)) publish_.show_poster(inbox_.poster(*take));
}

void Controller::show_take(const TakeSummary& summary) {
  state_.page = PageId::Inbox;  // the Record page's devices are let go already
  inbox_.refresh();
  open_take(summary.clip);
}

void Controller::set_countdown(bool on) {
  state_.record.countdown = state_.settings.countdown = application_.settings().countdown = on;
  save_settings();
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

void Controller::fill_settings() {
  const Settings& settings = application_.settings();
  SettingsState& page = state_.settings;
  page.name = application_.person_name();
  page.time_zone = application_.time_zone();
  if (page.time_zones.empty()) page.time_zones = all_time_zones();
  const auto dash = settings.hours.find('-');
  page.hours_from = settings.hours.substr(0, dash);
  page.hours_to = dash == std::string::npos ? "" : settings.hours.substr(dash + 1);
  page.work_days = to_text(application_.schedule().days);
  page.days_off = settings.days_off;
  page.shares_watching = settings.share_watching;
  page.notifies = settings.notify;
  page.theme = settings.theme == ThemeSetting::Light ? ThemeChoice::Light : ThemeChoice::Dark;
  page.scale_percent = scale_percent(settings);
  page.countdown = settings.countdown;
  page.max_width = settings.max_width;
  page.cache_limit_gb = settings.cache_limit_gb;
  page.prefetch_mb = settings.prefetch_mb;
  page.is_metered = libraries_.is_metered();
  page.highlight_clicks = settings.highlight_clicks;
  page.sends_while_recording = settings.upload_while_recording;
  page.watched_while_recording = settings.watch_while_recording;
  fill_sending();
  page.data_folder = application_.home().data().string();
  page.version = MEANWHILE_VERSION;
  libraries_.fill();
}

void Controller::save_settings() {
  if (auto saved = application_.save_settings(); !saved) {
    notices_.show(NoticeKind::Warning, "The settings could not be saved", saved.error().message);
  }
  if (application_.library()) (void)application_.introduce();
  fill_settings();
}

void Controller::set_name(const std::string& name) {
  application_.settings().name = name;
  save_settings();
}

void Controller::set_time_zone(const std::string& zone) {
  application_.settings().time_zone = zone;
  save_settings();
  inbox_.refresh();
}

void Controller::set_hours(const std::string& from, const std::string& to) {
  const std::string hours = from.empty() && to.empty() ? "" : from + "-" + to;
  if (!hours.empty() && !parse_day_hours(hours)) {
    notices_.show(NoticeKind::Warning, "'" + hours + "' are no working hours",
                  "Write them like 09:00 and 17:00.");
    return;
  }
  application_.settings().hours = hours;
  save_settings();
}

void Controller::set_work_days(const std::string& days) {
  application_.settings().work_days = days;
  save_settings();
}

void Controller::set_days_off(const std::string& days) {
  if (!parse_days_off(days)) {
    notices_.show(NoticeKind::Warning, "'" + days + "' are no days off",
                  "Write them like 2026-12-24..2027-01-02, several with a comma between.");
    return;
  }
  application_.settings().days_off = days;
  save_settings();
}

void Controller::set_share_watching(bool on) {
  application_.settings().share_watching = on;
  save_settings();
}

void Controller::set_notifies(bool on) {
  application_.settings().notify = on;
  save_settings();
}

void Controller::set_theme(ThemeChoice theme) {
  application_.settings().theme = theme == ThemeChoice::Light ? ThemeSetting::Light : ThemeSetting::Dark;
  save_settings();
}

void Controller::set_scale(int percent) {
  application_.settings().scale = percent / 100.0;
  window_.set_scale(percent / 100.0);
  save_settings();
}

void Controller::set_prefetch(int megabytes) {
  application_.settings().prefetch_mb = megabytes;
  save_settings();
  libraries_.plan_prefetch();
}

void Controller::set_cache_limit(double gigabytes) {
  application_.settings().cache_limit_gb = gigabytes;
  save_settings();
  const auto libraries = application_.libraries();
  if (!libraries) return;
  for (const OpenLibrary* library : *libraries)
    library->clips->cache().set_limit(cache_limit_bytes(application_.settings()));
}

void Controller::set_max_width(int pixels) {
  application_.settings().max_width = pixels;
  save_settings();
}

// From the next time that the Record page is opened.
void Controller::set_send_while_recording(bool on) {
  application_.settings().upload_while_recording = on;
  save_settings();
}

void Controller::send_takes() {
  auto library = application_.library();
  if (!library) return record_.send_to(nullptr, nullptr);
  const bool is_live = application_.settings().watch_while_recording;
  record_.send_to(&(*library)->outbox(), is_live ? (*library)->log() : nullptr);
}

void Controller::set_watch_while_recording(bool on) {
  application_.settings().watch_while_recording = on;
  save_settings();
  send_takes();
}

void Controller::fill_sending() {
  auto library = application_.library();
  if (!library) return;
  const SendingLimits limits = (*library)->outbox().limits().value_or(SendingLimits{});
  state_.settings.sending_paused = limits.is_paused;
  state_.settings.sending_limit_kbit = static_cast<int>(limits.bytes_per_second / kBytesPerKilobit);
}

// One line out of the house: what is paused or limited is so for all libraries.
void Controller::change_sending(const std::function<void(SendingLimits&)>& change) {
  const auto libraries = application_.libraries();
  if (!libraries) return;
  for (OpenLibrary* library : *libraries) {
    Outbox& outbox = library->session->outbox();
    SendingLimits limits = outbox.limits().value_or(SendingLimits{});
    change(limits);
    if (auto changed = outbox.set_limits(limits); !changed)
      notices_.show(NoticeKind::Warning, "Sending goes on as before", changed.error().message);
  }
  inbox_.refresh();
  fill_settings();
}

void Controller::pause_sending(bool paused) {
  change_sending([paused](SendingLimits& limits) { limits.is_paused = paused; });
}

void Controller::limit_sending(int kilobits_per_second) {
  change_sending([kilobits_per_second](SendingLimits& limits) {
    limits.bytes_per_second = static_cast<std::uint64_t>(kilobits_per_second) * kBytesPerKilobit;
  });
}

void Controller::set_highlight_clicks(bool on) {
  application_.settings().highlight_clicks = on;
  save_settings();
}

void Controller::open_data_folder() {
  if (!open_in_file_manager(application_.home().data())) {
    notices_.show(NoticeKind::Info, "The folder is " + application_.home().data().string());
  }
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
