// Storage that hands on what it is asked: what decorators are made from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// capabilities() are the decorator's to hand on: uploads with a hash, for one, would go past its put().
class ForwardingStorage : public Storage {
 public:
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;

 protected:
  // To whom. Any thread. Errors: nobody is there.
  virtual Result<Storage*> inner() = 0;
};

}  // namespace meanwhile
