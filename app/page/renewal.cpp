#include "app/page/renewal.h"

#include <algorithm>
#include <chrono>
#include <expected>
#include <stop_token>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/page_keys.h"
#include "app/page/page_state.h"
#include "app/page/share_content.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/identity.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::chrono::minutes kBetweenWords{5};
// Links are good for an hour at least.
constexpr std::chrono::minutes kBetweenLooks{15};

// Parts of it were removed for good, or it was corrected: what the page plays isn't there any more, or is not
// to be seen.
bool shows_another_recording(const PageState& state, const Clip& clip) {
  return !state.manifest.empty() && state.manifest != manifest_place(clip).sha256;
}

}  // namespace

// What its author deletes isn't shown to anybody any more.
Result<bool> PageKeeper::remove_if_deleted(Index& index, const Share& share, const std::stop_token& stop) {
  const auto trash = index.trash();
  if (!trash) return std::unexpected(trash.error());
  const auto deleted = std::ranges::find(*trash, share.clip, &DeletedClip::id);
  if (deleted == trash->end() || !deleted->is_mine) return false;
  const auto removed = remove_page(library_.session->storage(), share.terms.share, stop);
  return removed ? Result<bool>(false) : std::unexpected(removed.error());
}

Result<bool> PageKeeper::renew_if_due(Index& index, const Share& share, WallTime now,
                                      const std::stop_token& stop) {
  LibrarySession& session = *library_.session;
  const auto bytes =
      session.storage().get(share_prefix(share.terms.share) + "state.json", kLargestPageStateBytes, {}, stop);
  // Somebody has just ended it, or its maker hasn't finished.
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return false;
  if (!bytes) return std::unexpected(bytes.error());
  const auto clip = index.clip(share.clip);
  if (!clip && clip.error().code == ErrorCode::NotFound) return remove_if_deleted(index, share, stop);
  if (!clip) return std::unexpected(clip.error());
  const auto state = parse_page_state(*bytes);
  if (!state) return std::unexpected(state.error());
  bool should = is_due(*state, now) || shows_another_recording(*state, *clip);
  if (!should && clip->is_mine && now - state->made >= kBetweenWords) {
    const auto content = read_share_content(session, index, *library_.clips, *clip, stop);
    if (!content) return std::unexpected(content.error());
    should = words_mark(*content, share.terms.secret) != state->words;
  }
  if (!should) return false;
  const auto written = write_page(library_, index, *clip, share.terms, stop);
  return written ? Result<bool>(true) : std::unexpected(written.error());
}

// Its maker's app does that; once is enough.
Result<bool> PageKeeper::remove_ended(const Share& share, const std::stop_token& stop) {
  LibrarySession& session = *library_.session;
  if (share.person != session.identity().person() || gone_.contains(share.terms.share)) return false;
  MEANWHILE_TRY(remove_page(session.storage(), share.terms.share, stop));
  gone_.insert(share.terms.share);
  return false;
}

Result<RenewalReport> PageKeeper::look(Index& index, WallTime now, std::stop_token stop) {
  const auto revision = index.revision();
  if (!revision) return std::unexpected(revision.error());
  const auto since = looked_ ? now - *looked_ : kBetweenLooks;
  // A clock that was put back says nothing.
  const bool is_time = since >= kBetweenLooks || since < WallTime::duration{} ||
                       (*revision != revision_ && since >= kBetweenWords);
  if (!is_time) return RenewalReport{};
  looked_ = now;
  revision_ = *revision;
  const auto shares = index.shares();
  if (!shares) return std::unexpected(shares.error());
  RenewalReport report;
  for (const Share& share : *shares) {
    if (share.terms.form == ShareForm::File) continue;
    const auto renewed =
        share.is_open(now) ? renew_if_due(index, share, now, stop) : remove_ended(share, stop);
    if (renewed) {
      report.renewed += *renewed ? 1 : 0;
      continue;
    }
    if (renewed.error().is_control()) return std::unexpected(renewed.error());
    report.troubles.push_back(tr_format("a shared page isn't up to date: {}", renewed.error().message));
  }
  const auto listed = list_.look(index, now, stop);
  if (!listed && listed.error().is_control()) return std::unexpected(listed.error());
  if (!listed)
    report.troubles.push_back(
        tr_format("the folder's index.html isn't up to date: {}", listed.error().message));
  return report;
}

}  // namespace meanwhile
