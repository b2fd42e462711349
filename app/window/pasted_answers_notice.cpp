#include "app/window/pasted_answers_notice.h"

#include <expected>
#include <string>

#include "app/page/answers_of_shares.h"
#include "app/page/guest_words.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::string sentence(std::string words) {
  return words.empty() ? words : words + ".";
}

}  // namespace

bool take_pasted(const Desk& desk, const std::string& text) {
  const auto libraries = desk.application.libraries();
  const auto taken = libraries ? paste_answers(text, *libraries) : std::unexpected(libraries.error());
  if (!taken) {
    desk.notices.show(NoticeKind::Failure, tr("These answers could not be taken up"), taken.error().message);
    return false;
  }
  const std::string refused = sentence(refused_words(taken->refused));
  if (taken->guests.empty()) {
    desk.notices.show(NoticeKind::Info, tr("There is nothing new in these answers"), refused);
    return false;
  }
  desk.notices.show(NoticeKind::Success, taken_up_words(*taken), refused);
  return true;
}

}  // namespace meanwhile
