// Much to hash, by several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace meanwhile {

// Calls hash(i) for each i below count, on as many threads as `bytes`, what there is to hash in all, are
// worth.
void hash_at_once(std::size_t count, std::uint64_t bytes, const std::function<void(std::size_t)>& hash);

}  // namespace meanwhile
