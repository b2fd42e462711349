#include "media/base/at_once.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/named_thread.h"

namespace meanwhile {

void at_once(std::size_t count, std::size_t threads, std::string_view name,
             const std::function<void(std::size_t)>& part) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) part(i);
  };
  std::vector<NamedThread> helpers;
  for (std::size_t i = 1; i < std::min(count, threads); ++i)
    helpers.emplace_back(std::string(name) + "-" + std::to_string(i), work);
  work();
  helpers.clear();  // joins
}

}  // namespace meanwhile
