#include "app/page/page_text.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/share.h"
#include "app/page/joined_content.h"
#include "app/page/page_frame.h"
#include "app/page/page_keys.h"
#include "app/page/page_lock.h"
#include "app/page/page_media.h"
#include "app/page/page_rest.h"
#include "app/page/share_document.h"
#include "app/page/share_page.h"
#include "app/page/share_terms.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

// A guest's document of at most 16 KB, and what sealing adds.
constexpr std::uint64_t kLargestAnswerBytes = (16u << 10) + 68;

// Where a store knows no forms, as R2: links for a handful of objects, each for the guest who comes first.
Result<void> add_slots(const PageMaking& making, const std::string& folder, seconds valid,
                       PageAnswers& answers) {
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

Result<PageAnswers> answers_of(const PageMaking& making) {
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

Result<Json> media_of(const PageMaking& making) {
  if (making.place == PagePlace::Disk) return files_media(making.content.manifest);
  std::optional<seconds> valid;
  if (making.place == PagePlace::Signed) valid = link_time(making.terms, making.now);
  return objects_media(making.session(), making.content.manifest, making.terms.share, valid);
}

Result<std::vector<PageMedia>> media_of_joined(const PageMaking& making) {
  std::optional<seconds> valid;
  if (making.place == PagePlace::Signed) valid = link_time(making.terms, making.now);
  std::vector<PageMedia> all;
  for (const JoinedContent& joined : making.content.joined) {
    PageMedia& one = all.emplace_back();
    if (!joined.missing.empty()) continue;
    auto media = making.place == PagePlace::Disk
                     ? Result<Json>(files_media(manifest_until_shown(joined), joined_prefix(all.size() - 1)))
                     : joined_objects_media(making.session(), joined, valid);
    if (!media) return std::unexpected(media.error());
    auto seal = seal_of_page(making.session(), shown_manifest(joined), making.stop);
    if (!seal) return std::unexpected(seal.error());
    one = {.media = std::move(*media), .seal = std::move(*seal)};
  }
  return all;
}

// Of "https://host/bucket/": where a page that stands elsewhere may take objects from, too.
std::string origin_of_storage(const PageMaking& making) {
  if (making.place != PagePlace::Signed) return "";
  const std::string address = making.storage().capabilities().addressed->address("");
  return address.substr(0, address.find('/', address.find("//") + 2));
}

Result<Json> document_of(const PageMaking& making) {
  auto media = media_of(making);
  if (!media) return std::unexpected(media.error());
  auto seal = seal_of_page(making.session(), making.content.manifest, making.stop);
  if (!seal) return std::unexpected(seal.error());
  auto joined = media_of_joined(making);
  if (!joined) return std::unexpected(joined.error());
  auto answers = answers_of(making);
  if (!answers) return std::unexpected(answers.error());
  return share_document(making.content, {.made = making.now,
                                         .until = making.terms.until,
                                         .media = std::move(*media),
                                         .seal = std::move(*seal),
                                         .joined = std::move(*joined),
                                         .answers = std::move(*answers)});
}

}  // namespace

std::chrono::seconds link_time(const ShareTerms& terms, WallTime now) {
  if (!terms.until) return kLongestLink;
  return std::clamp(std::chrono::floor<seconds>(*terms.until - now), seconds(1), seconds(kLongestLink));
}

Result<PageText> page_text(const PageMaking& making) {
  auto inner = document_of(making);
  if (!inner) return std::unexpected(inner.error());
  const std::string& share = making.terms.share;
  const bool is_open = !is_locked(making.terms);
  PageText text;
  std::vector<std::string> first;
  if (making.place != PagePlace::Disk) {
    SplitDocument split = split_document(std::move(*inner), making.content.manifest);
    text.rest = to_text(is_open ? open_rest(std::move(split.rest))
                                : locked_rest(share, split.rest, lock_of(making.terms)));
    *inner = std::move(split.page);
    if (is_open) first = first_addresses(*inner);
  }
  const PageFrame frame = frame_page({.title = is_open ? making.content.clip.title : std::string(),
                                      .share = is_open ? open_page(share, std::move(*inner))
                                                       : locked_page(share, *inner, lock_of(making.terms)),
                                      .origin = origin_of_storage(making),
                                      .is_beside_files = making.place == PagePlace::Disk,
                                      .first = std::move(first)});
  text.page = frame.head + frame.tail;
  return text;
}

}  // namespace meanwhile
