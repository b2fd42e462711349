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

// entry: nullopt takes the URL's away.
Result<void> replace_entry(const std::filesystem::path& file, const std::string& url,
                           std::optional<Json> entry) {
  std::lock_guard lock(writing());
  Json all = read_all(file);
  Json kept = Json::array();
  for (const Json& one : all["libraries"]) {
    if (string_member(one, "url") != url) kept.push_back(one);
  }
  if (entry) kept.push_back(std::move(*entry));
  all["libraries"] = std::move(kept);
  return write_file_durably(file, as_byte_span(to_text(all, 1)));
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
                        .founder = string_member(entry, "founder").value_or(""),
                        .marker = string_member(entry, "marker").value_or("")};
  }
  return std::nullopt;
}

Result<void> remember_library(const std::filesystem::path& file, const KnownLibrary& library) {
  return replace_entry(file, library.url,
                       Json{{"url", library.url},
                            {"id", library.id},
                            {"name", library.name},
                            {"founder", library.founder},
                            {"marker", library.marker}});
}

Result<void> forget_library(const std::filesystem::path& file, const std::string& url) {
  return replace_entry(file, url, std::nullopt);
}

}  // namespace meanwhile
