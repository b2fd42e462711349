#include "app/libraries/known_libraries.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestListBytes = 1 << 20;

// Libraries are opened several at a time.
std::mutex& writing() {
  static std::mutex mutex;
  return mutex;
}

Json read_all(const std::filesystem::path& file) {
  auto bytes = read_file(file, kLargestListBytes);
  auto json = bytes ? parse_json(as_text(*bytes)) : fail(bytes.error().code, "");
  if (!json || !array_member(*json, "libraries")) return Json{{"format", 1}, {"libraries", Json::array()}};
  return *json;
}

}  // namespace

std::optional<KnownLibrary> find_known_library(const std::filesystem::path& file, const std::string& url) {
  const Json all = read_all(file);
  for (const Json& entry : all["libraries"]) {
    const auto id = string_member(entry, "id");
    if (string_member(entry, "url") != url || !id) continue;
    return KnownLibrary{.url = url,
                        .id = *id,
                        .name = string_member(entry, "name").value_or(""),
                        .founder = string_member(entry, "founder").value_or("")};
  }
  return std::nullopt;
}

Result<void> remember_library(const std::filesystem::path& file, const KnownLibrary& library) {
  std::lock_guard lock(writing());
  Json all = read_all(file);
  Json kept = Json::array();
  for (const Json& entry : all["libraries"]) {
    if (string_member(entry, "url") != library.url) kept.push_back(entry);
  }
  kept.push_back(
      {{"url", library.url}, {"id", library.id}, {"name", library.name}, {"founder", library.founder}});
  all["libraries"] = std::move(kept);
  return write_file_durably(file, as_byte_span(to_text(all, 1)));
}

}  // namespace meanwhile
