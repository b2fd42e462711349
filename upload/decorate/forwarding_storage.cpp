#include "upload/decorate/forwarding_storage.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

Result<void> ForwardingStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                    std::stop_token stop) {
  const auto to = inner();
  return to ? (*to)->put(key, bytes, std::move(stop)) : std::unexpected(to.error());
}

Result<Bytes> ForwardingStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                     std::optional<ByteRange> range, std::stop_token stop) {
  const auto to = inner();
  return to ? (*to)->get(key, limit_bytes, range, std::move(stop)) : std::unexpected(to.error());
}

Result<std::vector<ObjectInfo>> ForwardingStorage::list(const std::string& prefix, const std::string& after,
                                                        std::stop_token stop) {
  const auto to = inner();
  return to ? (*to)->list(prefix, after, std::move(stop)) : std::unexpected(to.error());
}

Result<ObjectInfo> ForwardingStorage::stat(const std::string& key, std::stop_token stop) {
  const auto to = inner();
  return to ? (*to)->stat(key, std::move(stop)) : std::unexpected(to.error());
}

Result<void> ForwardingStorage::remove(const std::string& key, std::stop_token stop) {
  const auto to = inner();
  return to ? (*to)->remove(key, std::move(stop)) : std::unexpected(to.error());
}

}  // namespace meanwhile
