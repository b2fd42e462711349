#include "upload/sync.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/fetch_many.h"
#include "upload/hlc.h"
#include "upload/identity.h"
#include "upload/journal.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/sync_options.h"
#include "upload/sync_poll.h"
#include "upload/sync_positions.h"
#include "upload/verified_batch.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestBellBytes = 64;
constexpr std::size_t kMostDevices = 10'000;
constexpr std::size_t kMostMissesOfADevice = 256;  // in one poll
// The first is small, so that a few words are here at once; each further one is twice as large, for a history
// of years costs by the round: every clip that it touches is worked out anew.
constexpr std::size_t kFirstRound = 64;
constexpr std::size_t kLargestRound = 256;
constexpr int kMostSoughtAgain = 64;  // certificates, in one poll
constexpr std::size_t kMostWarnings = 20;
// Each may lead to the one before it: a rewritten log is followed back so far, in one poll.
constexpr int kMostVersionsSought = 64;
constexpr const char* kBellValue = "bell";
constexpr const char* kListedValue = "listed";
constexpr const char* kNamesValue = "names";
// A bell that brought nothing is believed: what it rang for may be late. "<when to look again> <seconds>"
constexpr const char* kOverdueValue = "overdue";
constexpr std::int64_t kFirstLookAgainSeconds = 3;
constexpr std::int64_t kLastLookAgainSeconds = 96;

bool all_unavailable(const std::vector<Result<Bytes>>& results) {
  return std::ranges::all_of(
      results, [](const auto& result) { return !result && result.error().code == ErrorCode::Unavailable; });
}

std::string hash_of_names(const std::vector<ObjectInfo>& names) {
  std::string text;
  for (const ObjectInfo& info : names) text += info.key + "\n";
  return sha256_hex(as_byte_span(text));
}

std::int64_t seconds_of_overdue(const std::string& value) {
  std::int64_t seconds = 0;
  const auto space = value.find(' ');
  if (space == std::string::npos) return 0;
  std::from_chars(value.data() + space + 1, value.data() + value.size(), seconds);
  return seconds;
}

// A wrong one must not hide the others.
Hlc latest_hlc(std::span<const VerifiedBatch> batches, WallTime now) {
  Hlc latest = 0;
  for (const VerifiedBatch& batch : batches) {
    for (const Json& event : batch.events) {
      const Hlc hlc = *integer_member(event, "hlc");
      if (!is_wrong_hlc(hlc, now)) latest = std::max(latest, hlc);
    }
  }
  return latest;
}

}  // namespace

Sync::Poll::Poll(Sync& sync, const DeliverBatches& deliver, std::stop_token stop)
    : sync_(sync),
      deliver_(deliver),
      stop_(std::move(stop)),
      positions_(sync.journal_, sync.options_),
      now_(sync.options_.now()),
      round_size_(kFirstRound) {}

Sync::Sync(Journal journal, std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
           SyncOptions options)
    : journal_(std::move(journal)),
      storage_(std::move(storage)),
      log_(std::move(log)),
      options_(std::move(options)) {}

Result<std::unique_ptr<Sync>> Sync::open(const std::filesystem::path& database,
                                         std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
                                         SyncOptions options) {
  auto journal = Journal::open(database);
  if (!journal) return std::unexpected(journal.error());
  return std::unique_ptr<Sync>(
      new Sync(std::move(*journal), std::move(storage), std::move(log), std::move(options)));
}

Result<SyncReport> Sync::poll(const DeliverBatches& deliver, std::stop_token stop) {
  const std::lock_guard lock(one_at_a_time_);
  return Poll(*this, deliver, std::move(stop)).run();
}

Result<std::map<std::string, std::int64_t>> Sync::heads_of(const std::string& person, std::stop_token stop) {
  const std::lock_guard lock(one_at_a_time_);
  SyncPositions positions(journal_, options_);
  const auto devices = positions.devices();
  if (!devices) return std::unexpected(devices.error());
  const auto names = storage_->list(kHeadsPrefix, "", std::move(stop));
  if (!names) return std::unexpected(names.error());
  std::map<std::string, std::int64_t> found;
  for (const auto& [device, position] : *devices) {
    if (device.person != person) continue;
    const auto received = positions.last_received(device.device);
    if (!received) return std::unexpected(received.error());
    found[device.device] = std::max(position, *received);
  }
  for (const ObjectInfo& info : *names) {
    const auto head = parse_head_key(info.key);
    if (const auto device = head ? found.find(head->device) : found.end(); device != found.end())
      device->second = std::clamp(head->seq, device->second, device->second + kBelievedAhead);
  }
  return found;
}

Result<void> Sync::start_over() {
  const std::lock_guard lock(one_at_a_time_);
  return SyncPositions(journal_, options_).forget_all();
}

Result<SyncReport> Sync::Poll::run() {
  // Before anything is listed: what is stored meanwhile needn't be in the list.
  const auto own_head = positions_.own_head(sync_.log_->identity()->device().id());
  if (!own_head) return std::unexpected(own_head.error());
  own_head_before_ = *own_head;
  const auto signal = read_signal();
  if (!signal) return std::unexpected(signal.error());
  const auto holes = positions_.due_holes(now_);
  if (!holes) return std::unexpected(holes.error());
  const auto listing = is_listing_due(*signal);
  if (!listing) return std::unexpected(listing.error());
  report_.changed = *listing || std::ranges::any_of(*holes, [](const Hole& hole) { return hole.seq == 0; });
  const auto& speakers = sync_.options_.speakers;
  if (report_.changed && speakers) MEANWHILE_TRY(speakers->look_again(stop_));
  const auto heads = report_.changed ? list_heads() : heads_of_holes(*holes);
  if (!heads) return std::unexpected(heads.error());
  MEANWHILE_TRY(learn_devices(*heads));
  MEANWHILE_TRY(read_batches(*heads));
  if (report_.changed) MEANWHILE_TRY(look_for_copies_if_due());
  if (report_.changed) MEANWHILE_TRY(note_listing(*signal));
  const auto open_holes = positions_.count_holes();
  if (!open_holes) return std::unexpected(open_holes.error());
  report_.holes = *open_holes;
  return report_;
}

// Changes when there may be something new: the bell, or where listing is as cheap, the heads' names.
Result<std::string> Sync::Poll::read_signal() {
  if (!sync_.storage_->capabilities().lists_cheaply) {
    auto bell = read_bell();
    // What a place can do isn't known before it was asked something.
    if (!bell || !sync_.storage_->capabilities().lists_cheaply) return bell;
  }
  MEANWHILE_TRY(list_names());
  return hash_of_names(*names_);
}

// Any bytes will do: only a change of them means something.
Result<std::string> Sync::Poll::read_bell() {
  const auto bytes = sync_.storage_->get(kBellKey, kLargestBellBytes, std::nullopt, stop_);
  if (bytes) return sha256_hex(*bytes);
  if (bytes.error().code == ErrorCode::NotFound) return "none";
  if (bytes.error().code == ErrorCode::Corrupt) return "oversized";
  return std::unexpected(bytes.error());
}

Result<bool> Sync::Poll::is_listing_due(const std::string& signal) {
  const auto last = sync_.journal_.value(kBellValue);
  if (!last) return std::unexpected(last.error());
  if (*last != signal) return true;
  const auto overdue = is_overdue();
  if (!overdue || *overdue) return overdue;
  const auto text = sync_.journal_.value(kListedValue);
  if (!text) return std::unexpected(text.error());
  const auto listed = parse_rfc3339(text->value_or(""));
  return !listed || now_ >= *listed + sync_.options_.list_anyway_after || now_ < *listed;
}

Result<bool> Sync::Poll::is_overdue() {
  const auto text = sync_.journal_.value(kOverdueValue);
  if (!text) return std::unexpected(text.error());
  const auto due = parse_rfc3339(text->value_or("").substr(0, text->value_or("").find(' ')));
  return due && now_ >= *due;
}

Result<void> Sync::Poll::note_listing(const std::string& signal) {
  Journal& journal = sync_.journal_;
  const auto last_signal = journal.value(kBellValue);
  const auto last_names = journal.value(kNamesValue);
  const auto overdue = journal.value(kOverdueValue);
  for (const auto* value : {&last_signal, &last_names, &overdue})
    if (!*value) return std::unexpected(value->error());
  const std::string names = names_ ? hash_of_names(*names_) : last_names->value_or("");
  const bool rang = *last_signal != signal;
  std::int64_t seconds = 0;
  if (names == *last_names && rang) seconds = kFirstLookAgainSeconds;
  if (names == *last_names && !rang && *overdue) seconds = 2 * seconds_of_overdue(**overdue);
  if (seconds > kLastLookAgainSeconds) seconds = 0;
  const std::string again =
      seconds > 0 ? fmt::format("{} {}", format_rfc3339(now_ + std::chrono::seconds(seconds)), seconds) : "";
  MEANWHILE_TRY(journal.set_value(kOverdueValue, again));
  MEANWHILE_TRY(journal.set_value(kNamesValue, names));
  MEANWHILE_TRY(journal.set_value(kBellValue, signal));
  return journal.set_value(kListedValue, format_rfc3339(now_));
}

Result<void> Sync::Poll::list_names() {
  if (names_) return {};
  auto keys = sync_.storage_->list(kHeadsPrefix, "", stop_);
  if (!keys) return std::unexpected(keys.error());
  names_ = std::move(*keys);
  return {};
}

Result<Sync::Poll::Heads> Sync::Poll::list_heads() {
  MEANWHILE_TRY(list_names());
  Heads heads;
  for (const ObjectInfo& info : *names_) {
    const auto head = parse_head_key(info.key);
    if (!head) continue;
    if (heads.size() >= kMostDevices && !heads.contains(head->device)) {
      warn(tr_count(kMostDevices, "the library names more than one device: the rest is passed over",
                    "the library names more than {} devices: the rest is passed over", kMostDevices));
      break;
    }
    std::int64_t& seq = heads[head->device];
    seq = std::max(seq, head->seq);
  }
  MEANWHILE_TRY(check_own_head(heads));
  return heads;
}

Result<Sync::Poll::Heads> Sync::Poll::heads_of_holes(const std::vector<Hole>& holes) {
  Heads heads;
  for (const Hole& hole : holes) heads[hole.device] = std::max(heads[hole.device], hole.seq);
  return heads;
}

Result<void> Sync::Poll::check_own_head(Heads& heads) {
  const std::string own = sync_.log_->identity()->device().id();
  const auto found = heads.find(own);
  const std::int64_t there = found == heads.end() ? 0 : found->second;
  const auto written = positions_.own_seq(own);
  if (!written) return std::unexpected(written.error());
  report_.own_head_differs = there > *written || there < own_head_before_;
  if (found != heads.end()) heads.erase(found);
  return {};
}

Result<void> Sync::Poll::load_known() {
  auto devices = positions_.devices();
  if (!devices) return std::unexpected(devices.error());
  for (auto& [device, position] : *devices)
    known_.emplace(device.device, Known{.device = device, .position = position});
  return {};
}

// Anybody can write names of devices that there aren't: each is looked for at once, and then some at a time.
Result<void> Sync::Poll::learn_devices(const Heads& heads) {
  if (heads.empty()) return {};
  MEANWHILE_TRY(load_known());
  const auto uncertified = positions_.uncertified(now_);
  if (!uncertified) return std::unexpected(uncertified.error());
  std::vector<std::string> unknown;
  std::vector<std::string> keys;
  int sought_again = 0;
  for (const auto& [device, seq] : heads) {
    if (known_.contains(device)) continue;
    const auto before = uncertified->find(device);
    const bool is_new = before == uncertified->end();
    if (!is_new && (!before->second || ++sought_again > kMostSoughtAgain)) continue;
    unknown.push_back(device);
    keys.push_back(certificate_key(device));
  }
  const auto results =
      fetch_many(*sync_.storage_, keys, kLargestCertificateBytes, sync_.options_.parallel, stop_);
  if (results.size() > 1 && all_unavailable(results)) return std::unexpected(results.front().error());
  for (std::size_t i = 0; i < results.size(); ++i) MEANWHILE_TRY(learn_device(unknown[i], results[i]));
  return {};
}

Result<void> Sync::Poll::learn_device(const std::string& device, const Result<Bytes>& bytes) {
  if (!bytes && bytes.error().is_control()) return std::unexpected(bytes.error());
  auto certificate =
      bytes ? read_certificate(*bytes, device, sync_.log_->library()) : std::unexpected(bytes.error());
  if (certificate && last_batch(certificate->person, device) == 0)
    certificate = fail(ErrorCode::Corrupt, tr_format("device {} is of somebody who isn't a member of the "
                                                     "library: what it says is passed over",
                                                     device));
  if (certificate) {
    MEANWHILE_TRY(positions_.keep_device(*certificate));
    known_[device].device = {certificate->device, certificate->device_key, certificate->person,
                             certificate->name};
    return positions_.close_hole({device, 0});
  }
  const auto is_new = positions_.note_hole({device, 0}, now_);
  if (!is_new) return std::unexpected(is_new.error());
  if (*is_new && certificate.error().code != ErrorCode::NotFound) warn(certificate.error().message);
  return {};
}

Result<void> Sync::Poll::read_batches(const Heads& heads) {
  while (true) {
    const auto round = next_round(heads);
    if (!round) return std::unexpected(round.error());
    if (round->empty()) return {};
    MEANWHILE_TRY(take_round(*round));
    round_size_ = std::min(2 * round_size_, kLargestRound);
  }
}

// Some of each device in turn would be fairer; but a round is small, and all are read before the poll ends.
Result<std::vector<Sync::Poll::Wanted>> Sync::Poll::next_round(const Heads& heads) {
  std::vector<Wanted> round;
  for (const auto& [id, head] : heads) {
    if (round.size() >= round_size_) break;
    const auto known = known_.find(id);
    if (known == known_.end()) continue;
    const std::int64_t last = std::min(head, last_batch(known->second.device.person, id));
    if (last <= known->second.position) continue;
    const auto& tried = tried_[id];
    if (tried.size() >= kMostMissesOfADevice) continue;
    const auto missing = positions_.missing(id, last, tried, round_size_ - round.size(), now_);
    if (!missing) return std::unexpected(missing.error());
    for (const std::int64_t seq : *missing) round.push_back({known->second.device, seq});
  }
  return round;
}

Result<void> Sync::Poll::take_round(const std::vector<Wanted>& round) {
  std::vector<std::string> keys;
  for (const Wanted& wanted : round) keys.push_back(batch_key(wanted.device.device, wanted.seq));
  const auto results = fetch_many(*sync_.storage_, keys, kLargestBatchBytes, sync_.options_.parallel, stop_);
  // Not holes, but a storage that is gone.
  if (results.size() > 1 && all_unavailable(results)) return std::unexpected(results.front().error());
  std::vector<VerifiedBatch> verified;
  for (std::size_t i = 0; i < round.size(); ++i) {
    auto batch = results[i] ? verify(round[i], *results[i]) : std::unexpected(results[i].error());
    if (!batch) {
      MEANWHILE_TRY(miss(round[i], batch.error()));
    } else {
      verified.push_back(std::move(*batch));
    }
  }
  return hand_over(std::move(verified));
}

// In a library where everybody may speak all count.
std::int64_t Sync::Poll::last_batch(const std::string& person, const std::string& device) const {
  const auto& speakers = sync_.options_.speakers;
  return speakers ? speakers->last_batch(person, device) : kLargestSeq;
}

Result<VerifiedBatch> Sync::Poll::verify(const Wanted& wanted, const Bytes& bytes) {
  auto batch = read_batch(bytes, wanted.device.key, wanted.seq, sync_.log_->library());
  if (!batch) return std::unexpected(batch.error());
  if (wanted.seq > last_batch(wanted.device.person, wanted.device.device))
    return fail(ErrorCode::Corrupt, tr("said by somebody who wasn't a member of the library any more"));
  return VerifiedBatch{.device = wanted.device.device,
                       .person = wanted.device.person,
                       .person_name = wanted.device.name,
                       .seq = wanted.seq,
                       .prev = std::move(batch->prev),
                       .events = std::move(batch->events),
                       .bytes = bytes,
                       .sha256 = sha256_hex(bytes)};
}

Result<void> Sync::Poll::miss(const Wanted& wanted, const Error& error) {
  if (error.is_control()) return std::unexpected(error);
  tried_[wanted.device.device].insert(wanted.seq);
  const auto is_new = positions_.note_hole({wanted.device.device, wanted.seq}, now_);
  if (!is_new) return std::unexpected(is_new.error());
  if (*is_new && error.code != ErrorCode::NotFound) {
    warn(tr_format("words of {} are passed over for now (number {} of device {}): {}", wanted.device.name,
                   wanted.seq, wanted.device.device, error.message));
  }
  return {};
}

Result<void> Sync::Poll::hand_over(std::vector<VerifiedBatch> batches) {
  if (batches.empty()) return {};
  for (VerifiedBatch& batch : batches) {
    const auto others = positions_.hashes(batch.device, batch.seq);
    if (!others) return std::unexpected(others.error());
    batch.conflicts = !others->empty();
  }
  MEANWHILE_TRY(deliver_(batches));
  MEANWHILE_TRY(positions_.note_received(batches));
  MEANWHILE_TRY(sync_.log_->observe(latest_hlc(batches, sync_.log_->now())));
  report_.batches += static_cast<std::int64_t>(batches.size());
  return check_chains(batches);
}

// A batch that doesn't follow the one that was read before: the device, or a copy of it, signed two under one
// number.
Result<void> Sync::Poll::check_chains(const std::vector<VerifiedBatch>& batches) {
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const VerifiedBatch& batch = batches[i];
    MEANWHILE_TRY(check_one_before(batch));
    // The next one, if it came along, says itself whether it follows.
    const bool next_says = i + 1 < batches.size() && batches[i + 1].device == batch.device &&
                           batches[i + 1].seq == batch.seq + 1;
    if (!next_says) MEANWHILE_TRY(check_one_after(batch));
  }
  return {};
}

Result<void> Sync::Poll::check_one_before(const VerifiedBatch& batch) {
  const auto before = positions_.hashes(batch.device, batch.seq - 1);
  if (!before) return std::unexpected(before.error());
  if (before->empty() || std::ranges::find(*before, batch.prev) != before->end()) return {};
  return look_for_other_version(batch, batch.seq - 1);
}

Result<void> Sync::Poll::check_one_after(const VerifiedBatch& batch) {
  const auto followers = positions_.prevs(batch.device, batch.seq + 1);
  if (!followers) return std::unexpected(followers.error());
  if (!followers->empty() && std::ranges::find(*followers, batch.sha256) == followers->end()) {
    warn(tr_format("{}'s device {} was used twice at a time: number {} doesn't lead to the next",
                   batch.person_name, batch.device, batch.seq));
  }
  return {};
}

Result<void> Sync::Poll::look_for_other_version(const VerifiedBatch& of, std::int64_t seq) {
  warn(tr_format("{}'s device {} has signed two different batches as number {}: a copy of it is in use",
                 of.person_name, of.device, seq));
  if (++versions_sought_ > kMostVersionsSought) return {};
  const auto device = positions_.device(of.device);
  if (!device) return std::unexpected(device.error());
  const auto bytes = sync_.storage_->get(batch_key(of.device, seq), kLargestBatchBytes, std::nullopt, stop_);
  if (!bytes || !*device) return {};
  auto batch = verify({**device, seq}, *bytes);
  const auto known = positions_.hashes(of.device, seq);
  if (!known) return std::unexpected(known.error());
  if (!batch || std::ranges::find(*known, batch->sha256) != known->end()) return {};
  std::vector<VerifiedBatch> found;
  found.push_back(std::move(*batch));
  return hand_over(std::move(found));
}

void Sync::Poll::warn(std::string sentence) {
  if (report_.warnings.size() < kMostWarnings) report_.warnings.push_back(std::move(sentence));
}

}  // namespace meanwhile
