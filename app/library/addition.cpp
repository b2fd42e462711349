#include "app/library/addition.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 4> kAdditionKinds = {"captions", "arrangement", "manifest", "poster"};
constexpr std::array<std::string_view, 4> kAddedEndings = {".vtt", ".json", ".json", ".jpg"};
constexpr std::size_t kLongestAddedStem = 64;
constexpr std::size_t kHashCharacters = 32;
constexpr std::size_t kLongestTag = 35;
constexpr std::size_t kLongestSubtag = 8;

bool is_tag_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_tag_character(char c) {
  return is_tag_letter(c) || (c >= '0' && c <= '9');
}

const Addition* of_kind(const std::vector<Addition>& additions, AdditionKind kind) {
  const auto found = std::ranges::find_if(additions, [kind](const Addition& addition) {
    return addition.kind == kind && !addition.is_suggestion;
  });
  return found == additions.end() ? nullptr : &*found;
}

}  // namespace

std::string_view addition_kind_name(AdditionKind kind) {
  return kAdditionKinds[static_cast<std::size_t>(kind)];
}

std::optional<AdditionKind> parse_addition_kind(std::string_view name) {
  const auto found = std::ranges::find(kAdditionKinds, name);
  if (found == kAdditionKinds.end()) return std::nullopt;
  return static_cast<AdditionKind>(found - kAdditionKinds.begin());
}

bool is_language_tag(std::string_view text) {
  if (text.size() > kLongestTag) return false;
  std::string_view first = text.substr(0, text.find('-'));
  if (first.size() < 2 || !std::ranges::all_of(first, is_tag_letter)) return false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('-'), text.size());
    if (end == 0 || end > kLongestSubtag || !std::ranges::all_of(text.substr(0, end), is_tag_character))
      return false;
    if (end + 1 == text.size()) return false;  // a hyphen at the end
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

std::string added_name(AdditionKind kind, std::string_view device, std::string_view sha256) {
  std::string name(device);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  name.append("-").append(sha256.substr(0, kHashCharacters));
  return name.append(kAddedEndings[static_cast<std::size_t>(kind)]);
}

bool is_added_name(AdditionKind kind, std::string_view name) {
  const std::string_view ending = kAddedEndings[static_cast<std::size_t>(kind)];
  if (!name.ends_with(ending)) return false;
  name.remove_suffix(ending.size());
  return !name.empty() && name.size() <= kLongestAddedStem && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

const Addition* arrangement_in(const std::vector<Addition>& additions) {
  return of_kind(additions, AdditionKind::Arrangement);
}

const Addition* poster_in(const std::vector<Addition>& additions) {
  return of_kind(additions, AdditionKind::Poster);
}

const Addition* manifest_in(const std::vector<Addition>& additions) {
  return of_kind(additions, AdditionKind::Manifest);
}

int version_in(const std::vector<Addition>& additions) {
  const Addition* manifest = manifest_in(additions);
  return manifest != nullptr ? manifest->version : 1;
}

std::string shown_version(const std::vector<Addition>& additions) {
  std::string version;
  for (const Addition* addition : {arrangement_in(additions), manifest_in(additions)})
    if (addition != nullptr) version += addition->object.sha256 + " ";
  return version;
}

std::string caption_version(const std::vector<Addition>& additions) {
  std::string version;
  for (const Addition& addition : additions) {
    if (addition.kind != AdditionKind::Captions || addition.is_suggestion) continue;
    version.append(addition.language).append(" ").append(addition.object.sha256).append("\n");
  }
  // The recording's own captions come with it.
  if (const Addition* manifest = manifest_in(additions)) version.append(manifest->object.sha256).append("\n");
  return version;
}

}  // namespace meanwhile
