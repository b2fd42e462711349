#include "tests/support/founding.h"

#include <stdexcept>

#include "media/base/identifier.h"
#include "upload/library_marker.h"
#include "upload/storage_registry.h"

namespace meanwhile {

std::string founded(const std::string& url, const std::string& name) {
  const auto storage = open_storage(url);
  if (!storage) throw std::runtime_error(storage.error().message);
  const KeyPair founder = KeyPair::generate();
  const auto made = found_library(**storage, {.founder = founder, .name = name, .now = wall_now()}, {});
  if (!made) throw std::runtime_error(made.error().message);
  return url;
}

}  // namespace meanwhile
