// The answers on the Watch page: comments and their drafts, drawings, reactions, asks. WatchDesk tells it
// which clip is open.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/comment_export.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/draft.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

class AnswerDesk final : public AnswerActions {
 public:
  // What the answers want of the rest of the window.
  struct Hooks {
    std::function<void()> play;
    std::function<void()> pause;
    std::function<void(MediaTime)> seek;
    // A recorded answer: in its comment, on its own page; and one that is to be made.
    std::function<void(const std::string& comment, const std::string& clip)> play_here;
    std::function<void(MediaTime)> seek_here;
    std::function<void()> close_here;
    std::function<void(const std::string& clip)> watch;
    std::function<void(ReplyKind)> begin_recording;
    std::function<void()> cancel_recording;
    std::function<void()> play_recording;
    std::function<void()> redo_recording;
    std::function<void()> send_recording;
    // Of a recorded answer; nullptr: not here yet, refresh() follows.
    std::function<PicturePtr(const OpenLibrary& library, const std::string& clip)> poster;
    // Other pages show some of it too.
    std::function<void()> on_said;
  };
  AnswerDesk(Desk& desk, Hooks hooks) : desk_(desk), hooks_(std::move(hooks)) {}

  // The Watch page shows this clip now: fills its answers, takes up its draft.
  void open(OpenLibrary& library);
  // Keeps the draft.
  void close();
  // Words may have come: reads them anew.
  void refresh();
  // Before each frame, after the player's state.
  void update();
  std::optional<MonotonicTime> next_change() const;

  // What the draft says, with a clip that was recorded for it. Errors: InvalidArgument.
  Result<EventBody> recorded_answer(const std::string& clip) const;
  // That was said: the draft is done with.
  void note_said();
  // The library of the clip that is shown; nullptr: none is.
  OpenLibrary* library() const { return library_; }

  void edit_draft(const std::string& text) override;
  void begin_reply(const std::string& comment) override;
  void mark_range(MediaTime from, MediaTime to) override;
  void cancel_draft() override;
  void send_draft() override;
  void begin_edit(const std::string& comment) override;
  void change_edit(const std::string& text) override;
  void cancel_edit() override;
  void send_edit() override;
  void show_versions(const std::string& comment) override;
  void resolve(const std::string& comment, bool resolved) override;
  void know_guest(const PersonView& guest, bool known) override;
  void delete_comment(const std::string& comment) override;
  void export_comments(CommentFormat format) override;
  void set_drawing(bool on) override;
  void choose_tool(ShapeKind tool) override { answers().tool = tool; }
  void choose_color(ShapeColor color) override { answers().color = color; }
  void add_shape(const Shape& shape) override;
  void undo_shape() override;
  void react(const std::string& name) override;
  void set_asking(bool on) override;
  void choose_ask_kind(AskKind kind) override;
  void toggle_asked(const std::string& person) override;
  void choose_deadline(std::optional<WallTime> by) override;
  void type_deadline(const std::string& text) override;
  void answer_ask(const std::string& comment) override;
  void acknowledge(const std::string& comment) override;
  void pass_ask() override;
  void begin_recorded_reply(ReplyKind kind) override;
  void cancel_recorded_reply() override { hooks_.cancel_recording(); }
  void play_recorded_reply() override { hooks_.play_recording(); }
  void redo_recorded_reply() override { hooks_.redo_recording(); }
  void send_recorded_reply() override { hooks_.send_recording(); }
  void play_media(const std::string& comment) override;
  void seek_media(MediaTime moment) override { hooks_.seek_here(moment); }
  void close_media() override { hooks_.close_here(); }
  void open_media(const std::string& comment) override;

 private:
  void fill_people();
  void fill_poster(CommentView& comment) const;
  void load_draft();
  void show_deadline();
  void save_draft();
  void touch_draft() { draft_due_ = desk_.clock.now() + kDraftRest; }
  // Stops at an ask of mine that playing comes past.
  void stop_at_asks();
  Result<EventBody> event_of(const Draft& draft) const;
  std::vector<std::string> mentions_of(const std::string& text) const;
  const CommentView* find(const std::string& comment) const;
  // Its recording; "": it has none, or it isn't here yet.
  std::string media_of(const std::string& comment) const;
  // Says it, shows what went wrong, shows the words as they are then.
  bool say(const EventBody& body, const char* failure);
  MediaTime position() const { return page().player.position; }
  WatchState& page() const { return desk_.state.watch; }
  AnswerState& answers() const { return page().answers; }

  static constexpr std::chrono::milliseconds kDraftRest{700};

  Desk& desk_;
  const Hooks hooks_;
  OpenLibrary* library_ = nullptr;
  std::set<std::string> versions_of_;  // comments whose versions are shown
  std::set<std::string> passed_asks_;  // where playing has stopped already
  MediaTime last_position_{};
  MonotonicTime looked_at_{};  // by update()
  std::optional<MonotonicTime> draft_due_;
};

}  // namespace meanwhile
