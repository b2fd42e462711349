#include <cstdint>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/removals.h"
#include "app/libraries/trash.h"
#include "app/moving/clip_move.h"
#include "app/page/answers_of_shares.h"
#include "app/page/guest_intake.h"
#include "app/page/guest_words.h"
#include "app/page/renewal.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/sync.h"

namespace meanwhile {
namespace {

struct Synced {
  OutboxStatus status;
  SyncReport report;
  PurgeReport purged;
  TakenUp answers;               // of guests
  std::optional<Error> failure;  // it couldn't be read
};

// What guests answered goes to the others at once.
Result<void> take_answers(LibrarySession& library, Synced& done, const std::stop_token& stop) {
  GuestIntake intake;
  auto taken = take_up_answers(library, intake, wall_now(), stop);
  if (!taken && taken.error().is_control()) return std::unexpected(taken.error());
  if (!taken)
    return say_line(tr_format("answers of guests can't be taken up now: {}", taken.error().message)),
           Result<void>();
  done.answers = std::move(*taken);
  if (!done.answers.refused.empty())
    say_line(tr_format("answers of guests that were dropped: {}", refused_words(done.answers.refused)));
  if (done.answers.guests.empty()) return {};
  say_line(taken_up_words(done.answers));
  OutboxStatus status;
  const auto sent = send_waiting(library, stop, status);
  if (!sent) return std::unexpected(sent.error());
  return {};
}

Result<Synced> sync_one(LibrarySession& library, Application& application, const std::stop_token& stop) {
  Synced done;
  auto sent = send_waiting(library, stop, done.status);
  if (!sent) return std::unexpected(sent.error());
  MEANWHILE_TRY(application.note_published());
  if (auto report = library.sync(stop)) {
    done.report = std::move(*report);
  } else {
    done.failure = report.error();
  }
  for (const std::string& warning : done.report.warnings) say_line(warning);
  if (!done.failure) {
    auto purged = purge_if_due(library, wall_now(), stop);
    if (!purged) return std::unexpected(purged.error());
    done.purged = std::move(*purged);
    for (const std::string& trouble : done.purged.troubles) say_line(trouble);
    MEANWHILE_TRY(take_answers(library, done, stop));
  }
  if (!*sent) say_line(tr_format("kept on this machine for now: {}", held_up(done.status).value_or("")));
  for (const GroupStatus& group : done.status.groups) {
    if (group.failure) say_line(group.group + ": " + *group.failure);
  }
  return done;
}

// Pages for people outside: their links are kept good, and what was said since is put on them.
Result<void> renew_pages(OpenLibrary& library, const std::stop_token& stop) {
  LibrarySession& session = *library.session;
  const auto renewed = PageKeeper(library).look(session.index(), library_now(session.storage()), stop);
  if (!renewed) return std::unexpected(renewed.error());
  for (const std::string& trouble : renewed->troubles) say_line(trouble);
  return {};
}

Result<void> settle(OpenLibrary& library, const std::stop_token& stop) {
  const auto settled = settle_removals(library, library.session->index(), stop);
  if (!settled) return std::unexpected(settled.error());
  for (const std::string& trouble : settled->troubles) say_line(trouble);
  return {};
}

// What moves between libraries goes on as far as it can; what can't be done now isn't in the way.
void advance_moves(Application& application, const std::stop_token& stop) {
  for (const ClipMove& move : moves_under_way(application.home())) {
    const auto advanced = advance_move(application, move, stop);
    if (!advanced) say_line(tr_format("{} isn't moved yet: {}", move.clip, advanced.error().message));
  }
}

void add_up(Json& total, const Json& one) {
  for (const char* member : {"batches", "missing", "waiting_items", "waiting_events", "waiting_bytes"}) {
    total[member] = total.value(member, std::int64_t{0}) + one[member].get<std::int64_t>();
  }
}

Json json_of(const Synced& done, const LibrarySession& library) {
  Json json = {{"library", json_of_place(library)},
               {"batches", done.report.batches},
               {"missing", done.report.holes},
               {"waiting_items", done.status.waiting_items},
               {"waiting_events", done.status.waiting_events},
               {"waiting_bytes", done.status.waiting_bytes},
               {"removed_clips", done.purged.clips},
               {"guests", json_of(done.answers)["taken"]}};
  if (done.failure) json["failure"] = done.failure->message;
  return json;
}

// A library that can't be read isn't in the way of the others.
Result<void> run_sync(Context& context) {
  const EndAtSignal end(context.last_call);
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  Json total = Json::object();
  Json all = Json::array();
  std::optional<Error> failure;
  advance_moves(*context.opened, end.token());
  for (OpenLibrary* library : *libraries) {
    auto done = sync_one(*library->session, *context.opened, end.token());
    if (!done) return std::unexpected(done.error());
    all.push_back(json_of(*done, *library->session));
    add_up(total, all.back());
    if (!done->failure) {
      MEANWHILE_TRY(settle(*library, end.token()));
      MEANWHILE_TRY(renew_pages(*library, end.token()));
      continue;
    }
    if (failure) say_line(failure->message);
    failure = done->failure;
  }
  if (!moves_under_way(context.opened->home()).empty()) {
    advance_moves(*context.opened, end.token());
    for (OpenLibrary* library : *libraries) {
      OutboxStatus status;
      MEANWHILE_TRY(send_waiting(*library->session, end.token(), status));
    }
  }
  if (failure && libraries->size() == 1)
    return fail(tr("what is here is kept, but the library can't be read"), *failure);
  const auto batches = total["batches"].get<std::int64_t>();
  total["libraries"] = std::move(all);
  context.print(total, (batches > 0 ? tr_count(std::uint64_t(batches), "{} new", "{} new", batches)
                                    : tr("Nothing new.")) +
                           std::string("\n"));
  if (failure) return fail(tr("what is here is kept, but not all libraries can be read"), *failure);
  return {};
}

}  // namespace

void add_sync_command(CLI::App& cli, Context& context) {
  run_on_parse(cli.add_subcommand("sync", tr("Sends what waits, and fetches what others said")), context,
               run_sync);
}

}  // namespace meanwhile
