// Several objects at a time, as each costs a round trip.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// One result a key, in their order. At most `parallel` requests at a time, on the calling thread and others
// that end with it.
std::vector<Result<Bytes>> fetch_many(Storage& storage, const std::vector<std::string>& keys,
                                      std::uint64_t limit_bytes, int parallel, std::stop_token stop);

}  // namespace meanwhile
