// comment, reply, edit, react, ask, resolve, delete: words that a person adds to a library.
#include <cstdint>
#include <expected>
#include <string>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/recorded_reply.h"
#include "app/cli/words.h"
#include "app/libraries/clip_change.h"
#include "app/libraries/library_session.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/mentions.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestDrawingBytes = 64 << 10;

// The shapes of --drawing FILE, as an event has them.
Result<Drawing> read_drawing(const std::string& file) {
  if (file.empty()) return Drawing{};
  auto bytes = read_file(file, kLargestDrawingBytes);
  if (!bytes) return fail(tr("reading the drawing"), bytes.error());
  auto json = parse_json(as_text(*bytes));
  if (!json) return fail(tr("reading the drawing"), json.error());
  auto drawing = drawing_from_json(*json);
  if (!drawing) return fail(ErrorCode::InvalidArgument, drawing.error().message);
  return drawing;
}

Result<Attachments> attachments_of(LibrarySession& library, const WordOptions& options) {
  auto drawing = read_drawing(options.drawing);
  if (!drawing) return std::unexpected(drawing.error());
  auto people = library.index().people();
  if (!people) return std::unexpected(people.error());
  return Attachments{.drawing = std::move(*drawing), .mentions = mentions_in(options.text, *people)};
}

Result<void> run_comment(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  auto with = attachments_of(*found->library->session, options);
  if (!with) return std::unexpected(with.error());
  CommentEvent event{.clip = found->clip.id,
                     .at = {},
                     .to = {},
                     .text = options.text,
                     .with = *with,
                     .version = found->clip.version};
  auto at = moment_meant(*found, options.at);
  if (!at) return std::unexpected(at.error());
  event.at = *at;
  if (!options.to.empty()) {
    auto to = moment_in(found->clip, options.to);
    if (!to) return std::unexpected(to.error());
    if (*to < *at) return fail(ErrorCode::InvalidArgument, tr("--to must not be before --at"));
    event.to = *to;
  }
  return say_word(context, *found->library, event, options);
}

Result<void> run_reply(Context& context, const WordOptions& options) {
  if (!options.take.empty()) return run_recorded_reply(context, options);
  if (options.text.empty())
    return fail(ErrorCode::InvalidArgument, tr("a reply needs words, or --clip TAKE"));
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  auto with = attachments_of(*comment->library->session, options);
  if (!with) return std::unexpected(with.error());
  return say_word(context, *comment->library,
                  ReplyEvent{.to = comment->id, .text = options.text, .with = *with}, options);
}

Result<void> edit_clip(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  const auto event =
      changed_clip(*found->library->session, found->clip,
                   {.title = options.title, .channel = options.channel, .description = options.description});
  if (!event) return std::unexpected(event.error());
  return say_word(context, *found->library, *event, options);
}

Result<void> run_edit(Context& context, const WordOptions& options) {
  const bool is_clip = options.title || options.channel || options.description;
  if (is_clip == !options.text.empty())
    return fail(
        ErrorCode::InvalidArgument,
        tr("edit takes a comment and its new text, or a clip with --title, --channel or --description"));
  if (is_clip) return edit_clip(context, options);
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  if (!comment->place.comment.is_mine)
    return fail(ErrorCode::PermissionDenied, tr("only who wrote a comment can change it"));
  auto people = comment->library->session->index().people();
  if (!people) return std::unexpected(people.error());
  return say_word(context, *comment->library,
                  EditEvent{comment->id, options.text, mentions_in(options.text, *people)}, options);
}

Result<void> run_react(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  auto at = moment_meant(*found, options.at);
  if (!at) return std::unexpected(at.error());
  return say_word(context, *found->library,
                  ReactEvent{.clip = found->clip.id, .at = *at, .name = options.text}, options);
}

Result<void> run_resolve(Context& context, const WordOptions& options) {
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  return say_word(context, *comment->library, ResolveEvent{.comment = comment->id, .resolved = !options.undo},
                  options);
}

// Deleting what is somebody else's would count for nothing: it is refused here already.
Result<void> run_delete(Context& context, const WordOptions& options) {
  if (parse_event_id(options.target)) {
    const auto comment = find_comment(context, options.target);
    if (!comment) return std::unexpected(comment.error());
    if (!comment->place.comment.is_mine && !comment->place.comment.is_guest)
      return fail(ErrorCode::PermissionDenied, tr("only who wrote a comment can delete it"));
    return say_word(context, *comment->library, DeleteCommentEvent{.comment = comment->id}, options);
  }
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  if (!found->clip.is_mine)
    return fail(ErrorCode::PermissionDenied, tr("only a clip's author can delete it"));
  return say_word(context, *found->library, DeleteClipEvent{.clip = found->clip.id}, options);
}

void add_drawing(const WordCommand& word) {
  word.command
      ->add_option("--drawing", word.options->drawing,
                   tr("Shapes over the screen: a JSON file as app/library/FORMAT.md has it"))
      ->type_name("FILE");
}

}  // namespace

void add_word_commands(CLI::App& cli, Context& context) {
  auto comment = add_word(cli, "comment", tr("Comments on a clip at a moment"), "clip", tr("The clip"));
  add_moment(comment);
  comment.command->add_option("--to", comment.options->to, tr("The end of a range"))->type_name("T");
  comment.command->add_option("text", comment.options->text, tr("What to say; @Name mentions somebody"))
      ->required();
  add_drawing(comment);
  finish_word(comment, context, run_comment);

  auto reply = add_word(cli, "reply", tr("Answers a comment, also with a recording"), "comment",
                        tr("Its id, as `meanwhile show` gives it; with --clip also a clip"));
  reply.command->add_option("text", reply.options->text, tr("What to say; @Name mentions somebody"));
  reply.command
      ->add_option("--clip", reply.options->take,
                   tr("A draft, recorded as this reply: its id, or \"latest\""))
      ->type_name("TAKE");
  reply.command->add_option("--at", reply.options->at, tr("With --clip and a clip: the moment"))
      ->type_name("T");
  add_drawing(reply);
  finish_word(reply, context, run_reply);

  auto edit = add_word(cli, "edit", tr("Changes one of your comments (earlier versions stay) or clips"), "id",
                       tr("The comment's id, or the clip"));
  edit.command->add_option("text", edit.options->text, tr("Of a comment: what it says from now on"));
  edit.command->add_option("--title", edit.options->title, tr("Of a clip"))->type_name("TITLE");
  edit.command->add_option("--channel", edit.options->channel, tr("Of a clip; \"\": in none"))
      ->type_name("NAME");
  edit.command
      ->add_option("--description", edit.options->description,
                   tr("Of a clip: at most 2,000 characters; \"\": none"))
      ->type_name("TEXT");
  finish_word(edit, context, run_edit);

  auto react = add_word(cli, "react", tr("Reacts to a moment of a clip"), "clip", tr("The clip"));
  add_moment(react);
  react.command
      ->add_option("name", react.options->text,
                   tr("thumbs-up, heart, laugh, rocket, idea or question; \"\" takes it back"))
      ->required();
  finish_word(react, context, run_react);

  auto resolve = add_word(cli, "resolve", tr("Marks a comment as resolved"), "comment", tr("Its id"));
  resolve.command->add_flag("--reopen", resolve.options->undo, tr("The opposite"));
  finish_word(resolve, context, run_resolve);

  auto remove = add_word(cli, "delete", tr("Deletes one of your comments or clips, or a guest's comment"),
                         "id", tr("The comment's or clip's id"));
  finish_word(remove, context, run_delete);
}

}  // namespace meanwhile
