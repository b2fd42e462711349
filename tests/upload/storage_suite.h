// The one suite that every backend passes. The tests are in storage_suite.cpp; who runs them says so with
// INSTANTIATE_TEST_SUITE_P.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/environment.h"
#include "upload/storage.h"

namespace meanwhile {

struct Backend {
  std::string name;
  // An empty place, different each time. scratch: a folder that isn't there yet. Unsupported: skipped, for
  // the reason that the message gives.
  std::function<Result<std::shared_ptr<Storage>>(const std::filesystem::path& scratch)> open;
  bool shows_half_uploads = false;  // and what is written over is gone meanwhile
  int many = 10'000;                // keys, as far as its speed allows
};

inline void PrintTo(const Backend& backend, std::ostream* stream) {
  *stream << backend.name;
}

class EveryStorage : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override;
  void put(const std::string& key, std::string_view text);
  std::string get(const std::string& key, std::optional<ByteRange> range = {});
  std::vector<std::string> keys(const std::string& prefix, const std::string& after = "");
  ErrorCode get_error(const std::string& key, std::uint64_t limit = 100);
  void put_many(const std::vector<std::string>& keys);

  ScopedFolder scratch_;
  std::shared_ptr<Storage> storage_;
};

}  // namespace meanwhile
