// A large file from the web, piece by piece, so that it can be broken off and gone on with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

bool is_model_address(std::string_view text);  // https://, and http:// to this machine

struct FetchCalls {
  std::function<void(std::uint64_t bytes)> on_size;
  std::function<void(double)> on_progress;
};

// Appends what is missing to `file`. Follows redirections, which a store of files uses; sends no login.
// Blocks. Errors: Unavailable (network), NotFound and PermissionDenied (what the server says), Unsupported
// (it sends no parts), NoSpace, Io, Aborted.
Result<void> fetch_model(const std::string& url, const std::filesystem::path& file, const FetchCalls& calls,
                         const std::stop_token& stop);

}  // namespace meanwhile
