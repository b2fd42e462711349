#include "upload/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kProbeBytes = 1000;
constexpr ByteRange kPart{300, 20};
// Events sort by clocks that are corrected; a person should know all the same.
constexpr std::chrono::seconds kTolerableClock{60};

class Probe {
 public:
  Probe(Storage& storage, std::stop_token stop)
      : storage_(storage), stop_(std::move(stop)), key_("probe." + KeyPair::generate().public_key().id()) {}

  Result<ProbeReport> run() {
    MEANWHILE_TRY(store());
    if (report_.may_store) {
      MEANWHILE_TRY(show());
      MEANWHILE_TRY(give_part());
      MEANWHILE_TRY(replace());
      MEANWHILE_TRY(remove());
    }
    MEANWHILE_TRY(list());
    judge_clock();
    std::ranges::sort(report_.done);
    return std::move(report_);
  }

 private:
  static Bytes filled(char with) { return Bytes(kProbeBytes, static_cast<std::byte>(with)); }

  // A stop ends the probe; anything else is told, and the next step is tried.
  Result<void> note(ProbeStep step, const Result<void>& outcome) {
    if (!outcome && outcome.error().is_control()) return outcome;
    if (outcome) report_.done.push_back(step);
    if (!outcome) report_.troubles.push_back(outcome.error().message);
    return {};
  }

  Result<void> expect(std::optional<ByteRange> range, const Bytes& wanted, const char* trouble) {
    const auto bytes = storage_.get(key_, kProbeBytes, range, stop_);
    if (bytes && *bytes == wanted) return {};
    const bool differs =
        bytes || bytes.error().code == ErrorCode::NotFound || bytes.error().code == ErrorCode::Corrupt;
    if (differs) return fail(ErrorCode::Io, storage_.description() + " " + trouble);
    return std::unexpected(bytes.error());
  }

  Result<void> store() {
    const auto stored = storage_.put(key_, filled('a'), stop_);
    report_.may_store = stored.has_value();
    return note(ProbeStep::Store, stored);
  }
  Result<void> show() {
    return note(
        ProbeStep::Show,
        expect({}, filled('a'), "doesn't show at once what was stored: others see news some time later"));
  }
  Result<void> give_part() {
    return note(ProbeStep::Part, expect(kPart, Bytes(kPart.length, std::byte{'a'}),
                                        "doesn't give parts of objects: jumping within a clip will be slow"));
  }
  Result<void> replace() {
    auto replaced = storage_.put(key_, filled('b'), stop_);
    if (replaced) {
      replaced = expect({}, filled('b'),
                        "still shows what was replaced: is there a cache before it? News are noticed "
                        "some minutes late");
    }
    return note(ProbeStep::Replace, replaced);
  }
  Result<void> remove() {
    auto removed = storage_.remove(key_, stop_);
    if (removed && storage_.get(key_, kProbeBytes, {}, stop_))
      removed = fail(ErrorCode::Io, storage_.description() +
                                        " still shows what was removed: deleted clips stay for a "
                                        "while");
    return note(ProbeStep::Remove, removed);
  }
  Result<void> list() {
    const auto listed = storage_.list(kHeadsPrefix, "", stop_);
    return note(ProbeStep::List, listed ? Result<void>() : std::unexpected(listed.error()));
  }
  void judge_clock() {
    report_.clock_ahead = meanwhile::clock_ahead(storage_);
    if (!report_.clock_ahead || std::chrono::abs(*report_.clock_ahead) < kTolerableClock) return;
    report_.troubles.push_back(fmt::format("this machine's clock is {} s {} the server's: set it",
                                           std::chrono::abs(*report_.clock_ahead).count(),
                                           report_.clock_ahead->count() > 0 ? "ahead of" : "behind"));
  }

  Storage& storage_;
  const std::stop_token stop_;
  const std::string key_;
  ProbeReport report_;
};

const char* word_of(ProbeStep step) {
  switch (step) {
    case ProbeStep::Store:
      return "stores";
    case ProbeStep::Show:
      return "shows at once";
    case ProbeStep::List:
      return "lists";
    case ProbeStep::Part:
      return "gives parts";
    case ProbeStep::Replace:
      return "replaces";
    default:
      return "removes";
  }
}

}  // namespace

Result<ProbeReport> probe_storage(Storage& storage, std::stop_token stop) {
  return Probe(storage, std::move(stop)).run();
}

std::string describe_steps(const std::vector<ProbeStep>& steps) {
  if (steps.empty()) return "does nothing that was asked of it";
  std::string words;
  for (std::size_t i = 0; i < steps.size(); ++i)
    words += fmt::format("{}{}", i == 0 ? "" : i + 1 == steps.size() ? " and " : ", ", word_of(steps[i]));
  return words;
}

}  // namespace meanwhile
