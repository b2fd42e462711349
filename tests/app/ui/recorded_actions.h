// Actions that only remember what they were asked for, in words: "seek 83000000".
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "app/ui/actions.h"
#include "media/base/chapters.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"

namespace meanwhile {

using Calls = std::vector<std::string>;

// "0:38 Budget, 1:02": by seconds.
inline std::string words_of(const Chapters& chapters) {
  std::string words;
  for (const Chapter& chapter : chapters)
    words += fmt::format("{}{}{}{}", words.empty() ? "" : ", ", format_moment(chapter.at),
                         chapter.name.empty() ? "" : " ", chapter.name);
  return words;
}

class RecordedAnswers final : public AnswerActions {
 public:
  explicit RecordedAnswers(Calls& recorded) : calls(recorded) {}
  Calls& calls;
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
  void know_guest(const PersonView& guest, bool known) override {
    calls.push_back(fmt::format("know_guest {} {}", guest.id, known));
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
  void type_deadline(const std::string& text) override { calls.push_back("type_deadline " + text); }
  void choose_deadline(std::optional<WallTime> by) override {
    calls.push_back("choose_deadline " + (by ? format_rfc3339(*by) : "none"));
  }
  void answer_ask(const std::string& comment) override { calls.push_back("answer_ask " + comment); }
  void acknowledge(const std::string& comment) override { calls.push_back("acknowledge " + comment); }
  void pass_ask() override { calls.emplace_back("pass_ask"); }
  void begin_recorded_reply(ReplyKind kind) override {
    calls.push_back(fmt::format("begin_recorded_reply {}", int(kind)));
  }
  void cancel_recorded_reply() override { calls.emplace_back("cancel_recorded_reply"); }
  void play_recorded_reply() override { calls.emplace_back("play_recorded_reply"); }
  void redo_recorded_reply() override { calls.emplace_back("redo_recorded_reply"); }
  void send_recorded_reply() override { calls.emplace_back("send_recorded_reply"); }
  void play_media(const std::string& comment) override { calls.push_back("play_media " + comment); }
  void seek_media(MediaTime moment) override {
    calls.push_back("seek_media " + std::to_string(moment.count()));
  }
  void close_media() override { calls.emplace_back("close_media"); }
  void open_media(const std::string& comment) override { calls.push_back("open_media " + comment); }

  Drawing shapes;
};

class RecordedApp final : public AppActions {
 public:
  explicit RecordedApp(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void show_page(PageId page) override { calls.push_back(fmt::format("show_page {}", int(page))); }
  void go_back() override { calls.emplace_back("go_back"); }
  void begin_search() override { calls.emplace_back("begin_search"); }
  void open_clip(const std::string& clip) override { calls.push_back(fmt::format("open_clip {}", clip)); }
  void open_clip_at(const std::string& clip, MediaTime at) override {
    calls.push_back(fmt::format("open_clip_at {} {}", clip, at.count()));
  }
  void open_take(const std::string& take) override { calls.push_back(fmt::format("open_take {}", take)); }
  void open_link(const std::string& url) override { calls.push_back("open_link " + url); }
  void show_shortcuts(bool shown) override { calls.push_back(fmt::format("show_shortcuts {}", shown)); }
  void toggle_full_screen() override { calls.emplace_back("toggle_full_screen"); }
  void set_mini(bool on) override { calls.push_back(fmt::format("set_mini {}", on)); }
};

class RecordedInbox final : public InboxActions {
 public:
  explicit RecordedInbox(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void search(const std::string& words) override { calls.push_back(fmt::format("search {}", words)); }
  void take_answers(const std::string& text) override { calls.push_back("take_answers " + text); }
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
  void mark_watched(const std::string& clip) override { calls.push_back("mark_watched " + clip); }
  void mark_all_watched() override { calls.emplace_back("mark_all_watched"); }
  void archive_clip(const std::string& clip, bool archived) override {
    calls.push_back(fmt::format("archive_clip {} {}", clip, archived));
  }
  void archive_channel(const std::string& library, const std::string& channel, bool archived) override {
    calls.push_back(fmt::format("archive_channel {} {} {}", library, channel, archived));
  }
  void play_all() override { calls.emplace_back("play_all"); }
  void discard_take(const std::string& take) override { calls.push_back("discard_take " + take); }
};

class RecordedRecord final : public RecordActions {
 public:
  explicit RecordedRecord(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void choose_device(DeviceKind kind, const std::string& spec) override {
    calls.push_back(fmt::format("choose_device {} {}", int(kind), spec));
  }
  void refresh_devices() override { calls.emplace_back("refresh_devices"); }
  void choose_area() override { calls.emplace_back("choose_area"); }
  void choose_frame_rate(int rate) override { calls.push_back(fmt::format("choose_frame_rate {}", rate)); }
  void edit_notes(const std::string& notes) override { calls.push_back("edit_notes " + notes); }
  void rehearse() override { calls.emplace_back("rehearse"); }
  void end_rehearsal() override { calls.emplace_back("end_rehearsal"); }
  void begin() override { calls.emplace_back("begin_recording"); }
  void cancel_countdown() override { calls.emplace_back("cancel_countdown"); }
  void pause() override { calls.emplace_back("pause_recording"); }
  void resume() override { calls.emplace_back("resume_recording"); }
  void stop() override { calls.emplace_back("stop_recording"); }
  void discard() override { calls.emplace_back("discard_recording"); }
  void restart() override { calls.emplace_back("restart_recording"); }
  void mute(bool muted) override { calls.emplace_back(muted ? "mute_recording" : "unmute_recording"); }
  void say_again() override { calls.emplace_back("say_again"); }
  void mark_chapter() override { calls.emplace_back("mark_chapter"); }
  void draw_on_screen(bool on) override { calls.emplace_back(on ? "draw" : "draw_no_more"); }
};

template <typename Page>
class RecordedPlay : public Page {
 public:
  explicit RecordedPlay(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void play_pause() override { calls.emplace_back("play_pause"); }
  void seek(MediaTime moment) override { calls.push_back(fmt::format("seek {}", moment.count())); }
  void step_frames(int count) override { calls.push_back(fmt::format("step_frames {}", count)); }
};

class RecordedPublish final : public RecordedPlay<PublishActions> {
 public:
  using RecordedPlay::RecordedPlay;

  void edit_title(const std::string& title) override { calls.push_back(fmt::format("edit_title {}", title)); }
  void edit_channel(const std::string& channel) override {
    calls.push_back(fmt::format("edit_channel {}", channel));
  }
  void correct(const std::string& clip) override { calls.push_back("correct " + clip); }
  void choose_destination(const std::string& library) override {
    calls.push_back("choose_destination " + library);
  }
  void deliver_in_the_morning(bool on) override {
    calls.push_back(fmt::format("deliver_in_the_morning {}", on));
  }
  void trim(const Trim& trim) override {
    const auto text = [](const std::optional<MediaTime>& point) {
      return point ? std::to_string(point->count()) : std::string("-");
    };
    calls.push_back(fmt::format("trim_take {} {}", text(trim.from), text(trim.to)));
  }
  void set_chapters(const Chapters& chapters) override {
    calls.push_back("set_chapters " + words_of(chapters));
  }
  void publish() override { calls.emplace_back("publish"); }
  void discard() override { calls.emplace_back("discard"); }
};

class RecordedWatch final : public RecordedPlay<WatchActions> {
 public:
  using RecordedPlay::RecordedPlay;

  void set_speed(double speed) override { calls.push_back(fmt::format("set_speed {}", speed)); }
  void set_volume(double volume) override { calls.push_back(fmt::format("set_volume {}", volume)); }
  void set_muted(bool muted) override { calls.push_back(fmt::format("set_muted {}", muted)); }
  void set_layout(Layout layout) override {
    calls.push_back(fmt::format("set_layout {}", layout_name(layout)));
  }
  void set_clean_sound(bool on) override { calls.push_back(fmt::format("set_clean_sound {}", on)); }
  void set_skip_pauses(bool on) override { calls.push_back(fmt::format("set_skip_pauses {}", on)); }
  void set_loop(const Loop& loop) override {
    const auto words = [](const std::optional<MediaTime>& time) {
      return time ? std::to_string(time->count()) : std::string("-");
    };
    calls.push_back(fmt::format("set_loop {} {}", words(loop.from), words(loop.to)));
  }
  void set_caption_look(const CaptionLook& look) override {
    calls.push_back(fmt::format("set_caption_look {} {} {} {}", look.is_on, int(look.size), int(look.ground),
                                int(look.place)));
  }
  void choose_caption_languages(std::size_t first, std::optional<std::size_t> second) override {
    calls.push_back(
        fmt::format("choose_caption_languages {} {}", first, second ? std::to_string(*second) : "-"));
  }
  void correct_caption(std::size_t cue, const std::string& text) override {
    calls.push_back(fmt::format("correct_caption {} {}", cue, text));
  }
  void use_suggestion(const std::string& key) override { calls.push_back("use_suggestion " + key); }
  void dismiss_suggestion(const std::string& key) override { calls.push_back("dismiss_suggestion " + key); }
  void take_back_suggestion(const std::string& key) override {
    calls.push_back("take_back_suggestion " + key);
  }
  void show_version(int version, std::optional<MediaTime> at) override {
    calls.push_back(fmt::format("show_version {} {}", version, at ? at->count() : -1));
  }
  void share_watching_here(bool shared) override {
    calls.push_back(fmt::format("share_watching_here {}", shared));
  }
};

class RecordedQueue final : public QueueActions {
 public:
  explicit RecordedQueue(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void play_next() override { calls.emplace_back("play_next"); }
  void leave() override { calls.emplace_back("leave_queue"); }
};

class RecordedShares final : public ShareActions {
 public:
  explicit RecordedShares(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void begin_share(const std::string& clip) override { calls.push_back("begin_share " + clip); }
  void change_share(const SharePanel& panel) override {
    calls.push_back(fmt::format("change_share {} {}{} {}{}|{} {} MB", panel.as_file ? "file" : "link",
                                static_cast<int>(panel.time), panel.takes_answers ? " answers" : "",
                                panel.shows_password ? "shown " : "", panel.password, panel.file,
                                panel.megabytes));
  }
  void choose_share_file() override { calls.emplace_back("choose_share_file"); }
  void make_share() override { calls.emplace_back("make_share"); }
  void copy_share(const std::string& share) override { calls.push_back("copy_share " + share); }
  void end_share(const std::string& share) override { calls.push_back("end_share " + share); }
  void drop_share() override { calls.emplace_back("drop_share"); }
};

class RecordedArranging final : public ArrangeActions {
 public:
  explicit RecordedArranging(Calls& recorded) : calls(recorded) {}
  Calls& calls;
  std::optional<Arrangement> last;

  void begin_arranging() override { calls.emplace_back("begin_arranging"); }
  void begin_arranging_draft(const std::string& take) override {
    calls.push_back("begin_arranging_draft " + take);
  }
  void show_uncut(bool uncut) override { calls.emplace_back(uncut ? "show_uncut" : "show_cut"); }
  void arrange(const Result<Arrangement>& arrangement) override {
    calls.emplace_back(arrangement ? "arrange" : "arrange: " + arrangement.error().message);
    if (arrangement) last = *arrangement;
  }
  void undo_arranging() override { calls.emplace_back("undo_arranging"); }
  void redo_arranging() override { calls.emplace_back("redo_arranging"); }
  void choose_part(std::optional<TimeRange> part) override {
    calls.push_back(part ? fmt::format("choose_part {}..{}", part->from.count(), part->to.count())
                         : "choose_part none");
  }
  void type_card(const std::string& title) override { calls.push_back("type_card " + title); }
  void save_arrangement() override { calls.emplace_back("save_arrangement"); }
  void drop_arrangement() override { calls.emplace_back("drop_arrangement"); }
  void remove_for_good() override { calls.emplace_back("remove_for_good"); }
};

class RecordedClips final : public ClipActions {
 public:
  explicit RecordedClips(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void copy_words(const std::string& words) override { calls.push_back("copy_words " + words); }
  void copy_link_at(const std::string& clip, MediaTime at) override {
    calls.push_back(fmt::format("copy_link_at {} {}", clip, at.count()));
  }
  void copy_link(const std::string& clip) override { calls.push_back(fmt::format("copy_link {}", clip)); }
  void begin_export() override { calls.emplace_back("begin_export"); }
  void change_export(const ExportForm& form) override {
    calls.push_back(fmt::format("change_export {} {}{}{} {}", layout_name(form.layout), form.max_width,
                                form.captions ? " captions" : "", form.clean_sound ? " clean" : "",
                                form.file));
  }
  void start_export() override { calls.emplace_back("start_export"); }
  void choose_export_file() override { calls.emplace_back("choose_export_file"); }
  void drop_export() override { calls.emplace_back("drop_export"); }
  void keep_clip(const std::string& clip, bool kept) override {
    calls.push_back(fmt::format("keep_clip {} {}", clip, kept));
  }
  void begin_edit() override { calls.emplace_back("begin_clip_edit"); }
  void change_edit(const ClipEdit& edit) override {
    calls.push_back(fmt::format("change_clip_edit {}|{}|{}{}", edit.title, edit.channel, edit.description,
                                edit.chapters.empty() ? "" : "|" + words_of(edit.chapters)));
  }
  void save_edit() override { calls.emplace_back("save_clip_edit"); }
  void drop_edit() override { calls.emplace_back("drop_clip_edit"); }
  void delete_clip(const std::string& clip) override { calls.push_back(fmt::format("delete_clip {}", clip)); }
  void restore_clip(const std::string& clip) override { calls.push_back("restore_clip " + clip); }
  void move_clip(const std::string& clip, const std::string& library) override {
    calls.push_back(fmt::format("move_clip {} {}", clip, library));
  }
};

class RecordedLibraries final : public LibraryActions {
 public:
  explicit RecordedLibraries(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void sync_now() override { calls.emplace_back("sync_now"); }
  void add(const std::string& text) override { calls.push_back("add_library " + text); }
  void choose_folder() override { calls.emplace_back("choose_folder"); }
  void create(const std::string& url, const std::string& name, LibraryKind kind) override {
    calls.push_back("create " + url + " " + name + (kind == LibraryKind::Sealed ? " sealed" : ""));
  }
  void copy_recovery_key() override { calls.emplace_back("copy_recovery_key"); }
  void put_recovery_key_away() override { calls.emplace_back("put_recovery_key_away"); }
  void cancel_adding() override { calls.push_back("cancel_adding"); }
  void use(const std::string& url) override { calls.push_back(fmt::format("use_library {}", url)); }
  void copy_invitation(const std::string& url, bool with_secret) override {
    calls.push_back("copy_invitation " + url + (with_secret ? " with secret" : ""));
  }
  void leave(const std::string& url) override { calls.push_back("leave_library " + url); }
  void ask_storage_use(const std::string& url) override { calls.push_back("ask_storage_use " + url); }
};

class RecordedMembers final : public MemberActions {
 public:
  explicit RecordedMembers(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void ask(const std::string& url) override { calls.push_back("ask_members " + url); }
  void remove(const std::string& url, const std::string& person) override {
    calls.push_back("remove_member " + url + " " + person);
  }
  void set_admin(const std::string& url, const std::string& person, bool is_admin) override {
    calls.push_back(fmt::format("set_admin {} {} {}", url, person, is_admin));
  }
};

class RecordedSettings final : public SettingsActions {
 public:
  explicit RecordedSettings(Calls& recorded) : calls(recorded) {}
  Calls& calls;
  Settings settings;  // what they are until now

  // "change theme light": each that is other than before.
  void change(const std::function<void(Settings&)>& change) override {
    const Json before = to_json(settings);
    change(settings);
    const Json after = to_json(settings);
    for (const auto& [name, value] : after.items()) {
      if (value == before[name]) continue;
      calls.push_back(
          fmt::format("change {} {}", name, value.is_string() ? value.get<std::string>() : value.dump()));
    }
  }
  void pause_sending(bool paused) override { calls.push_back(fmt::format("pause_sending {}", paused)); }
  void limit_sending(int kilobits) override { calls.push_back(fmt::format("limit_sending {}", kilobits)); }
  void open_data_folder() override { calls.emplace_back("open_data_folder"); }
};

class RecordedNotices final : public NoticeActions {
 public:
  explicit RecordedNotices(Calls& recorded) : calls(recorded) {}
  Calls& calls;

  void dismiss(std::uint64_t id) override { calls.push_back(fmt::format("dismiss_notice {}", id)); }
  void run_action(std::uint64_t id) override { calls.push_back(fmt::format("run_notice_action {}", id)); }
};

class RecordedActions {
 public:
  Calls calls;
  bool has(const std::string& call) const { return std::ranges::find(calls, call) != calls.end(); }

  RecordedApp app{calls};
  RecordedInbox inbox{calls};
  RecordedRecord record{calls};
  RecordedPublish publish{calls};
  RecordedWatch watch{calls};
  RecordedAnswers answers{calls};
  RecordedQueue queue{calls};
  RecordedClips clips{calls};
  RecordedShares shares{calls};
  RecordedArranging arranging{calls};
  RecordedLibraries libraries{calls};
  RecordedMembers members{calls};
  RecordedSettings settings{calls};
  RecordedNotices notices{calls};
  Actions all{app,   inbox,  record,    publish,   watch,   answers,  queue,
              clips, shares, arranging, libraries, members, settings, notices};
};

}  // namespace meanwhile
