#include "upload/folder/mount.h"

#include <fmt/format.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meanwhile {
namespace {

// rclone does so with a write cache only, which nothing tells from outside.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kLateSenders{
    {{"fuse.rclone", "rclone"},
     {"fuse.davfs", "davfs2"},
     {"fuse.onedriver", "onedriver"},
     {"fuse.google-drive-ocamlfuse", "google-drive-ocamlfuse"},
     {"fuse.seadrive", "SeaDrive"},
     {"fuse.s3ql", "S3QL"}}};

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

// davfs2 names no type of its own on older systems, but what it mounts.
std::string sender_of(std::string_view type, std::string_view source) {
  if (type == "fuse" && (source.starts_with("http://") || source.starts_with("https://"))) return "davfs2";
  const auto found =
      std::ranges::find(kLateSenders, type, &std::pair<std::string_view, std::string_view>::first);
  return found == kLateSenders.end() ? "" : std::string(found->second);
}

}  // namespace

std::string late_sender(std::string_view mountinfo, std::uint64_t device) {
  const std::string wanted = fmt::format("{}:{}", major(device), minor(device));
  while (!mountinfo.empty()) {
    const auto end = std::min(mountinfo.find('\n'), mountinfo.size());
    const auto words = words_of(mountinfo.substr(0, end));
    mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
    // Some optional words stand before the "-".
    const auto dash = std::ranges::find(words, "-");
    if (words.size() > 2 && words[2] == wanted && words.end() - dash > 2) return sender_of(dash[1], dash[2]);
  }
  return "";
}

std::string late_sender(std::uint64_t device) {
  std::ifstream file("/proc/self/mountinfo");
  return late_sender(std::string(std::istreambuf_iterator<char>(file), {}), device);
}

}  // namespace meanwhile
