#include "app/page/pasted_answers.h"

#include <cstddef>
#include <expected>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/guest_line.h"
#include "app/library/index.h"
#include "app/page/guest_words.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/seal/guest_seal.h"

namespace meanwhile {
namespace {

class PastedIntake {
 public:
  explicit PastedIntake(std::span<const AnswersLibrary> libraries) : libraries_(libraries) {}

  // A document that a chat broke is none yet.
  bool is_whole(std::span<const std::byte> bytes) const {
    if (!is_guest_sealed(bytes)) return as_text(bytes).ends_with("\"}");
    for (const AnswersLibrary& library : libraries_) {
      for (const OpenShare& share : library.shares)
        if (share.secret && open_guest_seal(bytes, *share.secret, share.id)) return true;
    }
    return false;
  }

  Result<void> take(const Bytes& bytes) {
    for (const AnswersLibrary& library : libraries_) {
      for (const OpenShare& share : library.shares) {
        auto event = guest_event_of(bytes, share);
        if (event) return take_event(library, std::move(*event));
      }
    }
    refuse(why_not(bytes));
    return {};
  }

  void refuse(Refused why, int count = 1) { taken_.refused[why] += count; }

  // Each library's in one piece.
  Result<TakenUp> finish() {
    for (const auto& [library, events] : events_) {
      MEANWHILE_TRY(library->say({events.begin(), events.end()}));
      for (const GuestEvent& event : events) taken_.add(*event.said);
    }
    return std::move(taken_);
  }

 private:
  Result<void> take_event(const AnswersLibrary& library, GuestEvent event) {
    const auto known = is_known(library.index, *event.said);
    if (!known) return std::unexpected(known.error());
    const bool is_first = seen_.insert(event.document).second;
    if (*known || !is_first) return refuse(Refused::Repeated), Result<void>();
    events_[&library].push_back(std::move(event));
    return {};
  }

  // It is for none of the shares.
  static Refused why_not(const Bytes& bytes) {
    const auto read = read_guest_document(as_text(bytes));
    return read ? (read->words.empty() ? Refused::Newer : Refused::Ended) : refusal_of(read.error());
  }

  const std::span<const AnswersLibrary> libraries_;
  std::map<const AnswersLibrary*, std::vector<GuestEvent>> events_;
  std::set<std::string> seen_;
  TakenUp taken_;
};

}  // namespace

Result<TakenUp> take_pasted_answers(std::string_view text, std::span<const AnswersLibrary> libraries) {
  if (!has_answers(text))
    return fail(
        ErrorCode::InvalidArgument,
        tr("there are no answers in it: they begin with \"meanwhile-answers:\", and the page of a shared "
           "link copies them"));
  PastedIntake intake(libraries);
  const PastedAnswers read =
      read_answers_text(text, [&](std::span<const std::byte> bytes) { return intake.is_whole(bytes); });
  for (const Bytes& document : read.documents) MEANWHILE_TRY(intake.take(document));
  if (read.damaged > 0) intake.refuse(Refused::Forged, read.damaged);
  return intake.finish();
}

}  // namespace meanwhile
