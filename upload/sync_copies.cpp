// Conflict copies: a folder sync that found two versions of a batch keeps one under a name of its own. What
// it holds counts, whatever the file is called. Part of Sync::Poll.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_batch.h"
#include "upload/identity.h"
#include "upload/signed_document.h"
#include "upload/storage.h"
#include "upload/sync.h"
#include "upload/sync_poll.h"
#include "upload/sync_positions.h"
#include "upload/verified_batch.h"

namespace meanwhile {
namespace {

constexpr const char* kCopiesValue = "copies";
// Each look reads the names in the folders of all logs.
constexpr std::chrono::minutes kLookAgainAfter{30};
constexpr int kMostCopiesRead = 256;  // in one look

std::string folder_of(const std::string& device, std::int64_t seq) {
  const std::string key = batch_key(device, seq);
  return key.substr(0, key.rfind('/') + 1);
}

}  // namespace

Result<void> Sync::Poll::look_for_copies_if_due() {
  ConflictCopies* there = sync_.storage_->capabilities().conflict_copies;
  if (!there) return {};
  const auto text = sync_.journal_.value(kCopiesValue);
  if (!text) return std::unexpected(text.error());
  const auto looked = parse_rfc3339(text->value_or(""));
  if (looked && now_ < *looked + kLookAgainAfter && now_ >= *looked) return {};
  auto devices = positions_.devices();
  if (!devices) return std::unexpected(devices.error());
  const Identity::Device own = sync_.log_->identity()->device();
  const auto own_seq = positions_.own_seq(own.id());
  if (!own_seq) return std::unexpected(own_seq.error());
  devices->push_back(
      {{own.id(), own.key.public_key(), own.certificate.person, own.certificate.name}, *own_seq});
  for (const auto& [device, seq] : *devices) {
    const std::int64_t last = (seq + 1) / kBatchesPerFolder;  // the next batch may be there as a copy only
    for (std::int64_t folder = 0; folder <= last; ++folder) {
      MEANWHILE_TRY(read_copies(*there, device, folder_of(device.device, folder * kBatchesPerFolder)));
    }
  }
  return sync_.journal_.set_value(kCopiesValue, format_rfc3339(now_));
}

Result<void> Sync::Poll::read_copies(ConflictCopies& there, const KnownDevice& device,
                                     const std::string& folder) {
  Result<void> asked;
  const auto wanted = [&](const std::string& name, const std::string& version) {
    if (copies_read_ >= kMostCopiesRead || !asked) return false;
    const auto known = positions_.is_known_copy(folder, name, version);
    if (!known) asked = std::unexpected(known.error());
    const bool is_new = known && !*known;
    copies_read_ += is_new ? 1 : 0;
    return is_new;
  };
  const auto copies = there.conflict_copies(folder, kLargestBatchBytes, wanted, stop_);
  if (!copies) return std::unexpected(copies.error());
  MEANWHILE_TRY(asked);
  for (const ConflictCopy& copy : *copies) {
    MEANWHILE_TRY(take_copy(device, copy.bytes));
    MEANWHILE_TRY(positions_.note_copy(folder, copy.name, copy.version));
  }
  return {};
}

// Only the number is taken from the bytes before their signature is known to be right.
Result<void> Sync::Poll::take_copy(const KnownDevice& device, const Bytes& bytes) {
  const auto document = read_unverified_document(bytes, kLargestBatchBytes);
  const auto seq = document ? integer_member(*document, "seq") : std::nullopt;
  if (!seq || *seq < 1 || *seq > kLargestSeq) return {};
  auto batch = verify({device, *seq}, bytes);
  if (!batch) return {};
  const auto known = positions_.hashes(device.device, *seq);
  if (!known) return std::unexpected(known.error());
  const auto own = positions_.own_hash(device.device, *seq);
  if (!own) return std::unexpected(own.error());
  if (*own == batch->sha256 || std::ranges::find(*known, batch->sha256) != known->end()) return {};
  const bool is_ours = device.device == sync_.log_->identity()->device().id();
  report_.own_head_differs = report_.own_head_differs || is_ours;
  if (!known->empty() || !own->empty()) {
    warn(tr_format("{}'s device {} has signed two different batches as number {}: a copy of it is in use",
                   device.name, device.device, *seq));
  }
  std::vector<VerifiedBatch> found;
  found.push_back(std::move(*batch));
  return hand_over(std::move(found));
}

}  // namespace meanwhile
