// Names of a clip's objects: see manifest.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "app/library/manifest.h"
#include "media/base/identifier.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 6> kEndings = {"m3u8", "jsonl", "json", "jpg", "png", "vtt"};
constexpr std::size_t kLongestStem = 40;

}  // namespace

bool is_clip_file_name(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == 0 || dot > kLongestStem || name == "clip.json") return false;
  const bool is_plain = std::ranges::all_of(name.substr(0, dot), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  return is_plain && std::ranges::find(kEndings, name.substr(dot + 1)) != kEndings.end();
}

std::string clip_prefix(std::string_view clip) {
  assert(is_clip_id(clip));
  return fmt::format("clips/{}/{}/", month_of_clip(clip), clip);
}

std::string manifest_key(std::string_view clip) {
  return clip_prefix(clip) + "clip.json";
}

std::string init_name(std::size_t number) {
  return number == 0 ? "init.mp4" : fmt::format("init-{:06}.mp4", number);
}

std::string segment_name(std::size_t number) {
  assert(number >= 1);
  return fmt::format("{:06}.m4s", number);
}

std::size_t number_in_key(std::string_view key) {
  std::string_view name = key.substr(key.rfind('/') + 1);
  if (name.starts_with("init-")) name.remove_prefix(5);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end != name.data() + name.size() && *end == '.' &&
                 number <= kLargestObjectNumber
             ? number
             : 0;
}

std::string init_key(std::string_view clip, std::string_view track, std::size_t number) {
  assert(is_track_name(track));
  return fmt::format("{}{}/{}", clip_prefix(clip), track, init_name(number));
}

std::string segment_key(std::string_view clip, std::string_view track, std::size_t number) {
  assert(is_track_name(track));
  return fmt::format("{}{}/{}", clip_prefix(clip), track, segment_name(number));
}

std::string part_key(std::string_view clip, std::size_t number) {
  return fmt::format("{}parts/{:06}.json", clip_prefix(clip), number);
}

bool is_part_key(std::string_view key) {
  return key.starts_with("clips/") && key.find("/parts/") != std::string_view::npos;
}

std::string added_key(std::string_view clip, std::string_view name) {
  return clip_prefix(clip) + "added/" + std::string(name);
}

bool is_removable_name(std::string_view name) {
  constexpr std::size_t kLongest = 120;
  const bool is_plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
  });
  return is_plain && !name.empty() && name.size() <= kLongest && name != "clip.json" && name.front() != '/' &&
         name.back() != '/' && name.find("..") == std::string_view::npos &&
         name.find("//") == std::string_view::npos && name.find("./") == std::string_view::npos;
}

std::string clip_file_key(std::string_view clip, std::string_view name, std::size_t number) {
  assert(is_clip_file_name(name));
  if (number == 0) return clip_prefix(clip) + std::string(name);
  const auto dot = name.find('.');
  return fmt::format("{}{}-{:06}{}", clip_prefix(clip), name.substr(0, dot), number, name.substr(dot));
}

std::string clip_file_key(std::string_view clip, const ManifestFile& file) {
  return clip_file_key(clip, file.name, file.number);
}

std::optional<std::size_t> clip_file_number(std::string_view key, std::string_view clip,
                                            std::string_view name) {
  if (key == clip_file_key(clip, name)) return 0;
  std::string_view stem = key.substr(key.rfind('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  const std::size_t number = number_in_key(std::string(stem.substr(stem.rfind('-') + 1)) + ".");
  return number > 0 && key == clip_file_key(clip, name, number) ? std::optional(number) : std::nullopt;
}

}  // namespace meanwhile
