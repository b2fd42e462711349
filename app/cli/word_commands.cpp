// comment, reply, react, resolve, delete: words that a person adds to a library.
#include "app/cli/commands.h"
#include "app/library/text.h"

namespace meanwhile {
namespace {

struct WordOptions {
  std::string target;  // a clip or a comment
  std::string at;
  std::string to;
  std::string text;
  bool undo = false;
  bool no_wait = false;
};

// Journals it, and waits until it is in the library unless that is not wanted.
Result<void> say(Context& context, OpenLibrary& in, const EventBody& body, const WordOptions& options) {
  LibrarySession& library = *in.session;
  auto id = library.say(body);
  if (!id) return std::unexpected(id.error());
  StoredReport report{.stored = false, .reason = "not waited for"};
  if (!options.no_wait) {
    auto waited = wait_until_stored(library, *id);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  Json document = {{"id", to_text(*id)}, {"stored", report.stored}};
  if (!report.stored) document["waiting"] = report.reason;
  context.print(document, to_text(*id) + "\n");
  return {};
}

// A moment within the clip; while it is recorded nobody knows its end.
Result<MediaTime> moment_in(const Clip& clip, const std::string& text) {
  auto moment = parse_moment(text);
  if (moment && !clip.is_live && *moment > clip.duration) {
    return fail(ErrorCode::InvalidArgument, text + " is past the end of the clip, which is " +
                                                format_exact_moment(clip.duration) + " long");
  }
  return moment;
}

Result<void> run_comment(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  CommentEvent event{.clip = found->clip.id, .at = {}, .to = {}, .text = options.text};
  auto at = moment_in(found->clip, options.at);
  if (!at) return std::unexpected(at.error());
  event.at = *at;
  if (!options.to.empty()) {
    auto to = moment_in(found->clip, options.to);
    if (!to) return std::unexpected(to.error());
    if (*to < *at) return fail(ErrorCode::InvalidArgument, "--to must not be before --at");
    event.to = *to;
  }
  return say(context, *found->library, event, options);
}

Result<void> run_reply(Context& context, const WordOptions& options) {
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  return say(context, *comment->library, ReplyEvent{.to = comment->id, .text = options.text}, options);
}

Result<void> run_react(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  auto at = moment_in(found->clip, options.at);
  if (!at) return std::unexpected(at.error());
  return say(context, *found->library, ReactEvent{.clip = found->clip.id, .at = *at, .name = options.text},
             options);
}

Result<void> run_resolve(Context& context, const WordOptions& options) {
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  return say(context, *comment->library, ResolveEvent{.comment = comment->id, .resolved = !options.undo},
             options);
}

// Deleting what is somebody else's would count for nothing: it is refused here already.
Result<void> run_delete(Context& context, const WordOptions& options) {
  if (parse_event_id(options.target)) {
    const auto comment = find_comment(context, options.target);
    if (!comment) return std::unexpected(comment.error());
    if (!comment->place.comment.is_mine)
      return fail(ErrorCode::PermissionDenied, "only who wrote a comment can delete it");
    return say(context, *comment->library, DeleteCommentEvent{.comment = comment->id}, options);
  }
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  if (!found->clip.is_mine) return fail(ErrorCode::PermissionDenied, "only a clip's author can delete it");
  return say(context, *found->library, DeleteClipEvent{.clip = found->clip.id}, options);
}

struct WordCommand {
  CLI::App* command;
  std::shared_ptr<WordOptions> options;
};

WordCommand add_word(CLI::App& cli, const char* name, const char* help, const char* target,
                     const char* target_help) {
  WordCommand word{.command = cli.add_subcommand(name, help), .options = make_options<WordOptions>()};
  word.command->add_option(target, word.options->target, target_help)->required();
  word.command->add_flag("--no-wait", word.options->no_wait,
                         "Don't wait until it is stored; the next start sends it");
  return word;
}

template <typename Run>
void finish_word(const WordCommand& word, Context& context, Run run) {
  run_on_parse(word.command, context,
               [options = word.options, run](Context& used) { return run(used, *options); });
}

}  // namespace

void add_word_commands(CLI::App& cli, Context& context) {
  auto comment = add_word(cli, "comment", "Comments on a clip at a moment", "clip", "The clip");
  comment.command->add_option("--at", comment.options->at, "The moment: 83.5, 1:23.5")
      ->required()
      ->type_name("T");
  comment.command->add_option("--to", comment.options->to, "The end of a range")->type_name("T");
  comment.command->add_option("text", comment.options->text, "What to say")->required();
  finish_word(comment, context, run_comment);

  auto reply = add_word(cli, "reply", "Answers a comment", "comment", "Its id, as `meanwhile show` gives it");
  reply.command->add_option("text", reply.options->text, "What to say")->required();
  finish_word(reply, context, run_reply);

  auto react = add_word(cli, "react", "Reacts to a moment of a clip", "clip", "The clip");
  react.command->add_option("--at", react.options->at, "The moment")->required()->type_name("T");
  react.command
      ->add_option("name", react.options->text,
                   "thumbs-up, heart, laugh, rocket, idea or question; \"\" takes it back")
      ->required();
  finish_word(react, context, run_react);

  auto resolve = add_word(cli, "resolve", "Marks a comment as resolved", "comment", "Its id");
  resolve.command->add_flag("--reopen", resolve.options->undo, "The opposite");
  finish_word(resolve, context, run_resolve);

  auto remove =
      add_word(cli, "delete", "Deletes a comment or a clip of one's own", "id", "The comment's or clip's id");
  finish_word(remove, context, run_delete);
}

}  // namespace meanwhile
