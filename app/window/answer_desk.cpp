#include "app/window/answer_desk.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/comment_export.h"
#include "app/library/drafts.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/mentions.h"
#include "app/library/person_name.h"
#include "app/library/reply_by.h"
#include "app/ui/answers_shown.h"
#include "app/ui/draft.h"
#include "app/ui/state.h"
#include "app/window/answer_views.h"
#include "app/window/deadline_view.h"
#include "app/window/desk.h"
#include "app/window/exports.h"
#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/play/player.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

// Two looks at a clip that plays are at most so far apart; more is a seek, which stops at no ask.
constexpr std::chrono::seconds kLongestPlayedStep{4};
// A reaction so near to the one before is the same moment for a person.
constexpr std::chrono::milliseconds kSameMoment{1000};
constexpr const char* kGotIt = "Got it";

std::optional<EventId> id_of(const std::optional<std::string>& text) {
  return text ? parse_event_id(*text) : std::nullopt;
}

}  // namespace

void AnswerDesk::open(OpenLibrary& library) {
  library_ = &library;
  versions_of_.clear();
  passed_asks_.clear();
  last_position_ = {};
  fill_people();
  refresh();
  load_draft();
}

void AnswerDesk::close() {
  save_draft();
  library_ = nullptr;
}

void AnswerDesk::fill_people() {
  const auto people = library_->session->index().people();
  if (!people) return;
  answers().people.clear();
  for (const Person& person : *people)
    if (!person.is_me) answers().people.push_back({.id = person.id, .name = person.name});
}

void AnswerDesk::fill_poster(CommentView& comment) const {
  if (comment.media && comment.media->state.empty())
    comment.media->poster = hooks_.poster(*library_, comment.media->clip);
}

void AnswerDesk::refresh() {
  if (!library_) return;
  const Viewer viewer{.zone = desk_.application.time_zone(), .now = wall_now()};
  auto read = read_answers(library_->session->index(), page().clip.id, viewer, versions_of_);
  if (!read) return;
  page().comments = std::move(read->comments);
  for (CommentView& comment : page().comments) {
    fill_poster(comment);
    for (CommentView& reply : comment.replies) fill_poster(reply);
  }
  answers().reactions = std::move(read->reactions);
  // The edited comment may have been deleted from another device.
  if (answers().edit && !find(answers().edit->comment)) answers().edit.reset();
}

// While it plays: when it comes to the next answer.
std::optional<MonotonicTime> AnswerDesk::next_change() const {
  const PlayerStatus& player = page().player;
  const auto moment = library_ && player.is_playing ? next_answer_moment(page(), position()) : std::nullopt;
  if (!moment) return draft_due_;
  const MonotonicTime due = looked_at_ + real_time(*moment - position(), player.speed);
  return draft_due_ ? std::min(*draft_due_, due) : due;
}

void AnswerDesk::update() {
  looked_at_ = desk_.clock.now();
  if (draft_due_ && *draft_due_ <= desk_.clock.now()) save_draft();
  if (library_) stop_at_asks();
}

void AnswerDesk::stop_at_asks() {
  const MediaTime from = std::exchange(last_position_, position());
  const bool is_step = position() >= from && position() - from < kLongestPlayedStep;
  if (page().player.is_playing && !answers().asking.empty()) answers().asking.clear();
  if (!page().player.is_playing || !is_step) return;
  for (const CommentView& comment : page().comments) {
    const bool is_passed = comment.at >= from && comment.at <= position();
    if (!is_passed || !comment.ask || !comment.ask->waits_for_me) continue;
    if (!passed_asks_.insert(comment.id).second) continue;
    hooks_.pause();
    answers().asking = comment.id;
    return;
  }
}

const CommentView* AnswerDesk::find(const std::string& id) const {
  for (const CommentView& comment : page().comments) {
    if (comment.id == id) return &comment;
    const auto reply = std::ranges::find(comment.replies, id, &CommentView::id);
    if (reply != comment.replies.end()) return &*reply;
  }
  return nullptr;
}

std::vector<std::string> AnswerDesk::mentions_of(const std::string& text) const {
  const auto people = library_->session->index().people();
  return people ? mentions_in(text, *people) : std::vector<std::string>{};
}

bool AnswerDesk::say(const EventBody& body, const char* failure) {
  if (!library_) return false;
  auto said = library_->session->say(body);
  if (!said) desk_.notices.show(NoticeKind::Failure, failure, said.error().message);
  refresh();
  if (said) hooks_.on_said();
  return said.has_value();
}

// The draft.

void AnswerDesk::edit_draft(const std::string& text) {
  if (!library_) return;
  DraftStep step = meanwhile::edit_draft(page().draft, text, position());
  page().draft = std::move(step.draft);
  if (step.pause && desk_.application.settings().pause_when_writing) hooks_.pause();
  touch_draft();
}

void AnswerDesk::begin_reply(const std::string& comment) {
  page().draft = reply_draft(page().draft, comment);
}

void AnswerDesk::mark_range(MediaTime from, MediaTime to) {
  if (!library_) return;
  page().draft = ranged_draft(page().draft, from, to);
  touch_draft();
}

void AnswerDesk::cancel_draft() {
  page().draft = empty_draft(page().draft);
  answers().is_drawing = false;
  save_draft();
}

Result<EventBody> AnswerDesk::event_of(const Draft& draft) const {
  const std::string text = text_to_send(draft);
  const Attachments with{.drawing = draft.drawing, .mentions = mentions_of(text)};
  if (draft.reply_to) {
    const auto parent = id_of(draft.reply_to);
    if (!parent) return fail(ErrorCode::InvalidArgument, tr("what it answers is not there any more"));
    return ReplyEvent{.to = *parent, .text = text, .with = with};
  }
  const MediaTime at = draft.at.value_or(position());
  if (draft.ask) {
    return AskEvent{.clip = page().clip.id,
                    .at = at,
                    .kind = draft.ask->kind,
                    .text = text,
                    .people = draft.ask->people,
                    .by = draft.ask->by,
                    .version = page().version};
  }
  return CommentEvent{.clip = page().clip.id,
                      .at = at,
                      .to = draft.to,
                      .text = text,
                      .with = with,
                      .version = page().version};
}

void AnswerDesk::send_draft() {
  if (!library_ || !can_send(page().draft)) return;
  const auto event = event_of(page().draft);
  if (!event)
    return desk_.notices.show(NoticeKind::Failure, tr("That could not be sent"), event.error().message);
  if (!say(*event, tr("That could not be sent"))) return;
  cancel_draft();
  if (!answers().asking.empty()) pass_ask();
}

void AnswerDesk::load_draft() {
  const auto saved = DraftStore(drafts_folder(library_->session->folder())).load(page().clip.id);
  if (!saved) return;
  Draft& draft = page().draft;
  draft.text = saved->text;
  draft.drawing = saved->drawing;
  if (saved->reply_to) {
    draft.reply_to = to_text(*saved->reply_to);
  } else {
    draft.at = saved->at;
    draft.to = saved->to;
  }
  if (saved->edit) answers().edit = {.comment = to_text(saved->edit->comment), .text = saved->edit->text};
  ++draft.generation;
}

void AnswerDesk::save_draft() {
  draft_due_.reset();
  if (!library_) return;
  const Draft& draft = page().draft;
  SavedDraft saved{.text = draft.text,
                   .at = draft.at,
                   .to = draft.to,
                   .reply_to = id_of(draft.reply_to),
                   .drawing = draft.drawing};
  if (answers().edit) {
    if (const auto id = parse_event_id(answers().edit->comment)) saved.edit = {*id, answers().edit->text};
  }
  if (auto kept = DraftStore(drafts_folder(library_->session->folder())).save(page().clip.id, saved); !kept) {
    desk_.notices.show(NoticeKind::Warning, tr("Your draft can't be kept for later"), kept.error().message);
  }
}

// What was sent.

void AnswerDesk::begin_edit(const std::string& comment) {
  const CommentView* found = find(comment);
  if (!found || !found->is_mine || found->is_deleted) return;
  answers().edit = {.comment = comment, .text = found->text};
  touch_draft();
}

void AnswerDesk::change_edit(const std::string& text) {
  if (!answers().edit) return;
  answers().edit->text = text;
  touch_draft();
}

void AnswerDesk::cancel_edit() {
  answers().edit.reset();
  save_draft();
}

void AnswerDesk::send_edit() {
  if (!answers().edit) return;
  const auto id = parse_event_id(answers().edit->comment);
  const std::string text = text_to_send({.text = answers().edit->text});
  const CommentView* before = find(answers().edit->comment);
  const bool is_other = before && before->text != text;
  if (!id || text.empty()) return;
  if (is_other && !say(EditEvent{.comment = *id, .text = text, .mentions = mentions_of(text)},
                       tr("The comment could not be changed")))
    return;
  cancel_edit();
}

void AnswerDesk::show_versions(const std::string& comment) {
  if (versions_of_.erase(comment) == 0) versions_of_.insert(comment);
  refresh();
}

void AnswerDesk::resolve(const std::string& comment, bool resolved) {
  if (const auto id = parse_event_id(comment)) {
    say(ResolveEvent{.comment = *id, .resolved = resolved}, tr("That could not be saved"));
  }
}

void AnswerDesk::know_guest(const PersonView& guest, bool known) {
  if (!say(GuestKnownEvent{.guest = guest.id, .known = known}, tr("That could not be saved"))) return;
  const std::string name = display_line(without_guest_mark(guest.name));
  desk_.notices.show(NoticeKind::Success,
                     known ? tr_format("{} is a guest whom you know", name)
                           : tr_format("{} is a guest again whom nobody knows", name),
                     tr("Others see that you say so."), tr("Undo"),
                     [this, guest, known] { know_guest(guest, !known); });
}

// The recording that hung there goes with it: nobody could find it any more.
void AnswerDesk::delete_comment(const std::string& comment) {
  const CommentView* found = find(comment);
  const auto id = parse_event_id(comment);
  if (!found || !id) return;
  const std::string media = found->media ? found->media->clip : std::string();
  if (!say(DeleteCommentEvent{.comment = *id}, tr("The comment could not be deleted")) || media.empty())
    return;
  const auto clip = library_->session->index().clip(media);
  if (clip && clip->is_mine) say(DeleteClipEvent{.clip = media}, tr("Its recording could not be deleted"));
}

void AnswerDesk::export_comments(CommentFormat format) {
  if (!library_) return;
  Index& index = library_->session->index();
  const auto clip = index.clip(page().clip.id);
  const auto text = clip ? export_comments_of(index, *clip, format, desk_.application.time_zone())
                         : std::unexpected(clip.error());
  // TRANSLATORS: A file's name; {} is an update's title.
  const std::string title = tr_format("{} comments", clip ? display_line(clip->title) : "");
  const std::filesystem::path file = free_export_path(export_folder(desk_.application.home()), title,
                                                      "." + std::string(format_name(format)));
  const auto written = text ? write_file_durably(file, as_byte_span(*text)) : std::unexpected(text.error());
  if (!written)
    return desk_.notices.show(NoticeKind::Failure, tr("The comments could not be exported"),
                              written.error().message);
  desk_.notices.show(NoticeKind::Success, tr("Comments exported"), file.string(), tr_in("button", "Show"),
                     [this, folder = file.parent_path()] { show_folder(desk_, folder); });
}

// Drawing.

void AnswerDesk::set_drawing(bool on) {
  if (!library_ || (on && !page().has_screen)) return;
  answers().is_drawing = on;
  if (on) hooks_.pause();
}

void AnswerDesk::add_shape(const Shape& shape) {
  if (!library_) return;
  const std::size_t before = page().draft.drawing.size();
  page().draft = drawn_draft(page().draft, shape, position());
  if (page().draft.drawing.size() == before)
    desk_.notices.show(NoticeKind::Warning, tr("The drawing is full"), tr("Send it, and begin another one."));
  touch_draft();
}

void AnswerDesk::undo_shape() {
  page().draft = undrawn_draft(page().draft);
  touch_draft();
}

// Reactions.

void AnswerDesk::react(const std::string& name) {
  if (!library_) return;
  const auto mine = std::ranges::find_if(answers().reactions, [&](const ReactionView& reaction) {
    return reaction.is_mine && std::chrono::abs(reaction.at - position()) <= kSameMoment;
  });
  const bool is_there = mine != answers().reactions.end();
  const MediaTime at = is_there ? mine->at : position();
  const bool takes_back = is_there && mine->name == name;
  say(ReactEvent{.clip = page().clip.id, .at = at, .name = takes_back ? "" : name},
      tr("The reaction could not be sent"));
}

// Asks.

void AnswerDesk::set_asking(bool on) {
  if (!library_ || (on && !page().clip.is_mine)) return;
  Draft& draft = page().draft;
  draft.ask = on ? std::optional(AskDraft{}) : std::nullopt;
  if (!on) return;
  draft.reply_to.reset();
  draft.to.reset();
  if (!draft.at) draft.at = position();
  show_deadline();
}

void AnswerDesk::choose_ask_kind(AskKind kind) {
  if (page().draft.ask) page().draft.ask->kind = kind;
}

void AnswerDesk::toggle_asked(const std::string& person) {
  if (!page().draft.ask) return;
  std::vector<std::string>& people = page().draft.ask->people;
  if (person.empty()) {
    people.clear();
  } else if (std::erase(people, person) == 0) {
    people.push_back(person);
  }
  show_deadline();
}

void AnswerDesk::choose_deadline(std::optional<WallTime> by) {
  if (!page().draft.ask) return;
  page().draft.ask->by = by;
  page().draft.ask->by_typed.reset();
  show_deadline();
}

void AnswerDesk::type_deadline(const std::string& text) {
  if (!page().draft.ask) return;
  page().draft.ask->by_typed = text;
  page().draft.ask->by = parse_reply_by(text, wall_now(), desk_.application.time_zone());
  show_deadline();
}

void AnswerDesk::show_deadline() {
  answers().deadline =
      deadline_view(library_->session->index(), *page().draft.ask, wall_now(), desk_.application.time_zone());
}

void AnswerDesk::answer_ask(const std::string& comment) {
  hooks_.pause();
  begin_reply(comment);
}

void AnswerDesk::acknowledge(const std::string& comment) {
  const auto id = parse_event_id(comment);
  if (!id || !say(ReplyEvent{.to = *id, .text = kGotIt}, tr("That could not be sent"))) return;
  if (answers().asking == comment) pass_ask();
}

void AnswerDesk::pass_ask() {
  answers().asking.clear();
  hooks_.play();
}

// Recorded answers.

void AnswerDesk::begin_recorded_reply(ReplyKind kind) {
  if (!library_) return;
  hooks_.pause();
  if (!page().draft.reply_to && !page().draft.at) page().draft.at = position();
  hooks_.begin_recording(kind);
}

Result<EventBody> AnswerDesk::recorded_answer(const std::string& clip) const {
  auto event = event_of(page().draft);
  if (!event) return event;
  if (auto* reply = std::get_if<ReplyEvent>(&*event)) reply->with.media = clip;
  if (auto* comment = std::get_if<CommentEvent>(&*event)) comment->with.media = clip;
  return event;
}

void AnswerDesk::note_said() {
  if (!library_) return;
  cancel_draft();
  refresh();
  hooks_.on_said();
}

std::string AnswerDesk::media_of(const std::string& comment) const {
  const CommentView* found = find(comment);
  return found && found->media && found->media->state.empty() ? found->media->clip : "";
}

void AnswerDesk::play_media(const std::string& comment) {
  const std::string clip = media_of(comment);
  if (clip.empty()) return;
  hooks_.pause();
  hooks_.play_here(comment, clip);
}

void AnswerDesk::open_media(const std::string& comment) {
  const std::string clip = media_of(comment);
  if (!clip.empty()) hooks_.watch(clip);
}

}  // namespace meanwhile
