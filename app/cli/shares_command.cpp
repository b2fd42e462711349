// shares: what of the libraries people outside see.
#include <fmt/format.h>

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/reply_by.h"
#include "app/library/share.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kTitleColumn = 40;

struct SharesOptions {
  bool all = false;
};

Json time_json(const std::optional<WallTime>& time) {
  return time ? Json(format_rfc3339(*time)) : Json(nullptr);
}

// A link that is made now; none of what has ended, was sent, or lies in a place that can't be reached.
std::optional<SharedPage> page_to_show(LibrarySession& session, const Share& share, WallTime now) {
  if (!share.is_open(now)) return std::nullopt;
  auto page = page_of(session, share.terms, now);
  return page ? std::optional(std::move(*page)) : std::nullopt;
}

std::string ending_of(const Share& share, WallTime now, const std::string& zone) {
  if (share.is_off) return tr_in("a link", "ended");
  // TRANSLATORS: {} is a distance such as "3 days ago".
  if (!share.is_open(now)) return tr_format("ended {}", distance_words(*share.terms.until, now));
  if (share.terms.until)
    // TRANSLATORS: {0} is a day and time, {1} a distance such as "in 3 days".
    return tr_format("ends {} ({})", reply_by_words(*share.terms.until, now, zone),
                     distance_words(*share.terms.until, now));
  return share.terms.form == ShareForm::File ? tr("sent as a file") : tr("no end");
}

struct Listing {
  Json array = Json::array();
  std::string text;
};

void add_share(LibrarySession& session, const Share& share, WallTime now, const std::string& zone,
               Listing& listing) {
  const auto clip = session.index().clip(share.clip);
  const std::string title = clip ? clip->title : std::string();
  const auto page = page_to_show(session, share, now);
  listing.array.push_back({{"share", share.terms.share},
                           {"clip", share.clip},
                           {"title", title},
                           {"form", share_form_name(share.terms.form)},
                           {"link", page ? Json(page->link) : Json(nullptr)},
                           {"made", format_rfc3339(share.made)},
                           {"by", share.person_name},
                           {"until", time_json(share.terms.until)},
                           {"ends", page ? time_json(page->ends) : Json(nullptr)},
                           {"answers", share.terms.takes_answers},
                           {"password", share.terms.password.has_value()},
                           {"open", share.is_open(now)},
                           {"library", json_of_place(session)}});
  listing.text += fmt::format(
      "{}  {:<40} {}{}\n", share.terms.share, shorten(display_line(title_or_untitled(title)), kTitleColumn),
      ending_of(share, now, zone), share.terms.takes_answers ? "" : tr(", no answers"));
  if (page) listing.text += "  " + page->link + "\n";
}

Result<void> run_shares(Context& context, const SharesOptions& options) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Listing listing;
  for (OpenLibrary* library : *libraries) {
    LibrarySession& session = *library->session;
    const auto shares = session.index().shares();
    if (!shares) return std::unexpected(shares.error());
    const WallTime now = library_now(session.storage());
    for (const Share& share : *shares) {
      if (options.all || share.is_open(now))
        add_share(session, share, now, context.opened->time_zone(), listing);
    }
  }
  if (listing.text.empty()) listing.text = std::string(tr("Nothing is shared with people outside.")) + "\n";
  context.print({{"shares", std::move(listing.array)}}, listing.text);
  return {};
}

}  // namespace

void add_shares_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "shares", tr("Lists what is shared with people outside, with links that are made now"));
  auto options = make_options<SharesOptions>();
  command->add_flag("--all", options->all, tr("Also what has ended"));
  run_on_parse(command, context, [options](Context& used) { return run_shares(used, *options); });
}

}  // namespace meanwhile
