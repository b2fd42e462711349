#include "upload/own_words.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/journal.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

struct StoredBatch {
  std::string device;
  std::int64_t seq = 0;
  std::string sha256;
};

// order: of rowid, which grows with each batch.
Result<std::optional<StoredBatch>> stored_batch(Journal& journal, std::string_view order) {
  auto query = journal.prepare(
      "SELECT b.device, b.seq, b.sha256 FROM batches b JOIN logs l ON l.device = b.device "
      "WHERE b.seq <= l.stored_seq ORDER BY b.rowid " +
      std::string(order) + " LIMIT 1");
  const auto row = query.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return StoredBatch{.device = query.text(0), .seq = query.integer(1), .sha256 = query.text(2)};
}

Result<bool> is_there(const StoredBatch& batch, Storage& place, std::stop_token stop) {
  const auto bytes =
      place.get(batch_key(batch.device, batch.seq), kLargestBatchBytes, std::nullopt, std::move(stop));
  if (bytes) return sha256_hex(*bytes) == batch.sha256;
  // Corrupt: larger than any batch.
  const bool is_another =
      bytes.error().code == ErrorCode::NotFound || bytes.error().code == ErrorCode::Corrupt;
  return is_another ? Result<bool>(false) : std::unexpected(bytes.error());
}

}  // namespace

Result<bool> holds_own_words(const std::filesystem::path& journal, Storage& place, std::stop_token stop) {
  auto opened = Journal::open(journal);
  if (!opened) return std::unexpected(opened.error());
  // A place that went back in time has lost the newest.
  for (const char* order : {"DESC", "ASC"}) {
    const auto batch = stored_batch(*opened, order);
    if (!batch) return std::unexpected(batch.error());
    if (!*batch) return false;
    const auto found = is_there(**batch, place, stop);
    if (!found || *found) return found;
  }
  return false;
}

Result<bool> has_company(const std::filesystem::path& journal, const std::string& person) {
  auto opened = Journal::open(journal);
  if (!opened) return std::unexpected(opened.error());
  return opened->prepare("SELECT 1 FROM devices WHERE person <> ? AND position > 0 LIMIT 1")
      .bind(person)
      .step();
}

}  // namespace meanwhile
