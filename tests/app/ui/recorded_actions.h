// Actions that only remember what they were asked for, in words: "seek 83000000".
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "app/ui/actions.h"
#include "media/base/layout.h"

namespace meanwhile {

class RecordedAnswers final : public AnswerActions {
 public:
  explicit RecordedAnswers(std::vector<std::string>& recorded) : calls(recorded) {}
  std::vector<std::string>& calls;
  std::function<void()> on_resolve;

  void edit_draft(const std::string& text) override { calls.push_back("edit_draft " + text); }
  void begin_reply(const std::string& comment) override { calls.push_back("begin_reply " + comment); }
  void mark_range(MediaTime from, MediaTime to) override {
    calls.push_back(fmt::format("mark_range {} {}", from.count(), to.count()));
  }
  void cancel_draft() override { calls.emplace_back("cancel_draft"); }
  void send_draft() override { calls.emplace_back("send_draft"); }
  void begin_edit(const std::string& comment) override { calls.push_back("begin_edit " + comment); }
  void change_edit(const std::string& text) override { calls.push_back("change_edit " + text); }
  void cancel_edit() override { calls.emplace_back("cancel_edit"); }
  void send_edit() override { calls.emplace_back("send_edit"); }
  void show_versions(const std::string& comment) override { calls.push_back("show_versions " + comment); }
  void resolve(const std::string& comment, bool resolved) override {
    calls.push_back(fmt::format("resolve {} {}", comment, resolved));
    if (on_resolve) on_resolve();
  }
  void delete_comment(const std::string& comment) override { calls.push_back("delete_comment " + comment); }
  void export_comments(CommentFormat format) override {
    calls.push_back(fmt::format("export_comments {}", format_name(format)));
  }
  void set_drawing(bool on) override { calls.emplace_back(on ? "set_drawing" : "end_drawing"); }
  void choose_tool(ShapeKind tool) override {
    calls.push_back(fmt::format("choose_tool {}", shape_name(tool)));
  }
  void choose_color(ShapeColor color) override {
    calls.push_back(fmt::format("choose_color {}", color_name(color)));
  }
  void add_shape(const Shape& shape) override {
    shapes.push_back(shape);
    calls.push_back(fmt::format("add_shape {} {}", shape_name(shape.kind), color_name(shape.color)));
  }
  void undo_shape() override { calls.emplace_back("undo_shape"); }
  void react(const std::string& name) override { calls.push_back("react " + name); }
  void set_asking(bool on) override { calls.emplace_back(on ? "set_asking" : "end_asking"); }
  void choose_ask_kind(AskKind kind) override {
    calls.push_back(fmt::format("choose_ask_kind {}", ask_kind_name(kind)));
  }
  void toggle_asked(const std::string& person) override { calls.push_back("toggle_asked " + person); }
  void choose_reply_by(const std::optional<ReplyByView>& by) override {
    calls.push_back("choose_reply_by " + (by ? by->label : "none"));
  }
  void answer_ask(const std::string& comment) override { calls.push_back("answer_ask " + comment); }
  void acknowledge(const std::string& comment) override { calls.push_back("acknowledge " + comment); }
  void pass_ask() override { calls.emplace_back("pass_ask"); }
  void begin_recorded_reply(ReplyKind kind) override {
    calls.push_back(fmt::format("begin_recorded_reply {}", int(kind)));
  }
  void cancel_recorded_reply() override { calls.emplace_back("cancel_recorded_reply"); }
  void play_media(const std::string& comment) override { calls.push_back("play_media " + comment); }
  void seek_media(MediaTime moment) override {
    calls.push_back("seek_media " + std::to_string(moment.count()));
  }
  void close_media() override { calls.emplace_back("close_media"); }
  void open_media(const std::string& comment) override { calls.push_back("open_media " + comment); }

  Drawing shapes;
};

class RecordedActions final : public Actions {
 public:
  std::vector<std::string> calls;
  RecordedAnswers recorded_answers{calls};
  bool has(const std::string& call) const { return std::ranges::find(calls, call) != calls.end(); }

  void show_page(PageId page) override { calls.push_back(fmt::format("show_page {}", int(page))); }
  void go_back() override { calls.emplace_back("go_back"); }
  void show_shortcuts(bool shown) override { calls.push_back(fmt::format("show_shortcuts {}", shown)); }
  void toggle_full_screen() override { calls.emplace_back("toggle_full_screen"); }
  void open_clip(const std::string& clip) override { calls.push_back(fmt::format("open_clip {}", clip)); }
  void search(const std::string& words) override { calls.push_back(fmt::format("search {}", words)); }
  void choose_filter(InboxFilter filter) override {
    calls.push_back(fmt::format("choose_filter {}", int(filter)));
  }
  void choose_library(const std::string& id) override { calls.push_back("choose_library " + id); }
  void choose_channel(const std::string& channel) override {
    calls.push_back(fmt::format("choose_channel {}", channel));
  }
  void choose_order(InboxOrder order) override {
    calls.push_back(fmt::format("choose_order {}", int(order)));
  }
  void show_clips(int first, int count) override {
    calls.push_back(fmt::format("show_clips {} {}", first, count));
  }
  void open_clip_at(const std::string& clip, MediaTime at) override {
    calls.push_back(fmt::format("open_clip_at {} {}", clip, at.count()));
  }
  void archive_clip(const std::string& clip, bool archived) override {
    calls.push_back(fmt::format("archive_clip {} {}", clip, archived));
  }
  void archive_channel(const std::string& library, const std::string& channel, bool archived) override {
    calls.push_back(fmt::format("archive_channel {} {} {}", library, channel, archived));
  }
  void play_all() override { calls.emplace_back("play_all"); }
  void play_next() override { calls.emplace_back("play_next"); }
  void leave_queue() override { calls.emplace_back("leave_queue"); }
  void share_watching_here(bool shared) override {
    calls.push_back(fmt::format("share_watching_here {}", shared));
  }
  void deliver_in_the_morning(bool on) override {
    calls.push_back(fmt::format("deliver_in_the_morning {}", on));
  }
  void set_work_days(const std::string& days) override { calls.push_back("set_work_days " + days); }
  void set_days_off(const std::string& days) override { calls.push_back("set_days_off " + days); }
  void set_share_watching(bool on) override { calls.push_back(fmt::format("set_share_watching {}", on)); }
  void set_notifies(bool on) override { calls.push_back(fmt::format("set_notifies {}", on)); }
  void sync_now() override { calls.emplace_back("sync_now"); }
  void open_take(const std::string& take) override { calls.push_back(fmt::format("open_take {}", take)); }
  void discard_take(const std::string& take) override {
    calls.push_back(fmt::format("discard_take {}", take));
  }
  void restore_clip(const std::string& clip) override { calls.push_back("restore_clip " + clip); }
  void choose_device(DeviceKind kind, const std::string& spec) override {
    calls.push_back(fmt::format("choose_device {} {}", int(kind), spec));
  }
  void set_system_audio(bool on) override { calls.push_back(fmt::format("set_system_audio {}", on)); }
  void set_countdown(bool on) override { calls.push_back(fmt::format("set_countdown {}", on)); }
  void refresh_devices() override { calls.emplace_back("refresh_devices"); }
  void begin_recording() override { calls.emplace_back("begin_recording"); }
  void cancel_countdown() override { calls.emplace_back("cancel_countdown"); }
  void pause_recording() override { calls.emplace_back("pause_recording"); }
  void resume_recording() override { calls.emplace_back("resume_recording"); }
  void stop_recording() override { calls.emplace_back("stop_recording"); }
  void discard_recording() override { calls.emplace_back("discard_recording"); }
  void restart_recording() override { calls.emplace_back("restart_recording"); }
  void mute_recording(bool muted) override {
    calls.emplace_back(muted ? "mute_recording" : "unmute_recording");
  }
  void say_again() override { calls.emplace_back("say_again"); }
  void draw_on_screen(bool on) override { calls.emplace_back(on ? "draw" : "draw_no_more"); }
  void set_stand_aside(bool on) override { calls.emplace_back(on ? "stand_aside" : "stay"); }
  void edit_notes(const std::string& notes) override { calls.push_back("edit_notes " + notes); }
  void edit_title(const std::string& title) override { calls.push_back(fmt::format("edit_title {}", title)); }
  void edit_channel(const std::string& channel) override {
    calls.push_back(fmt::format("edit_channel {}", channel));
  }
  void choose_destination(const std::string& library) override {
    calls.push_back("choose_destination " + library);
  }
  void publish() override { calls.emplace_back("publish"); }
  void trim_take(const Trim& trim) override {
    const auto text = [](const std::optional<MediaTime>& point) {
      return point ? std::to_string(point->count()) : std::string("-");
    };
    calls.push_back(fmt::format("trim_take {} {}", text(trim.from), text(trim.to)));
  }
  void keep_take() override { calls.emplace_back("keep_take"); }
  void discard_take() override { calls.emplace_back("discard_take"); }
  void play_pause() override { calls.emplace_back("play_pause"); }
  void seek(MediaTime moment) override { calls.push_back(fmt::format("seek {}", moment.count())); }
  void step_frames(int count) override { calls.push_back(fmt::format("step_frames {}", count)); }
  void set_speed(double speed) override { calls.push_back(fmt::format("set_speed {}", speed)); }
  void set_volume(double volume) override { calls.push_back(fmt::format("set_volume {}", volume)); }
  void set_muted(bool muted) override { calls.push_back(fmt::format("set_muted {}", muted)); }
  void set_skip_pauses(bool on) override { calls.push_back(fmt::format("set_skip_pauses {}", on)); }
  void set_loop(const Loop& loop) override {
    const auto words = [](const std::optional<MediaTime>& time) {
      return time ? std::to_string(time->count()) : std::string("-");
    };
    calls.push_back(fmt::format("set_loop {} {}", words(loop.from), words(loop.to)));
  }
  void set_caption_look(const CaptionLook& look) override {
    calls.push_back(fmt::format("set_caption_look {} {} {}", look.is_on, int(look.size), int(look.ground)));
  }
  void set_mini(bool on) override { calls.push_back(fmt::format("set_mini {}", on)); }
  void set_layout(Layout layout) override {
    calls.push_back(fmt::format("set_layout {}", layout_name(layout)));
  }
  AnswerActions& answers() override { return recorded_answers; }
  void copy_link(const std::string& clip) override { calls.push_back(fmt::format("copy_link {}", clip)); }
  void export_clip(const std::string& clip) override { calls.push_back(fmt::format("export_clip {}", clip)); }
  void keep_clip(const std::string& clip, bool kept) override {
    calls.push_back(fmt::format("keep_clip {} {}", clip, kept));
  }
  void set_prefetch(int megabytes) override { calls.push_back(fmt::format("set_prefetch {}", megabytes)); }
  void set_cache_limit(double gigabytes) override {
    calls.push_back(fmt::format("set_cache_limit {}", gigabytes));
  }
  void move_clip(const std::string& clip, const std::string& library) override {
    calls.push_back(fmt::format("move_clip {} {}", clip, library));
  }
  void delete_clip(const std::string& clip) override { calls.push_back(fmt::format("delete_clip {}", clip)); }
  void set_name(const std::string& name) override { calls.push_back(fmt::format("set_name {}", name)); }
  void set_time_zone(const std::string& zone) override {
    calls.push_back(fmt::format("set_time_zone {}", zone));
  }
  void set_hours(const std::string& from, const std::string& to) override {
    calls.push_back(fmt::format("set_hours {} {}", from, to));
  }
  void add_library(const std::string& text) override { calls.push_back("add_library " + text); }
  void copy_invitation(const std::string& url, bool with_secret) override {
    calls.push_back("copy_invitation " + url + (with_secret ? " with secret" : ""));
  }
  void leave_library(const std::string& url) override { calls.push_back("leave_library " + url); }
  void ask_storage_use(const std::string& url) override { calls.push_back("ask_storage_use " + url); }
  void use_library(const std::string& url) override { calls.push_back(fmt::format("use_library {}", url)); }
  void set_theme(ThemeSetting theme) override { calls.push_back(fmt::format("set_theme {}", int(theme))); }
  void set_scale(int percent) override { calls.push_back(fmt::format("set_scale {}", percent)); }
  void set_max_width(int pixels) override { calls.push_back(fmt::format("set_max_width {}", pixels)); }
  void set_watch_while_recording(bool on) override {
    calls.push_back(fmt::format("set_watch_while_recording {}", on));
  }
  void pause_sending(bool paused) override { calls.push_back(fmt::format("pause_sending {}", paused)); }
  void limit_sending(int kilobits) override { calls.push_back(fmt::format("limit_sending {}", kilobits)); }
  void set_send_while_recording(bool on) override {
    calls.push_back(fmt::format("set_send_while_recording {}", on));
  }
  void set_motion(bool on) override { calls.push_back(fmt::format("set_motion {}", on)); }
  void set_pause_when_writing(bool on) override {
    calls.emplace_back(on ? "pause_when_writing" : "write_on");
  }
  void set_highlight_clicks(bool on) override { calls.push_back(fmt::format("set_highlight_clicks {}", on)); }
  void open_data_folder() override { calls.emplace_back("open_data_folder"); }
  void dismiss_notice(std::uint64_t id) override { calls.push_back(fmt::format("dismiss_notice {}", id)); }
  void run_notice_action(std::uint64_t id) override {
    calls.push_back(fmt::format("run_notice_action {}", id));
  }
};

}  // namespace meanwhile
