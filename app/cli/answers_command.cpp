// answers: what people said who only have a shared link.
#include <fmt/format.h>

#include <cstddef>
#include <expected>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/guest_line.h"
#include "app/library/index.h"
#include "app/library/time_words.h"
#include "app/page/answers_of_shares.h"
#include "app/page/guest_notes.h"
#include "app/page/guest_words.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/outbox.h"

namespace meanwhile {
namespace {

struct AnswersOptions {
  std::string text;
  std::string guest;
  std::optional<std::string> name = {};
  bool undo = false;
  bool no_wait = false;
};

std::string read_standard_input() {
  std::string text;
  char c = 0;
  while (text.size() < kLongestAnswersText && std::cin.get(c)) text += c;
  return text;
}

// Where nothing is to be waited for, what was said goes with the next command.
Result<void> send_all(const std::vector<OpenLibrary*>& libraries, Context& context) {
  const EndAtSignal end(context.last_call);
  for (OpenLibrary* library : libraries) {
    OutboxStatus status;
    const auto sent = send_waiting(*library->session, end.token(), status);
    if (!sent) return std::unexpected(sent.error());
    if (!*sent) say_line(tr_format("kept on this machine for now: {}", held_up(status).value_or("")));
  }
  return {};
}

bool is_refused_only(const TakenUp& taken) {
  return taken.guests.empty() && !(taken.refused.size() == 1 && taken.refused.contains(Refused::Repeated));
}

Result<void> run_add(Context& context, const AnswersOptions& options) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const std::string text = options.text == "-" ? read_standard_input() : options.text;
  const auto taken = paste_answers(text, *libraries);
  if (!taken) return std::unexpected(taken.error());
  const std::string refused = refused_words(taken->refused);
  if (is_refused_only(*taken))
    return fail(ErrorCode::InvalidArgument, tr_format("nothing was taken up: {}", refused));
  context.print(json_of(*taken), taken_up_words(*taken) + "\n" +
                                     (refused.empty() ? "" : tr_format("Not taken up: {}\n", refused)));
  return options.no_wait || taken->guests.empty() ? Result<void>() : send_all(*libraries, context);
}

std::string guest_line(const Guest& guest, const std::string& zone) {
  // TRANSLATORS: {0} is a number, {1} a moment such as "today 16:00".
  std::string answers = tr_count(guest.words, "{0} answer since {1}", "{0} answers since {1}", guest.words,
                                 time_words(guest.since, wall_now(), zone));
  if (!guest.known_by.empty()) {
    // TRANSLATORS: {0} is as "3 answers since today 16:00", {1} who said whose they are.
    answers = tr_format("{0}, known by {1}", answers, display_line(guest.known_by));
  }
  return fmt::format("{}  {:<30} {}\n", guest.id, display_line(guest.name), answers);
}

Json json_of(const Guest& guest, const LibrarySession& library) {
  Json json = {{"id", guest.id},
               {"name", guest.name},
               {"said_name", guest.said_name},
               {"since", format_rfc3339(guest.since)},
               {"words", guest.words},
               {"library", json_of_place(library)}};
  if (!guest.known_by.empty()) json["known_by"] = guest.known_by;
  return json;
}

// Of all of a library's shares, by this home.
std::map<Refused, int> dropped_by(const LibrarySession& library) {
  std::map<Refused, int> dropped;
  for (const auto& [share, notes] : read_guest_notes(library.folder()))
    for (const auto& [why, count] : notes.refused) dropped[why] += count;
  return dropped;
}

Result<void> run_answers(Context& context) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Json document = {{"guests", Json::array()}, {"dropped", Json::object()}};
  std::string text;
  std::map<Refused, int> dropped;
  for (OpenLibrary* library : *libraries) {
    const auto guests = library->session->index().guests();
    if (!guests) return std::unexpected(guests.error());
    for (const Guest& guest : *guests) {
      document["guests"].push_back(json_of(guest, *library->session));
      text += guest_line(guest, context.opened->time_zone());
    }
    for (const auto& [why, count] : dropped_by(*library->session)) dropped[why] += count;
  }
  for (const auto& [why, count] : dropped) document["dropped"][std::string(refusal_name(why))] = count;
  if (text.empty()) text = tr("Nobody has answered on a shared page yet.\n");
  if (!dropped.empty()) text += tr_format("Dropped: {}\n", refused_words(dropped));
  context.print(document, text);
  return {};
}

struct FoundGuest {
  OpenLibrary* library = nullptr;
  std::string id;
};

// By their id, or its beginning.
Result<FoundGuest> find_guest(const std::vector<OpenLibrary*>& libraries, const std::string& beginning) {
  constexpr std::size_t kShortestBeginning = 4;
  std::optional<FoundGuest> found;
  for (OpenLibrary* library : libraries) {
    const auto guests = library->session->index().guests();
    if (!guests) return std::unexpected(guests.error());
    for (const Guest& guest : *guests) {
      if (beginning.size() < kShortestBeginning || !guest.id.starts_with(beginning)) continue;
      if (found)
        return fail(ErrorCode::InvalidArgument,
                    tr_format("several guests begin with '{}'", display_line(beginning)));
      found = {library, guest.id};
    }
  }
  if (found) return *found;
  return fail(ErrorCode::NotFound, tr_format("there is no guest '{}': see `meanwhile answers`",
                                             display_line(shorten(beginning, 40))));
}

Result<void> run_known(Context& context, const AnswersOptions& options) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const auto guest = find_guest(*libraries, options.guest);
  if (!guest) return std::unexpected(guest.error());
  LibrarySession& session = *guest->library->session;
  const auto said =
      session.say(GuestKnownEvent{.guest = guest->id, .name = options.name, .known = !options.undo});
  if (!said) return std::unexpected(said.error());
  if (!options.no_wait) MEANWHILE_TRY(send_all({guest->library}, context));
  const auto guests = session.index().guests();
  if (!guests) return std::unexpected(guests.error());
  for (const Guest& one : *guests)
    if (one.id == guest->id) context.print(json_of(one, session), display_line(one.name) + "\n");
  return {};
}

}  // namespace

void add_answers_command(CLI::App& cli, Context& context) {
  auto* answers =
      cli.add_subcommand("answers", tr("Shows who answered on shared pages, and takes answers up"));
  const auto options = make_options<AnswersOptions>();
  auto* add = answers->add_subcommand("add", tr("Takes up answers that came by a chat or mail"));
  add->add_option("text", options->text,
                  tr("What was pasted (\"meanwhile-answers:…\"); \"-\" reads standard input"))
      ->required();
  add->add_flag("--no-wait", options->no_wait, tr("Don't wait until the library has them"));
  run_on_parse(add, context, [options](Context& used) { return run_add(used, *options); });
  auto* known = answers->add_subcommand("known", tr("Says whose words a guest's really are"));
  known
      ->add_option("guest", options->guest, tr("Their id, or its beginning, as `meanwhile answers` shows it"))
      ->required();
  known->add_option("--name", options->name, tr("What they are called, instead of what they typed"))
      ->type_name("NAME");
  known->add_flag("--undo", options->undo, tr("The opposite"));
  known->add_flag("--no-wait", options->no_wait, tr("Don't wait until the library has it"));
  run_on_parse(known, context, [options](Context& used) { return run_known(used, *options); });
  answers->require_subcommand(0, 1);
  run_on_parse(answers, context, run_answers);
}

}  // namespace meanwhile
