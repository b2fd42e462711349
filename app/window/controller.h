// Does what the person asks of the window: the Actions, and what the pages show.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "app/fetching/prefetch.h"
#include "app/platform/window.h"
#include "app/ui/actions.h"
#include "app/ui/ui.h"
#include "app/window/answer_desk.h"
#include "app/window/desk.h"
#include "app/window/inbox_desk.h"
#include "app/window/library_desk.h"
#include "app/window/move_desk.h"
#include "app/window/news_desk.h"
#include "app/window/publish_desk.h"
#include "app/window/queue_desk.h"
#include "app/window/record_desk.h"
#include "app/window/reply_desk.h"
#include "app/window/settings_desk.h"
#include "app/window/watch_desk.h"

namespace meanwhile {

// A window that closes by itself, for demonstrations and tests.
struct Tour {
  MediaTime length{};
  std::filesystem::path screenshot;  // of its end; "": none
};

// What the window begins with.
struct StartPlace {
  PageId page = PageId::Inbox;
  std::string clip;  // Watch: this clip, at `at`
  MediaTime at{};
  bool play = false;
  std::optional<Tour> tour;
};

class Controller final : public Actions, public WindowClient {
 public:
  Controller(Application& application, Window& window);
  ~Controller() override;

  void start(const StartPlace& place);

  // WindowClient
  void draw(Painter& painter) override;
  std::optional<MonotonicTime> next_change() override;
  std::optional<MonotonicTime> next_duty() override;
  bool answer_knock() override { return mailbox_.deliver(); }
  bool may_close() override;

  // Actions
  void show_page(PageId page) override;
  void go_back() override;
  void show_shortcuts(bool shown) override { state_.shortcuts_shown = shown; }
  void toggle_full_screen() override;
  void open_clip(const std::string& clip) override;
  void search(const std::string& words) override { inbox_.search(words); }
  void choose_filter(InboxFilter filter) override { inbox_.choose_filter(filter); }
  void choose_library(const std::string& id) override { inbox_.choose_library(id); }
  void choose_channel(const std::string& channel) override { inbox_.choose_channel(channel); }
  void choose_order(InboxOrder order) override { inbox_.choose_order(order); }
  void show_clips(int first, int count) override;
  void open_clip_at(const std::string& clip, MediaTime at) override;
  void archive_clip(const std::string& clip, bool archived) override { inbox_.archive_clip(clip, archived); }
  void archive_channel(const std::string& library, const std::string& channel, bool archived) override {
    inbox_.archive_channel(library, channel, archived);
  }
  void play_all() override;
  void sync_now() override;
  void open_take(const std::string& take) override;
  void discard_take(const std::string& take) override { inbox_.discard_take(take); }
  void restore_clip(const std::string& clip) override;
  void choose_device(DeviceKind kind, const std::string& spec) override { record_.choose_device(kind, spec); }
  void set_system_audio(bool on) override { record_.set_system_audio(on); }
  void set_countdown(bool on) override { settings_.set_countdown(on); }
  void refresh_devices() override { record_.refresh_devices(); }
  void begin_recording() override { record_.begin(); }
  void cancel_countdown() override { record_.cancel_countdown(); }
  void pause_recording() override { record_.pause(); }
  void resume_recording() override { record_.resume(); }
  void stop_recording() override { record_.stop(); }
  void discard_recording() override { record_.discard(); }
  void restart_recording() override { record_.restart(); }
  void mute_recording(bool muted) override { record_.mute(muted); }
  void say_again() override { record_.say_again(); }
  void draw_on_screen(bool on) override { record_.draw_on_screen(on); }
  void set_stand_aside(bool on) override { record_.set_stand_aside(on); }
  void edit_notes(const std::string& notes) override { record_.edit_notes(notes); }
  void edit_title(const std::string& title) override { publish_.edit_title(title); }
  void edit_channel(const std::string& channel) override { publish_.edit_channel(channel); }
  void choose_destination(const std::string& id) override { publish_.choose_library(id); }
  void publish() override { publish_.publish(); }
  void deliver_in_the_morning(bool on) override { publish_.deliver_in_the_morning(on); }
  void trim_take(const Trim& trim) override { publish_.trim(trim); }
  void keep_take() override;
  void discard_take() override;
  void play_pause() override;
  void seek(MediaTime moment) override;
  void step_frames(int count) override;
  void set_speed(double speed) override { watch_.set_speed(speed); }
  void set_volume(double volume) override { watch_.set_volume(volume); }
  void set_muted(bool muted) override { watch_.set_muted(muted); }
  void set_layout(Layout layout) override { watch_.set_layout(layout); }
  void set_skip_pauses(bool on) override { watch_.tools().set_skip_pauses(on); }
  void set_loop(const Loop& loop) override { watch_.tools().set_loop(loop); }
  void set_caption_look(const CaptionLook& look) override { watch_.tools().set_caption_look(look); }
  void set_mini(bool on) override;
  AnswerActions& answers() override { return answers_; }
  void play_next() override { queue_.play_next(); }
  void leave_queue() override { queue_.leave(); }
  void share_watching_here(bool shared) override { watch_.share_watching_here(shared); }
  void copy_link(const std::string& clip) override;
  void export_clip(const std::string& clip) override;
  void keep_clip(const std::string& clip, bool kept) override;
  void delete_clip(const std::string& clip) override;
  void move_clip(const std::string& clip, const std::string& library) override;
  void set_name(const std::string& name) override { settings_.set_name(name); }
  void set_time_zone(const std::string& zone) override { settings_.set_time_zone(zone); }
  void set_hours(const std::string& from, const std::string& to) override { settings_.set_hours(from, to); }
  void set_work_days(const std::string& days) override { settings_.set_work_days(days); }
  void set_days_off(const std::string& days) override { settings_.set_days_off(days); }
  void set_share_watching(bool on) override { settings_.set_share_watching(on); }
  void set_notifies(bool on) override { settings_.set_notifies(on); }
  void add_library(const std::string& text) override { libraries_.add(text); }
  void use_library(const std::string& url) override { libraries_.use(url); }
  void copy_invitation(const std::string& url, bool with_secret) override {
    libraries_.copy_invitation(url, with_secret);
  }
  void leave_library(const std::string& url) override { libraries_.leave(url); }
  void ask_storage_use(const std::string& url) override { libraries_.ask_storage_use(url); }
  void set_theme(ThemeSetting theme) override { settings_.set_theme(theme); }
  void set_motion(bool on) override { settings_.set_motion(on); }
  void set_scale(int percent) override { settings_.set_scale(percent); }
  void set_prefetch(int megabytes) override { settings_.set_prefetch(megabytes); }
  void set_cache_limit(double gigabytes) override { settings_.set_cache_limit(gigabytes); }
  void set_max_width(int pixels) override { settings_.set_max_width(pixels); }
  void set_highlight_clicks(bool on) override { settings_.set_highlight_clicks(on); }
  void set_pause_when_writing(bool on) override { settings_.set_pause_when_writing(on); }
  void set_send_while_recording(bool on) override { settings_.set_send_while_recording(on); }
  void set_watch_while_recording(bool on) override { settings_.set_watch_while_recording(on); }
  void pause_sending(bool paused) override { settings_.pause_sending(paused); }
  void limit_sending(int kilobits_per_second) override { settings_.limit_sending(kilobits_per_second); }
  void open_data_folder() override { settings_.open_data_folder(); }
  void dismiss_notice(std::uint64_t id) override { notices_.dismiss(id); }
  void run_notice_action(std::uint64_t id) override { notices_.run_action(id); }

 private:
  void on_libraries();
  void open_clip_from(const std::string& clip, std::optional<MediaTime> at);
  bool open_to_play(const std::string& clip);
  void look_for_news();
  void on_moved();
  void recover_takes();
  void send_takes();
  void leave_page();
  void look_after_tour();
  void show_take(const TakeSummary& summary);
  bool on_report(const std::string& library, const Result<SyncReport>& report);
  void on_outbox_change();
  void on_other_settings();
  void on_poster();
  AnswerDesk::Hooks answer_hooks();
  void watch_answer(const std::string& clip);
  bool return_from_answer();

  Application& application_;
  Window& window_;
  const SteadyClock clock_;
  UiState state_;
  Ui ui_;
  Notices notices_{state_.notices, clock_};
  Mailbox mailbox_;
  Worker worker_;
  Desk desk_;
  InboxDesk inbox_;
  RecordDesk record_;
  PublishDesk publish_;
  AnswerDesk answers_;
  ReplyDesk reply_;
  WatchDesk watch_;
  QueueDesk queue_;
  NewsDesk news_;
  LibraryDesk libraries_;
  MoveDesk moves_;
  SettingsDesk settings_;
  std::optional<std::jthread> export_;
  std::optional<MonotonicTime> ages_due_;
  // Where a recorded answer hangs that is being watched.
  struct ReturnPlace {
    std::string clip;
    MediaTime at{};
  };
  std::optional<ReturnPlace> return_to_;
  bool is_play_wanted_ = false;
  std::optional<Tour> tour_;
  std::optional<MonotonicTime> tour_end_;
};

// Opens the window and runs it until it is closed. Errors: Unavailable (no display).
Result<void> run_window(Application& application, const StartPlace& place);

}  // namespace meanwhile
