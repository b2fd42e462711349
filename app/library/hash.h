// A short hash for telling things apart, where nobody gains by a collision. Never for trust: that is
// SHA-256's.
#pragma once

#include <cstdint>
#include <string_view>

namespace meanwhile {

// 64-bit FNV-1a. The same on every machine and for ever: ids are made of it.
constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace meanwhile
