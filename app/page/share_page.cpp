#include "app/page/share_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/share.h"
#include "app/page/guest_intake.h"
#include "app/page/page_frame.h"
#include "app/page/page_lock.h"
#include "app/page/page_media.h"
#include "app/page/page_state.h"
#include "app/page/share_content.h"
#include "app/page/share_document.h"
#include "app/page/share_terms.h"
#include "media/base/byte_stream.h"
#include "media/base/escapes.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
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
// A guest's document of at most 16 KB, and what sealing adds.
constexpr std::uint64_t kLargestAnswerBytes = (16u << 10) + 68;

std::string page_key(const std::string& share) {
  return share_prefix(share) + "index.html";
}

std::string state_key(const std::string& share) {
  return share_prefix(share) + "state.json";
}

// For so long a link may be made now; at least a second.
seconds link_time(const ShareTerms& terms, WallTime now) {
  if (!terms.until) return kLongestLink;
  return std::clamp(std::chrono::floor<seconds>(*terms.until - now), seconds(1), seconds(kLongestLink));
}

fs::path folder_of_library(const LibrarySession& session) {
  return session.url().substr(kFolderUrl.size());
}

struct Making {
  OpenLibrary& library;
  const ShareContent& content;
  const ShareTerms& terms;
  PagePlace place;
  WallTime now;
  std::stop_token stop;

  LibrarySession& session() const { return *library.session; }
  Storage& storage() const { return library.session->storage(); }
};

// Where a store knows no forms, as R2: links for a handful of objects, each for the guest who comes first.
Result<void> add_slots(const Making& making, const std::string& folder, seconds valid, PageAnswers& answers) {
  constexpr int kSlots = 32;
  std::vector<std::string> keys;
  for (int i = 0; i < kSlots; ++i) {
    answers.slots.push_back(new_answer_slot());
    keys.push_back(folder + answers.slots.back());
  }
  auto links = making.storage().capabilities().link_signer->sign_links(keys, valid, LinkUse::StoringOnce);
  if (!links) return std::unexpected(links.error());
  answers.way = AnswerWay::Slots;
  answers.put_base = "answers/";
  answers.slot_links = std::move(*links);
  return {};
}

Result<PageAnswers> answers_of(const Making& making) {
  if (!making.terms.takes_answers) return PageAnswers{};
  PageAnswers answers{
      .way = AnswerWay::Copy, .seal_to = answers_seal_key(making.terms), .until = making.terms.until};
  const std::string folder = share_prefix(making.terms.share) + "answers/";
  if (making.place == PagePlace::Signed) {
    const seconds valid = link_time(making.terms, making.now);
    LinkSigner& signer = *making.storage().capabilities().link_signer;
    answers.until = making.now + valid;
    const auto takes_forms = signer.takes_forms(folder, making.stop);
    if (!takes_forms) return std::unexpected(takes_forms.error());
    if (!*takes_forms) {
      MEANWHILE_TRY(add_slots(making, folder, valid, answers));
      return answers;
    }
    auto form = signer.sign_form(folder, kLargestAnswerBytes, valid);
    if (!form) return std::unexpected(form.error());
    answers.way = AnswerWay::Post;
    answers.form = std::move(*form);
  } else if (making.place == PagePlace::Server && making.storage().capabilities().addressed) {
    // WebDAV stores nothing into a folder that isn't there.
    MEANWHILE_TRY(making.storage().put(folder + "first", as_byte_span("x"), making.stop));
    MEANWHILE_TRY(making.storage().remove(folder + "first", making.stop));
    answers.way = AnswerWay::Put;
    answers.put_base = "answers/";
  }
  return answers;
}

// Whole tracks beside the page, joined from what is there.
Result<void> write_files(const Making& making) {
  const Manifest& manifest = making.content.manifest;
  const fs::path folder = folder_of_library(making.session()) / share_prefix(making.terms.share);
  MEANWHILE_TRY(make_folders(folder));
  const ClipStore& clips = *making.library.clips;
  for (const ManifestTrack& track : manifest.tracks)
    MEANWHILE_TRY(write_joined(clips, making.storage(), folder / (track.name + ".mp4"),
                               parts_of(manifest.clip, track), making.stop));
  for (const ManifestFile& file : manifest.files) {
    if (!is_page_picture(file.name)) continue;
    MEANWHILE_TRY(write_joined(clips, making.storage(), folder / file.name,
                               {{clip_file_key(manifest.clip, file.name), {file.bytes, file.sha256}}},
                               making.stop));
  }
  return {};
}

Result<Json> media_of(const Making& making) {
  if (making.place == PagePlace::Disk) return files_media(making.content.manifest);
  std::optional<seconds> valid;
  if (making.place == PagePlace::Signed) valid = link_time(making.terms, making.now);
  return objects_media(making.session(), making.content.manifest, valid);
}

// Of "https://host/bucket/": where a page that stands elsewhere may take objects from, too.
std::string origin_of_storage(const Making& making) {
  if (making.place != PagePlace::Signed) return "";
  const std::string address = making.storage().capabilities().addressed->address("");
  return address.substr(0, address.find('/', address.find("//") + 2));
}

Result<std::string> page_text(const Making& making) {
  auto media = media_of(making);
  if (!media) return std::unexpected(media.error());
  auto seal = seal_of_page(making.session(), making.content.manifest, making.stop);
  if (!seal) return std::unexpected(seal.error());
  auto answers = answers_of(making);
  if (!answers) return std::unexpected(answers.error());
  Json inner = share_document(making.content, {.made = making.now,
                                               .until = making.terms.until,
                                               .media = std::move(*media),
                                               .seal = std::move(*seal),
                                               .answers = std::move(*answers)});
  const bool is_open = !is_locked(making.terms);
  const PageFrame frame =
      frame_page({.title = is_open ? making.content.clip.title : std::string(),
                  .share = is_open ? open_page(making.terms.share, std::move(inner))
                                   : locked_page(making.terms.share, inner, lock_of(making.terms)),
                  .origin = origin_of_storage(making),
                  .is_beside_files = making.place == PagePlace::Disk});
  return frame.head + frame.tail;
}

// The page last: it names what the rest is. The state after it: what was half done is due again.
Result<void> store_page(const Making& making) {
  const auto text = page_text(making);
  if (!text) return std::unexpected(text.error());
  if (making.place == PagePlace::Disk) MEANWHILE_TRY(write_files(making));
  MEANWHILE_TRY(making.storage().put(page_key(making.terms.share), as_byte_span(*text), making.stop));
  PageState state{.made = making.now, .words = words_mark(making.content, making.terms.secret)};
  if (making.place == PagePlace::Signed)
    state.signed_until = making.now + link_time(making.terms, making.now);
  return making.storage().put(state_key(making.terms.share), to_bytes(state), making.stop);
}

Result<void> check_until(const std::optional<WallTime>& until, WallTime now) {
  constexpr std::chrono::hours kShortest{1};
  if (!until || *until - now >= kShortest - std::chrono::minutes(1)) return {};
  return fail(ErrorCode::InvalidArgument, "a share lasts an hour at least");
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
              "'" + base + "' is no web address: write it like https://host/folder");
}

std::string without_slash(std::string base) {
  while (base.ends_with('/')) base.pop_back();
  return base;
}

}  // namespace

std::string share_prefix(const std::string& share) {
  return "shares/" + share + "/";
}

std::string answers_prefix(const std::string& share) {
  return share_prefix(share) + "answers/";
}

Result<PagePlace> page_place(LibrarySession& session, const std::string& base) {
  const StorageCapabilities can = session.storage().capabilities();
  if (can.link_signer) return PagePlace::Signed;
  if (can.addressed || !base.empty()) return PagePlace::Server;
  if (!session.url().starts_with(kFolderUrl))
    return fail(ErrorCode::Unsupported, "pages can't be made in " + session.description());
  if (!session.sealed()) return PagePlace::Disk;
  return fail(
      ErrorCode::Unsupported,
      "a browser can't open what is sealed from a folder: share it as a file (--file), or say with --base "
      "under which address a web server shows the folder");
}

Result<SharedPage> page_of(LibrarySession& session, const ShareTerms& terms, WallTime now) {
  if (terms.form == ShareForm::File)
    return fail(ErrorCode::Unsupported, "that share is a file that was sent");
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
  return {};
}

}  // namespace meanwhile
