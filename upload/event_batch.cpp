#include "upload/event_batch.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

std::unexpected<Error> bad_batch(std::string_view why) {
  return fail(ErrorCode::Corrupt, tr_format("not a batch of events: {}", why));
}

bool is_event(const Json& event) {
  const auto n = integer_member(event, "n");
  const auto hlc = integer_member(event, "hlc");
  return n && *n > 0 && hlc && *hlc >= 0 && string_member(event, "at") && string_member(event, "type");
}

// Exactly the digits that head_key() writes: one name for one head.
std::optional<std::int64_t> parse_seq(std::string_view digits) {
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (seq < 1 || seq > kLargestSeq || std::to_string(seq) != digits) return std::nullopt;
  return seq;
}

}  // namespace

std::string batch_key(const std::string& device, std::int64_t seq) {
  return fmt::format("events/{}/{}/{}.ev", device, seq / kBatchesPerFolder, seq);
}

std::string head_key(const LogHead& head) {
  return fmt::format("{}{}.{}", kHeadsPrefix, head.device, head.seq);
}

Bytes make_head(const LogHead& head, const std::string& batch_sha256, const std::string& library,
                const KeyPair& signer) {
  Json document;
  document["format"] = 1;
  document["device"] = head.device;
  document["seq"] = head.seq;
  document["batch"] = batch_sha256;
  if (!library.empty()) document["library"] = library;
  return sign_document(document, signer);
}

std::optional<LogHead> parse_head_key(std::string_view key) {
  if (!key.starts_with(kHeadsPrefix)) return std::nullopt;
  key.remove_prefix(std::string_view(kHeadsPrefix).size());
  const auto dot = key.find('.');
  if (dot == std::string_view::npos || !is_key_id(key.substr(0, dot))) return std::nullopt;
  const auto seq = parse_seq(key.substr(dot + 1));
  if (!seq) return std::nullopt;
  return LogHead{std::string(key.substr(0, dot)), *seq};
}

Bytes make_batch(const EventBatch& batch, const KeyPair& device) {
  Json document;
  document["format"] = 1;
  document["device"] = batch.device;
  document["seq"] = batch.seq;
  document["prev"] = batch.prev;
  if (!batch.library.empty()) document["library"] = batch.library;
  document["events"] = batch.events;
  return sign_document(document, device);
}

Result<EventBatch> read_batch(std::span<const std::byte> bytes, const PublicKey& device, std::int64_t seq,
                              const std::string& library) {
  const auto document = open_document(bytes, device, kLargestBatchBytes);
  if (!document) return std::unexpected(document.error());
  MEANWHILE_TRY(check_format(*document, tr("a batch of events")));
  const auto prev = string_member(*document, "prev");
  const Json* events = array_member(*document, "events");
  if (string_member(*document, "device") != device.id()) return bad_batch(tr("another device's"));
  if (integer_member(*document, "seq") != seq) return bad_batch(tr("another number's"));
  if (!is_of_library(*document, library)) return bad_batch(tr("said in another library"));
  if (!prev || (seq == 1 ? !prev->empty() : !is_sha256_hex(*prev)))
    return bad_batch(tr("no hash of the one before"));
  if (!events || events->empty() || events->size() > kLargestBatchEvents)
    return bad_batch(tr("no events, or too many"));
  for (const Json& event : *events) {
    if (!is_event(event)) return bad_batch(tr("an event lacks its number, time or type"));
  }
  return EventBatch{.device = device.id(),
                    .seq = seq,
                    .prev = *prev,
                    .events = *events,
                    .library = string_member(*document, "library").value_or("")};
}

}  // namespace meanwhile
