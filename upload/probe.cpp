#include "upload/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_batch.h"
#include "upload/http/http_server.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kSmallBytes = 1000;
// A segment of some seconds.
constexpr std::size_t kLargeBytes = 2 << 20;
constexpr ByteRange kPart{kLargeBytes / 2 + 300, 20};
// What comes late is looked for again, after one pause, two and four.
constexpr int kLooks = 4;
// Events sort by clocks that are corrected; a person should know all the same.
constexpr std::chrono::seconds kTolerableClock{60};

// Not the same bytes anywhere twice in a row.
Bytes filled(std::size_t size, std::uint32_t seed) {
  Bytes bytes(size);
  for (std::byte& byte : bytes) {
    seed = seed * 1664525U + 1013904223U;
    byte = static_cast<std::byte>(seed >> 24U);
  }
  return bytes;
}

class Probe {
 public:
  Probe(Storage& storage, std::stop_token stop, std::chrono::milliseconds pause)
      : storage_(storage), stop_(std::move(stop)), pause_(pause) {}

  Result<ProbeReport> run() {
    MEANWHILE_TRY(store());
    if (report_.may_store) MEANWHILE_TRY(wait_until_shown());
    if (report_.may_store && report_.losses.empty()) {
      MEANWHILE_TRY(keep_empty());
      MEANWHILE_TRY(keep_large());
      MEANWHILE_TRY(give_part());
      MEANWHILE_TRY(replace());
      MEANWHILE_TRY(list_stored());
      MEANWHILE_TRY(look_again());
      MEANWHILE_TRY(remove());
    } else {
      MEANWHILE_TRY(list());
      if (report_.may_store) MEANWHILE_TRY(remove());
    }
    judge_clock();
    std::ranges::sort(report_.done);
    return std::move(report_);
  }

 private:
  // A stop ends the probe; anything else is told, and the next step is tried.
  Result<void> note(ProbeStep step, const Result<void>& outcome) {
    if (!outcome && outcome.error().is_control()) return outcome;
    if (outcome) report_.done.push_back(step);
    if (!outcome) report_.troubles.push_back(outcome.error().message);
    return {};
  }

  // sentence: what is lost, and what follows for people.
  Result<void> note_loss(const Error& error, const std::string& sentence) {
    if (error.is_control()) return std::unexpected(error);
    std::string why = error.message;
    // "storing heads/… in the place: why": what and where are said already.
    if (const auto place = why.find(storage_.description() + ": "); place != std::string::npos)
      why.erase(0, place + storage_.description().size() + 2);
    if (!why.empty()) why = fmt::format(" ({})", why);
    report_.losses.push_back(sentence + why);
    report_.troubles.push_back(report_.losses.back());
    return {};
  }

  static bool means_other_bytes(const Error& error) {
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Corrupt;
  }

  // Errors: Corrupt, without words: it is there no more, or differs.
  Result<void> expect(const std::string& key, const Bytes& wanted) {
    const auto bytes = storage_.get(key, wanted.size(), std::nullopt, stop_);
    if (bytes && *bytes == wanted) return {};
    if (!bytes && !means_other_bytes(bytes.error())) return std::unexpected(bytes.error());
    return fail(ErrorCode::Corrupt, "");
  }

  // Not asking after it, where that can be had: what is there is looked at here.
  Result<void> put(const std::string& key, Bytes bytes) {
    MEANWHILE_TRY(put_with_hash(storage_, key, bytes, "", stop_));
    stored_[key] = std::move(bytes);
    return {};
  }

  // In folders that aren't there yet, as those of a new clip.
  Result<void> store() {
    const auto stored = put(small_, filled(kSmallBytes, 1));
    report_.may_store = stored.has_value();
    MEANWHILE_TRY(note(ProbeStep::Store, stored));
    if (!stored) return {};
    auto shown = expect(small_, stored_[small_]);
    if (!shown && means_other_bytes(shown.error()))
      shown = fail(ErrorCode::Io,
                   tr_format("{} doesn't show at once what was stored: others see news some time later",
                             storage_.description()));
    return note(ProbeStep::Show, shown);
  }

  // What is never there is no matter of kinds and sizes.
  Result<void> wait_until_shown() {
    if (report_.troubles.empty()) return {};
    Result<void> shown = expect(small_, stored_[small_]);
    for (int look = 1; !shown && look < kLooks; ++look) {
      pause_before(look);
      shown = expect(small_, stored_[small_]);
    }
    return shown ? shown
                 : note_loss(
                       shown.error(),
                       tr_format("{} doesn't keep what it was given: what you say would not reach the others",
                                 storage_.description()));
  }

  void pause_before(int look) { pause_for(pause_ * (1 << (look - 1)), stop_); }

  Result<void> keep_empty() {
    const auto stored = put(head_, {});
    if (!stored)
      return note_loss(stored.error(),
                       tr_format("{} takes no empty file: what you say would not reach the others",
                                 storage_.description()));
    const auto kept = expect(head_, {});
    if (!kept) stored_.erase(head_);
    if (!kept)
      return note_loss(
          kept.error(),
          tr_format("{} loses empty files: what you say would not reach the others", storage_.description()));
    return note(ProbeStep::Empty, {});
  }

  Result<void> keep_large() {
    const auto stored = put(large_, filled(kLargeBytes, 2));
    if (!stored)
      return note_loss(stored.error(),
                       tr_format("{} takes no file of 2 MB: what you record would not reach the others",
                                 storage_.description()));
    const auto kept = expect(large_, stored_[large_]);
    if (!kept) stored_.erase(large_);
    if (!kept)
      return note_loss(kept.error(),
                       tr_format("{} damages files of 2 MB: what you record would not reach the others",
                                 storage_.description()));
    return note(ProbeStep::Large, {});
  }

  Result<void> give_part() {
    const auto whole = stored_.find(large_);
    if (whole == stored_.end()) return {};
    const auto first = whole->second.begin() + static_cast<std::ptrdiff_t>(kPart.offset);
    const Bytes wanted(first, first + static_cast<std::ptrdiff_t>(kPart.length));
    const auto part = storage_.get(large_, kPart.length, kPart, stop_);
    if (part && *part == wanted) return note(ProbeStep::Part, {});
    if (!part && !means_other_bytes(part.error()))
      return note(ProbeStep::Part, std::unexpected(part.error()));
    return note(
        ProbeStep::Part,
        fail(ErrorCode::Io, tr_format("{} doesn't give parts of objects: jumping within a clip will be slow",
                                      storage_.description())));
  }

  Result<void> replace() {
    auto replaced = put(small_, filled(kSmallBytes, 3));
    if (replaced) replaced = expect(small_, stored_[small_]);
    if (!replaced && means_other_bytes(replaced.error()))
      replaced = fail(ErrorCode::Io, tr_format("{} still shows what was replaced: is there a cache before "
                                               "it? News is noticed some minutes late",
                                               storage_.description()));
    return note(ProbeStep::Replace, replaced);
  }

  Result<void> list() {
    const auto listed = storage_.list(kHeadsPrefix, "", stop_);
    return note(ProbeStep::List, listed ? Result<void>() : std::unexpected(listed.error()));
  }

  // "": all that was stored is listed, with its size where one is told; else what isn't right.
  Result<std::string> compare_lists() {
    std::map<std::string, std::optional<std::uint64_t>> listed;
    for (const std::string& prefix : {std::string(kHeadsPrefix), top_ + "/"}) {
      const auto found = storage_.list(prefix, "", stop_);
      if (!found) return std::unexpected(found.error());
      for (const ObjectInfo& info : *found) listed[info.key] = info.size_bytes;
    }
    for (const auto& [key, bytes] : stored_) {
      const auto found = listed.find(key);
      if (found == listed.end())
        return bytes.empty()
                   ? tr_format("{} doesn't list empty files: what you say would not reach the others",
                               storage_.description())
                   : tr_format("{} doesn't list what it was given: what you say would not reach the others",
                               storage_.description());
      if (found->second.value_or(bytes.size()) != bytes.size())
        return tr_format("{} lists wrong sizes: what you say would not reach the others",
                         storage_.description());
    }
    return "";
  }

  Result<void> list_stored() {
    std::string trouble;
    for (int look = 0; look < kLooks; ++look) {
      if (look > 0) pause_before(look);
      const auto found = compare_lists();
      if (!found) return note(ProbeStep::List, std::unexpected(found.error()));
      trouble = *found;
      if (trouble.empty() && look == 0) return note(ProbeStep::List, {});
      if (trouble.empty())
        return note(ProbeStep::List,
                    fail(ErrorCode::Io,
                         tr_format("{} lists only some time later what was stored: others see news late",
                                   storage_.description())));
    }
    return note_loss({ErrorCode::Io, ""}, trouble);
  }

  // Those that were never shown have been told already.
  Result<void> look_again() {
    pause_for(pause_, stop_);
    for (const auto& [key, bytes] : stored_) {
      const auto kept = expect(key, bytes);
      if (kept || report_.losses.size() > 0) continue;
      MEANWHILE_TRY(
          note_loss(kept.error(),
                    tr_format("{} doesn't keep what it was given: what you say would not reach the others",
                              storage_.description())));
    }
    return {};
  }

  Result<void> remove() {
    Result<void> removed;
    for (const std::string& key : {head_, large_, small_}) {
      auto gone = storage_.remove(key, stop_);
      if (!gone) removed = std::move(gone);
    }
    if (removed && storage_.get(small_, kSmallBytes, {}, stop_))
      removed =
          fail(ErrorCode::Io, tr_format("{} still shows what was removed: deleted clips stay for a while",
                                        storage_.description()));
    // Folders that hold nothing now; where they stay they do no harm.
    for (const std::string& folder : {folder_, top_}) (void)storage_.remove(folder, stop_);
    return note(ProbeStep::Remove, removed);
  }

  void judge_clock() {
    report_.clock_ahead = meanwhile::clock_ahead(storage_);
    if (!report_.clock_ahead || std::chrono::abs(*report_.clock_ahead) < kTolerableClock) return;
    const auto seconds = std::chrono::abs(*report_.clock_ahead).count();
    report_.troubles.push_back(
        report_.clock_ahead->count() > 0
            ? tr_format("this machine's clock is {} s ahead of the server's: set it", seconds)
            : tr_format("this machine's clock is {} s behind the server's: set it", seconds));
  }

  Storage& storage_;
  const std::stop_token stop_;
  const std::chrono::milliseconds pause_;
  const std::string id_ = KeyPair::generate().public_key().id();
  const std::string top_ = "clips/probe-" + id_;
  const std::string folder_ = top_ + "/parts";
  const std::string head_ = kProbeHeadsPrefix + id_ + ".0";
  const std::string small_ = folder_ + "/probe.json";
  const std::string large_ = folder_ + "/1.m4s";
  std::map<std::string, Bytes> stored_;  // what should be there
  ProbeReport report_;
};

const char* word_of(ProbeStep step) {
  switch (step) {
    case ProbeStep::Store:
      return tr_in("what a place does", "stores");
    case ProbeStep::Show:
      return tr_in("what a place does", "shows at once");
    case ProbeStep::Empty:
      return tr_in("what a place does", "keeps empty files");
    case ProbeStep::Large:
      return tr_in("what a place does", "keeps large ones");
    case ProbeStep::List:
      return tr_in("what a place does", "lists");
    case ProbeStep::Part:
      return tr_in("what a place does", "gives parts");
    case ProbeStep::Replace:
      return tr_in("what a place does", "replaces");
    default:
      return tr_in("what a place does", "removes");
  }
}

}  // namespace

Result<ProbeReport> probe_storage(Storage& storage, std::stop_token stop, std::chrono::milliseconds pause) {
  return Probe(storage, std::move(stop), pause).run();
}

Result<void> check_loses_nothing(const ProbeReport& report) {
  if (report.losses.empty()) return {};
  return fail(ErrorCode::Unavailable, report.losses.front());
}

std::string describe_steps(const std::vector<ProbeStep>& steps) {
  if (steps.empty()) return tr("does nothing that was asked of it");
  std::string words = word_of(steps.front());
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) words += fmt::format(", {}", word_of(steps[i]));
  if (steps.size() == 1) return words;
  // TRANSLATORS: {0} is such as "stores, shows at once", {1} "removes".
  return tr_format("{} and {}", words, word_of(steps.back()));
}

}  // namespace meanwhile
