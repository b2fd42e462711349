#include "app/page/library_page.h"

#include <fmt/format.h>

#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "app/page/library_list.h"
#include "app/page/page_frame.h"
#include "app/page/page_hash.h"
#include "app/page/web_sources.h"
#include "media/base/byte_stream.h"
#include "media/base/escapes.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::string_view kMark = R"(<header data-list=")";
constexpr std::size_t kLargestPageBytes = 4u << 20;

// Its viewer's language isn't its maker's, so that the script translates what is marked (page_words.h); and
// whoever makes the list makes the same.
std::string title_markup(std::string_view title) {
  if (!trimmed(title).empty()) return fmt::format("<b dir=\"auto\">{}</b>", escape_markup(trimmed(title)));
  return fmt::format("<b data-tr>{}</b>", tr_later("Untitled update"));
}

std::string heading_markup(const ListedChannel& channel, const LibraryList& list) {
  if (!channel.name.empty()) return fmt::format("<h2 dir=\"auto\"># {}</h2>", escape_markup(channel.name));
  const bool is_only = list.channels.size() == 1;
  return fmt::format("<h2 data-tr>{}</h2>", is_only ? tr_later("Updates") : tr_later("Without a channel"));
}

std::string markup_of(const ListedUpdate& update, const LibraryList& list) {
  const Clip& clip = update.clip;
  const std::string published = format_rfc3339(clip.published);
  const std::string address = update.page.empty()
                                  ? to_text(ClipLink{.library = list.library, .clip = clip.id, .at = {}})
                                  : update.page;
  const char* opens = update.is_locked ? tr_later("Opens here with its password") : tr_later("Opens here");
  const std::string picture =
      update.poster.empty()
          ? ""
          : fmt::format("<img src=\"{}\" alt=\"\" loading=\"lazy\">", escape_markup(update.poster));
  return fmt::format(
      "<li><a href=\"{}\"><span class=\"picture\">{}{}<span "
      "class=\"length\">{}</span></span>{}<span class=\"by\">{} · <time "
      "datetime=\"{}\">{}</time></span></a></li>\n",
      escape_markup(address), picture,
      update.page.empty() ? "" : fmt::format("<span class=\"opens\" data-tr>{}</span>", opens),
      format_moment(clip.duration), title_markup(clip.title), escape_markup(clip.author_name), published,
      published.substr(0, 10));
}

std::string markup_of(const ListedChannel& channel, const LibraryList& list) {
  std::string text = fmt::format("<section>\n{}\n<ul>\n", heading_markup(channel, list));
  for (const ListedUpdate& update : channel.updates) text += markup_of(update, list);
  return text + "</ul>\n</section>\n";
}

std::string head_of(const LibraryList& list) {
  std::size_t count = 0;
  for (const ListedChannel& channel : list.channels) count += channel.updates.size();
  const char* const about =
      count == 0
          ? tr_later("No updates yet.")
          : tr_later(
                "Updates that say so open here, the others in Meanwhile. Share one there, and it opens here "
                "too.");
  return fmt::format(
      "<div><h1 dir=\"auto\">{}</h1><p data-tr>{}</p></div>\n<input id=\"search\" type=\"search\" "
      "placeholder=\"{}\" aria-label=\"{}\" data-tr hidden>\n</header>\n",
      escape_markup(list.name), about, tr_later("Search"), tr_later("Search updates"));
}

// All that the list shows.
std::string body_of(const LibraryList& list) {
  std::string text = head_of(list);
  bool is_archive = false;
  for (const ListedChannel& channel : list.channels) {
    if (channel.is_archived && !is_archive)
      text += fmt::format("<details><summary data-tr>{}</summary>\n", tr_later("Archived channels"));
    is_archive |= channel.is_archived;
    text += markup_of(channel, list);
  }
  if (is_archive) text += "</details>\n";
  if (list.has_older)
    text += fmt::format("<footer data-tr>{}</footer>\n", tr_later("Older updates are in Meanwhile."));
  return text;
}

std::string policy() {
  return fmt::format(
      "default-src 'none'; script-src '{}'; style-src '{}'; img-src 'self' file:; base-uri 'none'; "
      "form-action 'none'",
      policy_hash(list_script()), policy_hash(list_style()));
}

bool has_such_a_page(const LibrarySession& session) {
  return session.url().starts_with("folder:") && !session.sealed();
}

// Whether the file may be replaced by that list. Errors: the place's.
Result<bool> should_write(Storage& place, const std::string& mark, const std::stop_token& stop) {
  const auto page = place.get(kLibraryPageKey, kLargestPageBytes, {}, stop);
  if (!page && page.error().code == ErrorCode::NotFound) return true;
  if (!page && page.error().code == ErrorCode::Corrupt) return false;  // larger than any of ours
  if (!page) return std::unexpected(page.error());
  const auto theirs = mark_of_page(as_text(*page));
  return theirs && *theirs != mark;
}

}  // namespace

std::optional<std::string> mark_of_page(std::string_view page) {
  const std::size_t at = page.find(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = page.substr(at + kMark.size());
  return std::string(rest.substr(0, rest.find('"')));
}

std::string library_page(const LibraryList& list) {
  std::string page(list_page());
  const std::string body = body_of(list);
  // From the last on: nobody's text is searched for a place.
  fill_place(page, "script", script_in_markup(page + body, list_script()));
  fill_place(page, "list", fmt::format("{}{}\">\n{}", kMark, policy_hash(body), body));
  fill_place(page, "style", fmt::format("<style>{}</style>", list_style()));
  fill_place(page, "title", fmt::format("<title>{}</title>", escape_markup(list.name)));
  fill_place(page, "csp",
             fmt::format(R"(<meta http-equiv="Content-Security-Policy" content="{}">)", policy()));
  return page;
}

Result<bool> LibraryPageKeeper::look(Index& index, WallTime now, const std::stop_token& stop) {
  LibrarySession& session = *library_.session;
  if (!has_such_a_page(session)) return false;
  const auto list = read_library_list(index, *library_.clips, session.id(), session.name(), now, stop);
  if (!list) return std::unexpected(list.error());
  const std::string page = library_page(*list);
  const auto mark = mark_of_page(page);
  if (mark == known_) return false;
  const auto should = should_write(session.storage(), *mark, stop);
  if (!should) return std::unexpected(should.error());
  if (*should) {
    const auto put = session.storage().put(kLibraryPageKey, as_byte_span(page), stop);
    // Who may only read leaves it to others.
    if (!put && put.error().code != ErrorCode::PermissionDenied) return std::unexpected(put.error());
  }
  known_ = mark;
  return *should;
}

}  // namespace meanwhile
