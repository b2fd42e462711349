#include "tests/support/counting_storage.h"

#include <utility>

namespace meanwhile {

Result<void> CountingStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                  std::stop_token stop) {
  count(&RequestCounts::puts);
  return inner_->put(key, bytes, std::move(stop));
}

Result<Bytes> CountingStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                   std::optional<ByteRange> range, std::stop_token stop) {
  count(&RequestCounts::gets);
  return inner_->get(key, limit_bytes, range, std::move(stop));
}

Result<std::vector<ObjectInfo>> CountingStorage::list(const std::string& prefix, const std::string& after,
                                                      std::stop_token stop) {
  count(&RequestCounts::lists);
  return inner_->list(prefix, after, std::move(stop));
}

Result<ObjectInfo> CountingStorage::stat(const std::string& key, std::stop_token stop) {
  count(&RequestCounts::stats);
  return inner_->stat(key, std::move(stop));
}

Result<void> CountingStorage::remove(const std::string& key, std::stop_token stop) {
  count(&RequestCounts::removes);
  return inner_->remove(key, std::move(stop));
}

RequestCounts CountingStorage::take_counts() {
  auto counts = counts_.lock();
  return std::exchange(*counts, {});
}

}  // namespace meanwhile
