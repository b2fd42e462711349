#include "upload/fetch_many.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

std::vector<Result<Bytes>> fetch_many(Storage& storage, const std::vector<std::string>& keys,
                                      std::uint64_t limit_bytes, int parallel, std::stop_token stop) {
  std::vector<Result<Bytes>> results(keys.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < keys.size(); i = next++) {
      results[i] = storage.get(keys[i], limit_bytes, std::nullopt, stop);
    }
  };
  std::vector<NamedThread> helpers;
  const auto threads = std::min(keys.size(), static_cast<std::size_t>(std::max(1, parallel)));
  for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back("fetch-" + std::to_string(i), work);
  work();
  helpers.clear();  // joins
  return results;
}

}  // namespace meanwhile
