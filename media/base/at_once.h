// Work in parts that don't depend on each other.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace meanwhile {

// Calls part(i) for each i below count, in order as threads get to them: the calling thread, and others, at
// most `threads` in all, that end with it ("<name>-1", …). Blocks until all are done.
void at_once(std::size_t count, std::size_t threads, std::string_view name,
             const std::function<void(std::size_t)>& part);

}  // namespace meanwhile
