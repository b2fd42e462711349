// The bytes of a batch of events, and the names around it.
#pragma once

#include <compare>  // IWYU pragma: keep (a defaulted <=> needs it)
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

constexpr std::uint64_t kLargestBatchBytes = 64 << 10;
constexpr std::size_t kLargestBatchEvents = 64;
// One event on its own must fit into a batch, with room for what the batch adds.
constexpr std::uint64_t kLargestEventBytes = kLargestBatchBytes - 1024;
// Far more than a person writes in a life; a head beyond it is nonsense.
constexpr std::int64_t kLargestSeq = 10'000'000;

constexpr std::int64_t kBatchesPerFolder = 1000;

constexpr const char* kBellKey = "bell";
constexpr const char* kHeadsPrefix = "heads/";

// Names an event for ever, in all libraries: n counts the events of one device, from 1.
struct EventId {
  std::string device;
  std::int64_t n = 0;
  auto operator<=>(const EventId&) const = default;
};

// events/<device>/<seq/1000>/<seq>.ev
std::string batch_key(const std::string& device, std::int64_t seq);

struct LogHead {
  std::string device;
  std::int64_t seq = 0;  // 1 to kLargestSeq
};
// heads/<device>.<seq>
std::string head_key(const LogHead& head);
// What lies under that name, so that it isn't empty: some places drop what is. batch_sha256: of that batch's
// bytes. signer: the device, or its person for a device whose key is put aside.
Bytes make_head(const LogHead& head, const std::string& batch_sha256, const std::string& library,
                const KeyPair& signer);
// nullopt: not the name of a head.
std::optional<LogHead> parse_head_key(std::string_view key);

struct EventBatch {
  std::string device;
  std::int64_t seq = 0;
  std::string prev;  // SHA-256 of the bytes of batch seq - 1; "" for the first
  Json events;  // an array of 1 to 64 objects, each with integer "n" > 0 and "hlc" and string "at" and "type"
  std::string library = {};  // the id of the one that it was said in; "": an older version didn't say
};

Bytes make_batch(const EventBatch& batch, const KeyPair& device);
// library: the one that it lies in; "": any. Errors: Corrupt (not signed by device, another device, seq or
// library than expected, wrong shape), Unsupported.
Result<EventBatch> read_batch(std::span<const std::byte> bytes, const PublicKey& device, std::int64_t seq,
                              const std::string& library);

}  // namespace meanwhile
