#include "upload/fetch_many.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/at_once.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

std::vector<Result<Bytes>> fetch_many(Storage& storage, const std::vector<std::string>& keys,
                                      std::uint64_t limit_bytes, int parallel, std::stop_token stop) {
  std::vector<Result<Bytes>> results(keys.size());
  at_once(keys.size(), static_cast<std::size_t>(std::max(1, parallel)), "fetch",
          [&](std::size_t i) { results[i] = storage.get(keys[i], limit_bytes, std::nullopt, stop); });
  return results;
}

}  // namespace meanwhile
