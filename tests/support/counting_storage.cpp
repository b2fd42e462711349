#include "tests/support/counting_storage.h"

#include <utility>

namespace meanwhile {

Result<void> CountingStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                  std::stop_token stop) {
  count(&RequestCounts::puts);
  return ForwardingStorage::put(key, bytes, std::move(stop));
}

Result<Bytes> CountingStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                   std::optional<ByteRange> range, std::stop_token stop) {
  count(&RequestCounts::gets);
  return ForwardingStorage::get(key, limit_bytes, range, std::move(stop));
}

Result<std::vector<ObjectInfo>> CountingStorage::list(const std::string& prefix, const std::string& after,
                                                      std::stop_token stop) {
  count(&RequestCounts::lists);
  return ForwardingStorage::list(prefix, after, std::move(stop));
}

Result<ObjectInfo> CountingStorage::stat(const std::string& key, std::stop_token stop) {
  count(&RequestCounts::stats);
  return ForwardingStorage::stat(key, std::move(stop));
}

Result<void> CountingStorage::remove(const std::string& key, std::stop_token stop) {
  count(&RequestCounts::removes);
  return ForwardingStorage::remove(key, std::move(stop));
}

StorageCapabilities CountingStorage::capabilities() {
  StorageCapabilities capabilities = inner_->capabilities();
  capabilities.hashed_uploads = this;
  return capabilities;
}

// A hash that is known spares nothing here.
Result<UploadProof> CountingStorage::put_hashed(const std::string& key, const Payload& payload,
                                                const std::string& /*sha256*/, std::stop_token stop) {
  Bytes buffer;
  const auto bytes = payload.whole(buffer);
  if (!bytes) return std::unexpected(bytes.error());
  MEANWHILE_TRY(put(key, *bytes, std::move(stop)));
  return checks_uploads() ? UploadProof::Hash : UploadProof::Nothing;
}

RequestCounts CountingStorage::take_counts() {
  auto counts = counts_.lock();
  return std::exchange(*counts, {});
}

}  // namespace meanwhile
