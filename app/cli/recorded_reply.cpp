#include "app/cli/recorded_reply.h"

#include <expected>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/application.h"
#include "app/cli/context.h"
#include "app/cli/words.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/mentions.h"
#include "app/library/text.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Result<std::vector<std::string>> mentioned(OpenLibrary& library, const std::string& text) {
  auto people = library.session->index().people();
  if (!people) return std::unexpected(people.error());
  return mentions_in(text, *people);
}

Result<AnswerPlace> place_at_comment(Context& context, const WordOptions& options) {
  const auto comment = find_comment(context, options.target);
  if (!comment) return std::unexpected(comment.error());
  auto mentions = mentioned(*comment->library, options.text);
  if (!mentions) return std::unexpected(mentions.error());
  const auto clip = comment->library->session->index().clip(comment->place.clip);
  return AnswerPlace{
      .library = comment->library,
      .event =
          ReplyEvent{.to = comment->id, .text = options.text, .with = {.mentions = std::move(*mentions)}},
      .title = clip ? clip->title : ""};
}

Result<AnswerPlace> place_in_clip(Context& context, const WordOptions& options) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  auto at = moment_meant(*found, options.at);
  if (!at) return std::unexpected(at.error());
  auto mentions = mentioned(*found->library, options.text);
  if (!mentions) return std::unexpected(mentions.error());
  return AnswerPlace{.library = found->library,
                     .event = CommentEvent{.clip = found->clip.id,
                                           .at = *at,
                                           .to = {},
                                           .text = options.text,
                                           .with = {.mentions = std::move(*mentions)}},
                     .title = found->clip.title};
}

EventBody with_recording(EventBody event, const std::string& clip) {
  if (auto* reply = std::get_if<ReplyEvent>(&event)) reply->with.media = clip;
  if (auto* comment = std::get_if<CommentEvent>(&event)) comment->with.media = clip;
  return event;
}

Result<std::string> take_called(Application& application, const std::string& reference) {
  const auto unpublished = application.unpublished_takes();
  if (reference == "latest" && !unpublished.empty()) return unpublished.back().clip;
  auto take = application.take(reference);
  if (!take) return std::unexpected(take.error());
  return take->clip;
}

}  // namespace

Result<AnswerPlace> find_answer_place(Context& context, const WordOptions& options) {
  return parse_event_id(options.target) ? place_at_comment(context, options)
                                        : place_in_clip(context, options);
}

Result<StoredReport> publish_answer(Context& context, const AnswerPlace& place, const std::string& take,
                                    bool waits) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  LibrarySession& library = *place.library->session;
  const std::string title = shorten("Re: " + display_line(place.title), kLongestTitle);
  MEANWHILE_TRY((*application)->publish(take, {.title = title, .channel = "", .library = library.id()}));
  auto said = library.say(with_recording(place.event, take));
  if (!said) return std::unexpected(said.error());
  if (!waits) return StoredReport{.stored = false, .reason = tr("not waited for")};
  auto words = wait_until_stored(library, *said);
  if (!words || !words->stored) return words;
  auto report = wait_until_stored(library, take);
  if (report) MEANWHILE_TRY((*application)->note_published());
  return report;
}

Result<void> run_recorded_reply(Context& context, const WordOptions& options) {
  const auto place = find_answer_place(context, options);
  if (!place) return std::unexpected(place.error());
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto take = take_called(**application, options.take);
  if (!take) return std::unexpected(take.error());
  const auto report = publish_answer(context, *place, *take, !options.no_wait);
  if (!report) return std::unexpected(report.error());
  Json document = {{"clip", *take}, {"stored", report->stored}};
  if (!report->stored) document["waiting"] = report->reason;
  context.print(
      document,
      (report->stored ? tr_format("Answered with {}", *take) : tr_format("Will be sent: {}", *take)) + "\n");
  return {};
}

}  // namespace meanwhile
