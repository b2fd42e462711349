// share: gives a clip to people outside the library, as a link or as one file; and ends that.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/share_options.h"
#include "app/cli/typed_secret.h"
#include "app/cli/views.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "app/library/reply_by.h"
#include "app/library/share.h"
#include "app/page/share_end.h"
#include "app/page/share_file.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

struct ShareOptions {
  std::string clip;  // with off: or a share
  std::string file;
  std::string size;
  std::string until;
  std::string base;
  bool has_password = false;
  bool off = false;
  bool force = false;
  bool no_answers = false;
  bool no_wait = false;
};

bool is_in_trash(Context& context, const std::string& clip) {
  const auto libraries = context.libraries();
  if (!libraries) return false;
  for (OpenLibrary* library : *libraries) {
    const auto trash = library->session->index().trash();
    if (!trash) continue;
    for (const DeletedClip& deleted : *trash) {
      if (deleted.id == clip) return true;
    }
  }
  return false;
}

// Errors: also InvalidArgument (a draft, or deleted: a sentence).
Result<FoundClip> find_to_share(Context& context, const std::string& reference) {
  auto found = find_clip(context, reference, Fresh::First);
  if (found || found.error().code != ErrorCode::NotFound) return found;
  const auto link = parse_clip_reference(reference);
  if (!link) return found;
  if (context.opened->take(link->clip))
    return fail(ErrorCode::InvalidArgument, tr("that is a draft: publish it first, then it can be shared"));
  if (is_in_trash(context, link->clip))
    return fail(ErrorCode::InvalidArgument,
                tr("that update was deleted: `meanwhile restore` brings it back, then it can be shared"));
  return found;
}

Result<std::string> typed_password() {
  auto password = ask_line(tr("Password for those who open it"), Echo::Off);
  if (!password) return password;
  if (password->empty()) return fail(ErrorCode::InvalidArgument, tr("an empty password locks nothing"));
  return password;
}

std::string file_sentences(const ShareFile& file, const std::filesystem::path& out) {
  std::string text = fmt::format("{}  {}\n", out.string(), format_size(file.size_bytes()));
  if (file.is_rendition())
    text +=
        std::string(tr("It is a smaller version, with the pictures beside each other; the page says that it "
                       "can't be checked against the original.")) +
        "\n";
  if (!file.fragment().empty()) {
    text += tr_format(
        "It is locked. Whoever is to open it needs what follows the file's name in the address: {}{}",
        out.filename().string(), file.fragment());
    text += fmt::format("\n{}\n", tr("Send that by another way than the file."));
  }
  return text;
}

Result<FileRequest> file_request(const ShareOptions& options) {
  FileRequest request{
      .out = options.file, .may_replace = options.force, .takes_answers = !options.no_answers};
  if (!options.size.empty()) {
    request.limit_bytes = parse_size(options.size);
    if (!request.limit_bytes)
      return fail(ErrorCode::InvalidArgument, tr_format("'{}' is no size: write it like 20MB", options.size));
  }
  if (options.has_password) {
    auto password = typed_password();
    if (!password) return std::unexpected(password.error());
    request.password = std::move(*password);
  }
  if (::isatty(STDERR_FILENO) == 1)
    request.progress = [](double done) {
      std::fprintf(stderr, "\r%s ", tr_format("encoding {:3.0f} %", done * 100).c_str());
    };
  return request;
}

Result<void> wait_for_word(LibrarySession& session, const EventId& said, bool no_wait) {
  if (no_wait) return {};
  const auto stored = wait_until_stored(session, said);
  return stored ? Result<void>() : std::unexpected(stored.error());
}

Result<void> run_share_file(Context& context, const FoundClip& found, const ShareOptions& options,
                            const std::stop_token& stop) {
  auto request = file_request(options);
  if (!request) return std::unexpected(request.error());
  auto file = ShareFile::prepare(*found.library, found.clip, std::move(*request), stop);
  if (!file && file.error().code == ErrorCode::AlreadyExists)
    return fail(tr("choose another name, or replace it with --force"), file.error());
  if (!file) return std::unexpected(file.error());
  // TRANSLATORS: {0} is a file's name, {1} its size.
  say_line(tr_format("{} will be {}", options.file, format_size(file->size_bytes())));
  MEANWHILE_TRY(file->write(stop));
  LibrarySession& session = *found.library->session;
  const auto said = session.say(ShareEvent{.clip = found.clip.id, .terms = file->terms()});
  if (!said) return std::unexpected(said.error());
  MEANWHILE_TRY(wait_for_word(session, *said, options.no_wait));
  Json document = {{"share", file->terms().share},
                   {"clip", found.clip.id},
                   {"form", "file"},
                   {"file", options.file},
                   {"bytes", file->size_bytes()},
                   {"smaller", file->is_rendition()},
                   {"library", json_of_place(session)}};
  if (!file->fragment().empty()) document["fragment"] = file->fragment();
  context.print(document, file_sentences(*file, options.file));
  return {};
}

const char* audience_sentence(const SharedPage& page) {
  if (page.place == PagePlace::Disk) return tr("Whoever may read the library's folder can open it there.");
  if (page.place == PagePlace::Server && page.terms.base.empty())
    return tr("Whoever may read the library's folder on the server can open it; it asks for their login.");
  if (page.place == PagePlace::Server) return tr("Whoever can open that address can watch.");
  return tr("Anybody who has the link can watch.");
}

std::string link_sentences(const SharedPage& page, WallTime now, const std::string& zone) {
  std::string text = fmt::format("{}\n{}\n", page.link, audience_sentence(page));
  if (page.terms.password) text += std::string(tr("It asks for the password that you gave.")) + "\n";
  if (page.ends)
    // TRANSLATORS: {0} is a day and time, {1} a distance such as "in 3 days".
    text += tr_format("It ends {} ({}).", reply_by_words(*page.ends, now, zone),
                      distance_words(*page.ends, now)) +
            "\n";
  const bool is_for_longer =
      page.ends && (!page.terms.until || *page.terms.until > *page.ends + std::chrono::minutes(1));
  if (is_for_longer)
    text += std::string(
                tr("The storage makes links for 7 days at most: `meanwhile shares` gives a newer one. If it "
                   "lets everybody read shares/, one link stays good.")) +
            "\n";
  return text;
}

Result<void> run_share_link(Context& context, const FoundClip& found, const ShareOptions& options,
                            const std::stop_token& stop) {
  if (!options.size.empty() || options.force)
    return fail(ErrorCode::InvalidArgument, tr("--size and --force are for a file (--file)"));
  LibrarySession& session = *found.library->session;
  const std::string zone = context.opened->time_zone();
  PageRequest request{.takes_answers = !options.no_answers, .base = options.base};
  MEANWHILE_TRY(set_until(options.until, library_now(session.storage()), zone, request));
  if (options.has_password) {
    auto password = typed_password();
    if (!password) return std::unexpected(password.error());
    request.password = std::move(*password);
  }
  const auto page = make_page(*found.library, found.clip, request, stop);
  if (!page) return std::unexpected(page.error());
  const auto said = session.say(ShareEvent{.clip = found.clip.id, .terms = page->terms});
  if (!said) return std::unexpected(said.error());
  MEANWHILE_TRY(wait_for_word(session, *said, options.no_wait));
  Json document = {{"share", page->terms.share},
                   {"clip", found.clip.id},
                   {"form", share_form_name(page->terms.form)},
                   {"link", page->link},
                   {"until", page->terms.until ? Json(format_rfc3339(*page->terms.until)) : Json(nullptr)},
                   {"ends", page->ends ? Json(format_rfc3339(*page->ends)) : Json(nullptr)},
                   {"answers", page->terms.takes_answers},
                   {"library", json_of_place(session)}};
  context.print(document, link_sentences(*page, wall_now(), zone));
  return {};
}

struct FoundShares {
  OpenLibrary* library = nullptr;
  std::vector<Share> shares;
};

// In whichever library has them.
Result<FoundShares> find_shares(Context& context, const std::string& reference) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  std::string meant = reference;
  if (const auto clip = find_known_clip(*libraries, reference)) meant = clip->clip.id;
  Error failure{ErrorCode::NotFound, tr("no library is open")};
  for (OpenLibrary* library : *libraries) {
    auto shares = shares_meant(*library->session, meant, library_now(library->session->storage()));
    if (shares) return FoundShares{library, std::move(*shares)};
    failure = shares.error();
    if (failure.code != ErrorCode::NotFound) break;
  }
  return std::unexpected(failure);
}

Result<void> run_share_off(Context& context, const ShareOptions& options, const std::stop_token& stop) {
  const auto found = find_shares(context, options.clip);
  if (!found) return std::unexpected(found.error());
  LibrarySession& session = *found->library->session;
  Json ended = Json::array();
  std::string text;
  for (const Share& share : found->shares) {
    const auto said = end_share(*found->library, share, stop);
    if (!said) return std::unexpected(said.error());
    MEANWHILE_TRY(wait_for_word(session, *said, options.no_wait));
    ended.push_back(
        {{"share", share.terms.share}, {"clip", share.clip}, {"form", share_form_name(share.terms.form)}});
    text +=
        // TRANSLATORS: {} is a link's or file's id.
        fmt::format("{}\n{}", tr_format("Ended {}", share.terms.share),
                    what_stays(session, share, library_now(session.storage()), context.opened->time_zone()));
  }
  context.print({{"ended", std::move(ended)}}, text);
  return {};
}

Result<void> run_share(Context& context, const ShareOptions& options) {
  const EndAtSignal end(context.last_call);
  if (options.off) return run_share_off(context, options, end.token());
  const auto found = find_to_share(context, options.clip);
  if (!found) return std::unexpected(found.error());
  if (options.file.empty()) return run_share_link(context, *found, options, end.token());
  if (!options.until.empty() || !options.base.empty())
    return fail(ErrorCode::InvalidArgument,
                tr("--until and --base are for a link: a file that was sent can't end"));
  return run_share_file(context, *found, options, end.token());
}

}  // namespace

void add_share_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("share", tr("Makes a page that people outside the library watch in a browser"));
  auto options = make_options<ShareOptions>();
  command->add_option("clip", options->clip, tr("The update; with --off also what `meanwhile shares` lists"))
      ->required();
  command->add_option("--until", options->until, tr("When it ends: 12h, 7d, 2026-12-24, never"))
      ->type_name("TIME");
  command
      ->add_option("--base", options->base,
                   tr("The address under which a web server shows the library's folder"))
      ->type_name("URL");
  command
      ->add_option("--file", options->file,
                   tr("Write one HTML file that holds everything, to be sent or copied"))
      ->type_name("OUT.html");
  command
      ->add_option("--size", options->size, tr("Of a file: at most so large, encoded smaller if it must be"))
      ->type_name("20MB");
  command->add_flag("--force", options->force, tr("Of a file: replace the one that is there"));
  command->add_flag("--password", options->has_password,
                    tr("Ask for a password, without which it doesn't open"));
  command->add_flag("--no-answers", options->no_answers, tr("Without a field for answers"));
  command->add_flag("--no-wait", options->no_wait, tr("Don't wait until the library knows of it"));
  command->add_flag("--off", options->off, tr("End it"));
  run_on_parse(command, context, [options](Context& used) { return run_share(used, *options); });
}

}  // namespace meanwhile
