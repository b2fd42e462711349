// ask, asks: what an author wants of those who watch, and who has answered.
#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/cli/words.h"
#include "app/libraries/find_clip.h"
#include "app/library/comment_json.h"
#include "app/library/deadlines.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/reply_by.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// As people call them; the short names of the format do, too.
std::optional<AskKind> typed_kind(const std::string& word) {
  if (word == "answer-needed") return AskKind::Answer;
  if (word == "for-information") return AskKind::Know;
  return parse_ask_kind(word);
}

struct AskOptions {
  std::string kind = "answer-needed";
  std::vector<std::string> people;
  std::string by;
};

// By name or id. Errors: NotFound, InvalidArgument (two have that name: their ids tell them apart).
Result<std::string> person_called(const std::vector<Person>& people, const std::string& name) {
  std::vector<const Person*> found;
  for (const Person& person : people)
    if (person.name == name || person.said_name == name || person.id == name) found.push_back(&person);
  if (found.empty()) {
    std::string names;
    for (const Person& person : people) names += (names.empty() ? "" : ", ") + display_line(person.name);
    return fail(ErrorCode::NotFound,
                // TRANSLATORS: {1} is a list of those who are here.
                tr_format("nobody here is called '{0}': {1}", display_line(name), names));
  }
  if (found.size() > 1) {
    return fail(ErrorCode::InvalidArgument,
                // TRANSLATORS: {0} is a name, {1} and {2} are ids.
                tr_format("several people are called '{0}': give an id, {1} or {2}", display_line(name),
                          found[0]->id, found[1]->id));
  }
  return found.front()->id;
}

// What it is where those are who are asked; what is outside their hours is meant so, and said.
void say_deadline(const std::vector<Person>& people, const AskEvent& event, const std::string& zone) {
  const std::vector<Person> asked = asked_of(people, event.people);
  const WallTime now = wall_now();
  const Deadline deadline = deadline_at(*event.by, asked, now, zone);
  if (!deadline.theirs.empty()) {
    // TRANSLATORS: {0} is a time such as "tomorrow 12:00", {1} as "Sydney: Mon 09:30 there".
    say_line(tr_format("by {0} your time; {1}", deadline.label, deadline.theirs));
  }
  if (const auto outside = outside_hours(*event.by, asked, now, zone)) {
    const Deadline& next = outside->next;
    const std::string when = next.label + (next.theirs.empty() ? "" : "; " + next.theirs);
    // TRANSLATORS: {0} is a city, {1} a time such as "tomorrow 12:00".
    say_line(tr_format("outside working hours in {0}: their next time is {1}", outside->where, when));
  }
}

Result<AskEvent> ask_event(Context& context, const FoundClip& found, const WordOptions& options,
                           const AskOptions& ask) {
  auto at = moment_meant(found, options.at);
  if (!at) return std::unexpected(at.error());
  const auto kind = typed_kind(ask.kind);
  if (!kind)
    return fail(ErrorCode::InvalidArgument, tr("--kind is decision, answer-needed or for-information"));
  AskEvent event{
      .clip = found.clip.id, .at = *at, .kind = *kind, .text = options.text, .version = found.clip.version};
  const auto people = found.library->session->index().people();
  if (!people) return std::unexpected(people.error());
  for (const std::string& name : ask.people) {
    auto person = person_called(*people, name);
    if (!person) return std::unexpected(person.error());
    event.people.push_back(std::move(*person));
  }
  if (ask.by.empty()) return event;
  event.by = parse_reply_by(ask.by, wall_now(), context.opened->time_zone());
  if (!event.by) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("--by {} is no time: \"Thu 16:00\", \"tomorrow 12:00\", \"2026-12-03 16:00\"",
                          display_line(ask.by)));
  }
  say_deadline(*people, event, context.opened->time_zone());
  return event;
}

Result<void> run_ask(Context& context, const WordOptions& options, const AskOptions& ask) {
  const auto found = find_clip(context, options.target, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  if (!found->clip.is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr("only a clip's author asks in it; others comment, with an @Name"));
  auto event = ask_event(context, *found, options, ask);
  if (!event) return std::unexpected(event.error());
  return say_word(context, *found->library, *event, options);
}

std::string text_of(const Ask& ask, const std::string& zone) {
  std::string line = fmt::format("{}  {} {}: {}\n", ask.clip, format_moment(ask.comment.at),
                                 ask_kind_words(ask.comment.ask->kind), display_line(ask.comment.text));
  const std::string author = display_line(ask.comment.author_name);
  const std::string answered = answered_words(ask);
  const auto until = ask.comment.ask->by;
  line +=
      "    " +
      // TRANSLATORS: {0} is who asked, {1} as "3 of 5 answered", {2} a time such as "tomorrow 16:00".
      (until ? tr_format("by {0}, {1}, until {2}", author, answered, reply_by_words(*until, wall_now(), zone))
             // TRANSLATORS: {0} is who asked, {1} as "3 of 5 answered".
             : tr_format("by {0}, {1}", author, answered)) +
      "\n";
  for (const AskedPerson& person : ask.people)
    line += fmt::format("      {} {}\n", person.answered ? "x" : "-", display_line(person.name));
  return line + "    " + tr_format("id {}", ask.comment.id) + "\n";
}

struct AsksOptions {
  std::string clip;
  bool mine = false;
};

Result<std::vector<Ask>> wanted_asks(Context& context, const AsksOptions& options) {
  if (!options.clip.empty()) {
    const auto found = find_clip(context, options.clip, Fresh::First);
    if (!found) return std::unexpected(found.error());
    return found->library->session->index().asks(found->clip.id);
  }
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  std::vector<Ask> all;
  for (OpenLibrary* library : *libraries) {
    Index& index = library->session->index();
    auto asks = options.mine ? index.asks_by_me() : index.asks_of_me();
    if (!asks) return std::unexpected(asks.error());
    std::ranges::move(*asks, std::back_inserter(all));
  }
  return all;
}

Result<void> run_asks(Context& context, const AsksOptions& options) {
  const auto asks = wanted_asks(context, options);
  if (!asks) return std::unexpected(asks.error());
  Json list = Json::array();
  std::string text;
  for (const Ask& ask : *asks) {
    list.push_back(json_of(ask));
    text += text_of(ask, context.opened->time_zone());
  }
  if (text.empty()) text = tr("No open asks.\n");
  context.print({{"asks", std::move(list)}}, text);
  return {};
}

}  // namespace

void add_ask_commands(CLI::App& cli, Context& context) {
  auto ask = add_word(cli, "ask", tr("Adds a question to one of your clips"), "clip", tr("The clip"));
  const auto details = make_options<AskOptions>();
  add_moment(ask);
  ask.command->add_option("--kind", details->kind, tr("decision, answer-needed or for-information"))
      ->type_name("KIND")
      ->check(such_as({"decision", "answer-needed", "for-information"}));
  ask.command->add_option("--for", details->people, tr("Whom, by name; without it everyone"))
      ->type_name("NAME");
  ask.command->add_option("--by", details->by, tr("Until when: \"Thu 16:00\", \"tomorrow 12:00\""))
      ->type_name("TIME");
  ask.command->add_option("text", ask.options->text, tr("What is asked"))->required();
  finish_word(ask, context, [details](Context& used, const WordOptions& options) {
    return run_ask(used, options, *details);
  });

  auto* asks =
      cli.add_subcommand("asks", tr("Lists what waits for your answer, or what was asked in a clip"));
  const auto options = make_options<AsksOptions>();
  asks->add_option("clip", options->clip, tr("Only those of this clip, answered ones too"));
  asks->add_flag("--mine", options->mine, tr("What you asked"));
  run_on_parse(asks, context, [options](Context& used) { return run_asks(used, *options); });
}

}  // namespace meanwhile
