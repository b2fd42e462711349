// Among the answers to a clip: comments, drawings, reactions, asks. See actions.h.
#pragma once

#include <optional>
#include <string>

#include "app/library/comment_export.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"

namespace meanwhile {

class AnswerActions {
 public:
  virtual ~AnswerActions() = default;

  // The draft: see draft.h.
  virtual void edit_draft(const std::string& text) = 0;
  virtual void begin_reply(const std::string& comment) = 0;
  virtual void mark_range(MediaTime from, MediaTime to) = 0;  // the same: a moment
  virtual void cancel_draft() = 0;
  virtual void send_draft() = 0;

  // Comments that were sent.
  virtual void begin_edit(const std::string& comment) = 0;
  virtual void change_edit(const std::string& text) = 0;
  virtual void cancel_edit() = 0;
  virtual void send_edit() = 0;
  virtual void show_versions(const std::string& comment) = 0;  // shown already: hides them
  virtual void resolve(const std::string& comment, bool resolved) = 0;
  // "This is really …", or not after all.
  virtual void know_guest(const PersonView& guest, bool known) = 0;
  virtual void delete_comment(const std::string& comment) = 0;  // confirmed already
  virtual void export_comments(CommentFormat format) = 0;

  // Drawing on the frame: while it is on, the player pauses.
  virtual void set_drawing(bool on) = 0;
  virtual void choose_tool(ShapeKind tool) = 0;
  virtual void choose_color(ShapeColor color) = 0;
  virtual void add_shape(const Shape& shape) = 0;
  virtual void undo_shape() = 0;

  // At the moment that is shown; once more takes it back.
  virtual void react(const std::string& name) = 0;

  // Asks. The draft becomes one, or none any more.
  virtual void set_asking(bool on) = 0;
  virtual void choose_ask_kind(AskKind kind) = 0;
  virtual void toggle_asked(const std::string& person) = 0;  // empty: everyone
  virtual void choose_deadline(std::optional<WallTime> by) = 0;
  virtual void type_deadline(const std::string& text) = 0;   // instead of choosing one
  virtual void answer_ask(const std::string& comment) = 0;   // where it stopped, or in its thread
  virtual void acknowledge(const std::string& comment) = 0;  // "Got it"
  virtual void pass_ask() = 0;                               // later: playing goes on

  // A recorded answer, at the draft's moment or in its thread.
  virtual void begin_recorded_reply(ReplyKind kind) = 0;
  virtual void cancel_recorded_reply() = 0;
  // One that was recorded, before it goes: to be heard, thrown away and recorded again, or sent.
  virtual void play_recorded_reply() = 0;  // once more pauses and goes on
  virtual void redo_recorded_reply() = 0;
  virtual void send_recorded_reply() = 0;
  // Within its comment; once more pauses and goes on.
  virtual void play_media(const std::string& comment) = 0;
  virtual void seek_media(MediaTime moment) = 0;
  virtual void close_media() = 0;
  // On a page of its own, with a way back.
  virtual void open_media(const std::string& comment) = 0;
};

}  // namespace meanwhile
