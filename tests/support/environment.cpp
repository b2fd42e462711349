#include "tests/support/environment.h"

#include <stdlib.h>

#include <system_error>

namespace meanwhile {
namespace {

// What programs say is compared: in English, whatever this machine's person reads.
[[maybe_unused]] const bool speaks_english = setenv("LC_ALL", "C.UTF-8", 1) == 0;

}  // namespace

ScopedEnvironment::ScopedEnvironment(const Environment& variables) {
  for (const auto& [name, value] : variables) {
    const char* old = getenv(name.c_str());
    old_.emplace_back(name, old ? std::optional<std::string>(old) : std::nullopt);
    setenv(name.c_str(), value.c_str(), 1);
  }
}

ScopedEnvironment::~ScopedEnvironment() {
  for (const auto& [name, value] : old_) {
    if (value) {
      setenv(name.c_str(), value->c_str(), 1);
    } else {
      unsetenv(name.c_str());
    }
  }
}

ScopedFolder::ScopedFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "meanwhile-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "making " + name);
  path_ = name;
}

ScopedFolder::~ScopedFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace meanwhile
