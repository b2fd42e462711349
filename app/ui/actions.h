// What the person asked for. The window calls these while it draws; the application does them, at once or
// later, and the next state shows what became of it. Nothing here may block. Main thread only.
#pragma once

#include <cstdint>
#include <string>

#include "app/ui/answer_actions.h"
#include "app/ui/state.h"

namespace meanwhile {

class Actions {
 public:
  virtual ~Actions() = default;

  // Going places.
  virtual void show_page(PageId page) = 0;
  virtual void go_back() = 0;  // Esc: out of full screen, else from Watch and Publish to the Inbox
  virtual void show_shortcuts(bool shown) = 0;
  virtual void toggle_full_screen() = 0;

  // Inbox.
  virtual void open_clip(const std::string& clip) = 0;
  virtual void search(const std::string& words) = 0;
  virtual void choose_filter(InboxFilter filter) = 0;
  virtual void choose_library(const std::string& id) = 0;       // empty: all; of all its channels
  virtual void choose_channel(const std::string& channel) = 0;  // empty: all
  virtual void choose_order(InboxOrder order) = 0;
  // These of the list are seen: more of it is loaded. Only called where state.inbox hasn't got them.
  virtual void show_clips(int first, int count) = 0;
  virtual void open_clip_at(const std::string& clip, MediaTime at) = 0;
  virtual void archive_clip(const std::string& clip, bool archived) = 0;  // for oneself
  virtual void archive_channel(const std::string& library, const std::string& channel, bool archived) = 0;
  virtual void play_all() = 0;  // what is new, one clip after the other
  virtual void sync_now() = 0;
  virtual void open_take(const std::string& take) = 0;  // on the Publish page
  virtual void discard_take(const std::string& take) = 0;
  virtual void restore_clip(const std::string& clip) = 0;  // out of the trash

  // Record. The Record page is armed by show_page(Record) and let go by leaving it.
  virtual void choose_device(DeviceKind kind,
                             const std::string& spec) = 0;  // "default", "none" or a Device::spec
  virtual void set_system_audio(bool on) = 0;
  virtual void set_countdown(bool on) = 0;
  virtual void refresh_devices() = 0;
  virtual void begin_recording() = 0;  // counts down first, if that is on
  virtual void cancel_countdown() = 0;
  virtual void pause_recording() = 0;
  virtual void resume_recording() = 0;
  virtual void stop_recording() = 0;     // then the Publish page
  virtual void discard_recording() = 0;  // confirmed already
  virtual void restart_recording() = 0;  // confirmed already
  virtual void mute_recording(bool muted) = 0;
  virtual void say_again() = 0;  // back to the last pause in speech, two seconds of what stands, and on
  virtual void draw_on_screen(bool on) = 0;  // off: what was drawn is gone
  virtual void set_stand_aside(bool on) = 0;
  virtual void edit_notes(const std::string& notes) = 0;

  // Publish: state.publish.take.
  virtual void edit_title(const std::string& title) = 0;
  virtual void edit_channel(const std::string& channel) = 0;
  virtual void choose_destination(const std::string& library) = 0;  // an id
  virtual void publish() = 0;
  virtual void deliver_in_the_morning(bool on) = 0;
  virtual void trim_take(const Trim& trim) = 0;
  virtual void keep_take() = 0;     // later: back to the Inbox
  virtual void discard_take() = 0;  // confirmed already

  // What the page plays: the clip on Watch, the take on Publish.
  virtual void play_pause() = 0;
  virtual void seek(MediaTime moment) = 0;
  virtual void step_frames(int count) = 0;

  // Watch: state.watch.clip.
  virtual void set_speed(double speed) = 0;
  virtual void set_volume(double volume) = 0;
  virtual void set_muted(bool muted) = 0;
  virtual void set_layout(Layout layout) = 0;
  virtual void set_skip_pauses(bool on) = 0;
  virtual void set_loop(const Loop& loop) = 0;
  virtual void set_caption_look(const CaptionLook& look) = 0;
  virtual void set_mini(bool on) = 0;  // the picture alone, in a small window over all others
  virtual AnswerActions& answers() = 0;
  virtual void play_next() = 0;                       // of those that play one after the other
  virtual void leave_queue() = 0;                     // this one is the last
  virtual void share_watching_here(bool shared) = 0;  // in this clip's channel
  virtual void copy_link(const std::string& clip) = 0;
  virtual void export_clip(const std::string& clip) = 0;
  virtual void keep_clip(const std::string& clip, bool kept) = 0;                   // on this machine
  virtual void delete_clip(const std::string& clip) = 0;                            // confirmed already
  virtual void move_clip(const std::string& clip, const std::string& library) = 0;  // its id; likewise

  // Settings: one call for each change.
  virtual void set_name(const std::string& name) = 0;
  virtual void set_time_zone(const std::string& zone) = 0;
  virtual void set_hours(const std::string& from, const std::string& to) = 0;
  virtual void set_work_days(const std::string& days) = 0;
  virtual void set_days_off(const std::string& days) = 0;
  virtual void set_share_watching(bool on) = 0;
  virtual void set_notifies(bool on) = 0;
  virtual void add_library(const std::string& text) = 0;  // an invitation or a URL
  virtual void use_library(const std::string& url) = 0;   // to publish there by default
  // with_secret: the key or password goes along; asked about already.
  virtual void copy_invitation(const std::string& url, bool with_secret) = 0;
  virtual void leave_library(const std::string& url) = 0;    // confirmed already
  virtual void ask_storage_use(const std::string& url) = 0;  // shown already: hides it
  virtual void set_theme(ThemeSetting theme) = 0;
  virtual void set_motion(bool on) = 0;
  virtual void set_scale(int percent) = 0;
  virtual void set_prefetch(int megabytes) = 0;  // 0: none
  virtual void set_cache_limit(double gigabytes) = 0;
  virtual void set_max_width(int pixels) = 0;
  virtual void set_highlight_clicks(bool on) = 0;
  virtual void set_pause_when_writing(bool on) = 0;
  virtual void set_send_while_recording(bool on) = 0;
  // By others.
  virtual void set_watch_while_recording(bool on) = 0;
  // Clips wait, words go all the same.
  virtual void pause_sending(bool paused) = 0;
  // 0: no limit.
  virtual void limit_sending(int kilobits_per_second) = 0;
  virtual void open_data_folder() = 0;

  // Notices.
  virtual void dismiss_notice(std::uint64_t id) = 0;
  virtual void run_notice_action(std::uint64_t id) = 0;
};

}  // namespace meanwhile
