#include "app/page/share_end.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/reply_by.h"
#include "app/library/share.h"
#include "app/page/answers_of_shares.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_batch.h"

namespace meanwhile {

Result<EventId> end_share(OpenLibrary& library, const Share& share, std::stop_token stop) {
  LibrarySession& session = *library.session;
  // What was answered before is taken up; what comes later isn't.
  if (share.terms.form != ShareForm::File && !share.is_off) {
    const auto waiting = waiting_answers(session.storage(), share.terms.share, stop);
    if (!waiting)
      return fail(tr("sharing goes on, for its last answers can't be fetched now"), waiting.error());
    if (!waiting->empty()) MEANWHILE_TRY(paste_answers(*waiting, {&library}));
  }
  auto said = session.say(ShareEvent{.clip = share.clip, .terms = share.terms, .is_off = true});
  if (!said || share.terms.form == ShareForm::File) return said;
  auto removed = remove_page(session.storage(), share.terms.share, stop);
  if (removed) removed = remove_answers(session.storage(), share.terms.share, stop);
  if (!removed)
    return fail(tr("the share has ended, but its page is still there; end it once more when the library can "
                   "be reached"),
                removed.error());
  return said;
}

std::string what_stays(LibrarySession& session, const Share& share, WallTime now, std::string_view zone) {
  if (share.terms.form == ShareForm::File)
    return tr(
        "A file that was sent can't be called back: whoever has it can go on watching. Answers from it "
        "aren't taken "
        "any more.\n");
  std::string text = tr("The page is gone; nobody can open the link any more.\n");
  const auto place = page_place(session, share.terms.base);
  if (place && *place == PagePlace::Signed)
    text += tr_format(
        "Whoever has copied addresses of its parts out of the page can load those until {} at the latest.\n",
        reply_by_words(std::min(now + kLongestLink, share.terms.until.value_or(WallTime::max())), now, zone));
  else
    text += tr("What somebody has saved or copied stays with them.\n");
  return text;
}

Result<std::vector<Share>> shares_meant(LibrarySession& session, const std::string& reference, WallTime now) {
  constexpr std::size_t kShortestBeginning = 4;
  auto all = session.index().shares();
  if (!all) return std::unexpected(all.error());
  std::vector<Share> of_clip;
  std::vector<Share> begin_so;
  for (Share& share : *all) {
    if (share.clip == reference && share.is_open(now)) of_clip.push_back(share);
    if (reference.size() >= kShortestBeginning && share.terms.share.starts_with(reference))
      begin_so.push_back(std::move(share));
  }
  if (begin_so.size() > 1)
    return fail(ErrorCode::InvalidArgument, tr_format("several shares begin with '{}'", reference));
  if (!begin_so.empty()) return begin_so;
  if (!of_clip.empty()) return of_clip;
  return fail(ErrorCode::NotFound,
              tr_format("nothing that is shared is called '{}': see `meanwhile shares`", reference));
}

}  // namespace meanwhile
