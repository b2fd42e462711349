#include "upload/seal/recovery_key.h"

#include <array>
#include <cctype>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

// Crockford's: no i, l, o and u.
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kSeedCharacters = 52;
constexpr std::size_t kCheckCharacters = 4;
constexpr std::size_t kGroup = 4;

// The first bits of bytes, five a character; what is behind their end is zero.
std::string base32(std::span<const unsigned char> bytes, std::size_t characters) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) {
    unsigned value = 0;
    for (std::size_t bit = 5 * i; bit < 5 * i + 5; ++bit) {
      const unsigned byte = bit / 8 < bytes.size() ? bytes[bit / 8] : 0;
      value = value * 2 + ((byte >> (7 - bit % 8)) & 1U);
    }
    text += kAlphabet[value];
  }
  return text;
}

std::string check_of(std::span<const unsigned char, kSeedBytes> seed) {
  // Its first hexadecimal digits are the first bits.
  const std::string hex = sha256_hex(std::as_bytes(seed));
  std::array<unsigned char, 3> first{};
  for (std::size_t i = 0; i < first.size(); ++i)
    first[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return base32(first, kCheckCharacters);
}

char as_written(char c) {
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower == 'o') return '0';
  return lower == 'i' || lower == 'l' ? '1' : lower;
}

}  // namespace

std::string recovery_text(const KeyPair& key) {
  const std::string characters = base32(key.seed(), kSeedCharacters) + check_of(key.seed());
  std::string text;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (i > 0 && i % kGroup == 0) text += '-';
    text += characters[i];
  }
  return text;
}

Result<KeyPair> read_recovery_text(std::string_view text) {
  std::string characters;
  for (const char c : text)
    if (c != '-' && std::isspace(static_cast<unsigned char>(c)) == 0) characters += as_written(c);
  if (characters.size() != kSeedCharacters + kCheckCharacters)
    return fail(ErrorCode::InvalidArgument, tr("a recovery key has 14 groups of 4 letters and digits"));
  std::array<unsigned char, kSeedBytes> seed{};
  for (std::size_t i = 0; i < kSeedCharacters; ++i) {
    const auto value = kAlphabet.find(characters[i]);
    if (value == std::string_view::npos)
      return fail(ErrorCode::InvalidArgument, tr_format("no recovery key has a \"{}\" in it", characters[i]));
    for (std::size_t bit = 0; bit < 5 && 5 * i + bit < 8 * kSeedBytes; ++bit)
      seed[(5 * i + bit) / 8] |=
          static_cast<unsigned char>(((value >> (4 - bit)) & 1U) << (7 - (5 * i + bit) % 8));
  }
  // The last character has bits to spare: they are none that a slip could hide in.
  if (base32(seed, kSeedCharacters) + check_of(seed) != characters)
    return fail(ErrorCode::InvalidArgument, tr("there is a slip in this recovery key: compare it once more"));
  return KeyPair::from_seed(seed);
}

}  // namespace meanwhile
