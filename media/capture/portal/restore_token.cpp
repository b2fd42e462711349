#include "media/capture/portal/restore_token.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

#include "media/base/files.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLongestToken = 4096;

// Desktops give UUIDs; anything printable may go over the bus.
bool is_token(const std::string& text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80 && std::isgraph(c) != 0; });
}

}  // namespace

std::filesystem::path restore_token_file(const std::filesystem::path& state_folder) {
  return state_folder.empty() ? std::filesystem::path() : state_folder / "screen-cast.token";
}

std::string read_restore_token(const std::filesystem::path& file) {
  if (file.empty()) return {};
  const auto bytes = read_file(file, kLongestToken);
  if (!bytes) return {};
  const std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  return is_token(text) ? text : std::string();
}

Result<void> write_restore_token(const std::filesystem::path& file, const std::string& token) {
  if (file.empty()) return {};
  if (token.empty() || token.size() > kLongestToken || !is_token(token)) {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    return {};
  }
  return write_file_durably(file, std::as_bytes(std::span(token)), FileAccess::Owner);
}

}  // namespace meanwhile
