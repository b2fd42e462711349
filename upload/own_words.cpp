#include "upload/own_words.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/fetch_many.h"
#include "upload/identity.h"
#include "upload/journal.h"
#include "upload/signed_document.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr const char* kDevicesPrefix = "devices/";
constexpr std::size_t kMostLookedAt = 256;
constexpr int kCertificatesAtOnce = 8;

// An older version's names none, and tells nothing here.
bool names_library(const Bytes& certificate, const std::string& library) {
  const auto document = read_unverified_document(certificate, kLargestCertificateBytes);
  return document && string_member(*document, "library") == library;
}

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

Result<bool> has_company_there(Storage& place, const std::string& library, const std::string& person,
                               std::stop_token stop) {
  const auto listed = place.list(kDevicesPrefix, "", stop);
  if (!listed) return std::unexpected(listed.error());
  std::vector<std::string> keys;
  for (const ObjectInfo& info : *listed)
    if (keys.size() < kMostLookedAt) keys.push_back(info.key);
  const auto certificates =
      fetch_many(place, keys, kLargestCertificateBytes, kCertificatesAtOnce, std::move(stop));
  std::set<std::string> people;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string name = keys[i].substr(std::string_view(kDevicesPrefix).size());
    const std::string device = name.substr(0, name.find('.'));
    if (!certificates[i] || !names_library(*certificates[i], library)) continue;
    const auto certificate = read_certificate(*certificates[i], device, library);
    if (certificate && certificate->person != person) people.insert(certificate->person);
  }
  return people.size() > 1;
}

Result<bool> has_company(const std::filesystem::path& journal, const std::string& person) {
  auto opened = Journal::open(journal);
  if (!opened) return std::unexpected(opened.error());
  return opened->prepare("SELECT 1 FROM devices WHERE person <> ? AND position > 0 LIMIT 1")
      .bind(person)
      .step();
}

}  // namespace meanwhile
