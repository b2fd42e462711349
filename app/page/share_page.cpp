#include "app/page/share_page.h"

#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/page_keys.h"
#include "app/page/page_lock.h"
#include "app/page/page_media.h"
#include "app/page/page_state.h"
#include "app/page/page_text.h"
#include "app/page/share_content.h"
#include "app/page/share_terms.h"
#include "media/base/escapes.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/http/url.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

// Of a link, if nobody says otherwise.
constexpr std::chrono::hours kUsualTime{7 * 24};
constexpr std::string_view kFolderUrl = "folder:";
std::string page_key(const std::string& share) {
  return share_prefix(share) + "index.html";
}

std::string state_key(const std::string& share) {
  return share_prefix(share) + "state.json";
}

fs::path folder_of_library(const LibrarySession& session) {
  return session.url().substr(kFolderUrl.size());
}

// The page after what it names, then the state: what was half done is due again. A page that somebody has
// open finds a newer rest as good as its own.
Result<void> store_page(const PageMaking& making) {
  const auto text = page_text(making);
  if (!text) return std::unexpected(text.error());
  const std::string& share = making.terms.share;
  if (making.place == PagePlace::Disk)
    MEANWHILE_TRY(write_media_files(making.library, making.content,
                                    folder_of_library(making.session()) / share_prefix(share), making.stop));
  if (!text->rest.empty())
    MEANWHILE_TRY(
        put_document(making.storage(), rest_key(share), "application/json", text->rest, making.stop));
  MEANWHILE_TRY(
      put_document(making.storage(), page_key(share), "text/html; charset=utf-8", text->page, making.stop));
  PageState state{.made = making.now,
                  .words = words_mark(making.content, making.terms.secret),
                  .manifest = manifest_place(making.content.clip).sha256};
  if (making.place == PagePlace::Signed)
    state.signed_until = making.now + link_time(making.terms, making.now);
  return making.storage().put(state_key(share), to_bytes(state), making.stop);
}

Result<void> check_until(const std::optional<WallTime>& until, WallTime now) {
  constexpr std::chrono::hours kShortest{1};
  if (!until || *until - now >= kShortest - std::chrono::minutes(1)) return {};
  return fail(ErrorCode::InvalidArgument, tr("a share lasts an hour at least"));
}

std::optional<WallTime> end_of(const PageRequest& request, PagePlace place, WallTime now) {
  if (request.until || request.is_for_ever || place != PagePlace::Signed) return request.until;
  return now + kUsualTime;
}

ShareTerms terms_of(const PageRequest& request, PagePlace place, bool is_sealed) {
  ShareTerms terms{.share = new_share_id(),
                   .form = place == PagePlace::Signed ? ShareForm::Link : ShareForm::Page,
                   .takes_answers = request.takes_answers,
                   .base = percent_encode(request.base, ":/?#[]@!$&'()*+,;=%")};
  PageLock lock;
  if (is_sealed) lock.secret = new_page_secret();
  if (!request.password.empty()) lock.password = new_password(request.password);
  write_lock(lock, terms);
  if (is_sealed && request.takes_answers) add_answers_key(terms);
  return terms;
}

// Where everybody may read, links needn't be signed, and the page's own doesn't end. Errors: the place's.
Result<void> note_open_place(LibrarySession& session, ShareTerms& terms, const std::stop_token& stop) {
  Addressed* addressed = session.storage().capabilities().addressed;
  if (!addressed || !terms.base.empty()) return {};
  const auto is_open = addressed->is_open_to_all(page_key(terms.share), stop);
  if (!is_open) return std::unexpected(is_open.error());
  if (!*is_open) return {};
  const std::string address = addressed->address(page_key(terms.share));
  terms.base = address.substr(0, address.size() - page_key(terms.share).size() - 1);
  return {};
}

// Plain http is the server's choice: no password of ours goes there.
Result<void> check_base(const std::string& base) {
  const auto url = parse_url(base);
  if (base.empty() || (url && (url->scheme == "https" || url->scheme == "http") && url->query.empty()))
    return {};
  return fail(ErrorCode::InvalidArgument,
              tr_format("'{}' is no web address: write it like https://host/folder", base));
}

std::string without_slash(std::string base) {
  while (base.ends_with('/')) base.pop_back();
  return base;
}

// Where objects are files, folders that hold none any more stay behind, and go as objects do. A server would
// take what is in them, too: what a guest left a moment ago.
Result<void> remove_empty_folders(Storage& place, const std::string& share,
                                  const std::vector<ObjectInfo>& removed, const std::stop_token& stop) {
  if (place.capabilities().addressed != nullptr) return {};
  const std::string page = share_prefix(share);
  std::set<std::string, std::greater<>> folders{page, answers_prefix(share)};  // the inner ones first
  for (const ObjectInfo& object : removed) {
    for (std::size_t end = object.key.rfind('/'); end >= page.size(); end = object.key.rfind('/', end - 1))
      folders.insert(object.key.substr(0, end + 1));
  }
  for (const std::string& folder : folders)
    MEANWHILE_TRY(place.remove(folder.substr(0, folder.size() - 1), stop));
  return {};
}

}  // namespace

Result<PagePlace> page_place(LibrarySession& session, const std::string& base) {
  const StorageCapabilities can = session.storage().capabilities();
  if (can.link_signer) return PagePlace::Signed;
  if (can.addressed || !base.empty()) return PagePlace::Server;
  if (!session.url().starts_with(kFolderUrl))
    return fail(ErrorCode::Unsupported, tr_format("pages can't be made in {}", session.description()));
  if (!session.sealed()) return PagePlace::Disk;
  return fail(
      ErrorCode::Unsupported,
      tr("a browser can't open what is sealed from a folder: share it as a file (--file), or say with --base "
         "under which address a web server shows the folder"));
}

Result<SharedPage> page_of(LibrarySession& session, const ShareTerms& terms, WallTime now) {
  if (terms.form == ShareForm::File)
    return fail(ErrorCode::Unsupported, tr("that share is a file that was sent"));
  const auto place = page_place(session, terms.base);
  if (!place) return std::unexpected(place.error());
  SharedPage page{.terms = terms, .link = {}, .ends = terms.until, .place = *place};
  const std::string key = page_key(terms.share);
  if (!terms.base.empty()) {
    page.link = without_slash(terms.base) + "/" + key;
  } else if (*place == PagePlace::Signed) {
    const seconds valid = link_time(terms, now);
    auto link = signed_link(session.storage(), key, valid);
    if (!link) return std::unexpected(link.error());
    page.link = std::move(*link);
    page.ends = now + valid;
  } else if (*place == PagePlace::Server) {
    page.link = session.storage().capabilities().addressed->address(key);
  } else {
    page.link = "file://" + percent_encode((folder_of_library(session) / key).string(), "/");
  }
  if (const PageLock lock = lock_of(terms); lock.secret) page.link += page_fragment(*lock.secret);
  return page;
}

Result<void> write_page(OpenLibrary& library, Index& index, const Clip& clip, const ShareTerms& terms,
                        std::stop_token stop) {
  const auto place = page_place(*library.session, terms.base);
  if (!place) return std::unexpected(place.error());
  auto content = read_share_content(*library.session, index, *library.clips, clip, stop);
  if (!content) return std::unexpected(content.error());
  const WallTime now = library_now(library.session->storage());
  return store_page({library, *content, terms, *place, now, std::move(stop)});
}

Result<SharedPage> make_page(OpenLibrary& library, const Clip& clip, const PageRequest& request,
                             std::stop_token stop) {
  LibrarySession& session = *library.session;
  MEANWHILE_TRY(check_base(request.base));
  MEANWHILE_TRY(session.reach(stop));
  const auto place = page_place(session, request.base);
  if (!place) return std::unexpected(place.error());
  const WallTime now = library_now(session.storage());
  MEANWHILE_TRY(check_until(request.until, now));
  ShareTerms terms = terms_of(request, *place, session.sealed() != nullptr);
  terms.until = end_of(request, *place, now);
  auto written = write_page(library, session.index(), clip, terms, stop);
  if (written) written = note_open_place(session, terms, stop);
  if (!written) {
    (void)remove_page(session.storage(), terms.share, stop);  // nobody knows of it yet
    return std::unexpected(written.error());
  }
  return page_of(session, terms, library_now(session.storage()));
}

Result<void> remove_page(Storage& place, const std::string& share, std::stop_token stop) {
  // The page first: what it names goes after it.
  MEANWHILE_TRY(place.remove(page_key(share), stop));
  const auto objects = place.list(share_prefix(share), "", stop);
  if (!objects) return std::unexpected(objects.error());
  const std::string answers = answers_prefix(share);
  for (const ObjectInfo& object : *objects) {
    if (!object.key.starts_with(answers)) MEANWHILE_TRY(place.remove(object.key, stop));
  }
  return remove_empty_folders(place, share, *objects, stop);
}

}  // namespace meanwhile
