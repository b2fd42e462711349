#include "app/page/renewal.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/page_state.h"
#include "app/page/share_content.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::chrono::minutes kBetweenWords{5};
// Links are good for an hour at least.
constexpr std::chrono::minutes kBetweenLooks{15};

}  // namespace

Result<bool> PageKeeper::renew_if_due(Index& index, const Share& share, WallTime now, const std::stop_token& stop) {
  LibrarySession& session = *library_.session;
  const auto clip = index.clip(share.clip);
  if (!clip && clip.error().code == ErrorCode::NotFound) return false;  // it was deleted, or hasn't come yet
  if (!clip) return std::unexpected(clip.error());
  const auto bytes = session.storage().get(share_prefix(share.terms.share) + "state.json", kLargestPageStateBytes, {}, stop);
  // Somebody has just ended it, or its maker hasn't finished.
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return false;
  if (!bytes) return std::unexpected(bytes.error());
  const auto state = parse_page_state(*bytes);
  if (!state) return std::unexpected(state.error());
  bool should = is_due(*state, now);
  if (!should && clip->is_mine && now - state->made >= kBetweenWords) {
    const auto content = read_share_content(session, index, *library_.clips, *clip, stop);
    if (!content) return std::unexpected(content.error());
    should = words_mark(*content, share.terms.secret) != state->words;
  }
  if (!should) return false;
  const auto written = write_page(library_, index, *clip, share.terms, stop);
  return written ? Result<bool>(true) : std::unexpected(written.error());
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
    if (share.terms.form == ShareForm::File || !share.is_open(now)) continue;
    const auto renewed = renew_if_due(index, share, now, stop);
    if (renewed) {
      report.renewed += *renewed ? 1 : 0;
      continue;
    }
    if (renewed.error().is_control()) return std::unexpected(renewed.error());
    report.troubles.push_back("a shared page isn't up to date: " + renewed.error().message);
  }
  return report;
}

}  // namespace meanwhile
