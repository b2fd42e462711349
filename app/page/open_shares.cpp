// Which shares take answers, as the library's events say.
#include <algorithm>
#include <expected>
#include <vector>

#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/answers_of_shares.h"
#include "app/page/guest_words.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

OpenShare open_share(const Share& share) {
  OpenShare open{.id = share.terms.share,
                 .clip = share.clip,
                 .until = share.terms.until,
                 .has_place = share.terms.form != ShareForm::File};
  if (share.terms.answers_key.empty()) return open;
  // Of as many bytes as it should be: else its event would have been passed over.
  const auto secret = from_base64(share.terms.answers_key);
  auto& kept = open.secret.emplace();
  if (secret && secret->size() == kept.size()) std::ranges::copy(*secret, kept.begin());
  return open;
}

}  // namespace

Result<std::vector<OpenShare>> shares_with_answers(Index& index) {
  const auto shares = index.shares();
  if (!shares) return std::unexpected(shares.error());
  std::vector<OpenShare> open;
  for (const Share& share : *shares)
    if (!share.is_off && share.terms.takes_answers) open.push_back(open_share(share));
  return open;
}

}  // namespace meanwhile
