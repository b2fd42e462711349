// Storage in this process's memory: for tests, and for trying things out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/storage.h"

namespace meanwhile {

class MemoryStorage final : public Storage {
 public:
  explicit MemoryStorage(std::string name) : name_(std::move(name)) {}

  // The one of that name in this process: "memory:NAME" twice is one place.
  static std::shared_ptr<MemoryStorage> shared(const std::string& name);

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override { return tr_format("the memory place {}", name_); }

 private:
  const std::string name_;
  Guarded<std::map<std::string, Bytes>> objects_;
};

}  // namespace meanwhile
