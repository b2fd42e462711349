#include "media/base/translation.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {
namespace {

std::atomic<const Catalog*> catalog_in_use = nullptr;

Guarded<std::vector<std::unique_ptr<const Catalog>>>& catalogs_ever_used() {
  static Guarded<std::vector<std::unique_ptr<const Catalog>>> catalogs;
  return catalogs;
}

const Catalog* catalog() {
  return catalog_in_use.load(std::memory_order_acquire);
}

}  // namespace

void set_catalog(std::unique_ptr<const Catalog> catalog) {
  catalog_in_use.store(catalog.get(), std::memory_order_release);
  if (catalog) catalogs_ever_used().lock()->push_back(std::move(catalog));
}

bool reads_right_to_left() {
  const Catalog* in_use = catalog();
  return in_use && in_use->is_right_to_left();
}

const char* tr(const char* message) {
  const Catalog* in_use = catalog();
  const char* found = in_use ? in_use->find(nullptr, message) : nullptr;
  return found ? found : message;
}

const char* tr_in(const char* context, const char* message) {
  const Catalog* in_use = catalog();
  const char* found = in_use ? in_use->find(context, message) : nullptr;
  return found ? found : message;
}

namespace translation_detail {

const char* count(const char* one, const char* many, std::uint64_t n) {
  const Catalog* in_use = catalog();
  const char* found = in_use ? in_use->find_count(one, many, n) : nullptr;
  return found ? found : n == 1 ? one : many;
}

std::string filled(const char* translated, const char* message, fmt::format_args arguments) {
  try {
    return fmt::vformat(translated, arguments);
  } catch (const fmt::format_error&) {
    return fmt::vformat(message, arguments);
  }
}

}  // namespace translation_detail
}  // namespace meanwhile
