// Keys, signatures and hashes: how a library shows who wrote what. Ed25519 from libsodium, SHA-256 from
// OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

// An Ed25519 public key.
struct PublicKey {
  std::array<unsigned char, 32> bytes{};

  // How people's and devices' keys are named: 26 base32 characters of the key's SHA-256.
  std::string id() const;
  std::string base64() const;
  // Errors: Corrupt (not the base64 of 32 bytes).
  static Result<PublicKey> from_base64(std::string_view text);

  bool operator==(const PublicKey&) const = default;
};

using Signature = std::array<unsigned char, 64>;

// An Ed25519 key with its secret half. The secret is wiped when the object goes.
class KeyPair {
 public:
  static KeyPair generate();
  // Errors: NotFound, PermissionDenied, Corrupt (not a file that save() wrote), Io.
  static Result<KeyPair> load(const std::filesystem::path& path);

  KeyPair(const KeyPair&) = default;
  KeyPair& operator=(const KeyPair&) = default;
  ~KeyPair();

  // Only the owner may read the file (0600). Durable and whole when this returns; never over an existing
  // file. Errors: AlreadyExists, NoSpace, PermissionDenied, NotFound (no such folder), Io.
  Result<void> save(const std::filesystem::path& path) const;

  // From 32 bytes that nobody may know: what generate() draws, and what seed() gives back.
  static KeyPair from_seed(std::span<const unsigned char, 32> seed);
  std::span<const unsigned char, 32> seed() const;

  Signature sign(std::span<const std::byte> bytes) const;
  // What lock_for() locked for this key. Errors: Corrupt (for another, or changed).
  Result<std::vector<unsigned char>> unlock(std::span<const unsigned char> locked) const;
  const PublicKey& public_key() const { return public_key_; }

 private:
  KeyPair() = default;
  std::array<unsigned char, 64> secret_{};  // libsodium's form: seed, then public key
  PublicKey public_key_;
};

bool is_signed_by(const PublicKey& key, std::span<const std::byte> bytes, const Signature& signature);

// Not every 32 bytes are a key for which something can be locked.
bool can_be_locked_for(const PublicKey& key);

// So that only the holder of key can read it: libsodium's sealed box (X25519, XSalsa20-Poly1305) for the
// X25519 key that goes with an Ed25519 one. Errors: Corrupt (no key of that kind).
Result<std::vector<unsigned char>> lock_for(const PublicKey& key, std::span<const unsigned char> bytes);

// Standard base64 with padding. Decoding takes nothing else: no spaces, no stray bits. Errors: Corrupt.
std::string to_base64(std::span<const unsigned char> bytes);
Result<std::vector<unsigned char>> from_base64(std::string_view text);
// The same with letters that no mail or chat program changes, and no padding (RFC 4648 s. 5).
std::string to_base64url(std::span<const unsigned char> bytes);
Result<std::vector<unsigned char>> from_base64url(std::string_view text);

// 64 lower-case hexadecimal characters.
std::string sha256_hex(std::span<const std::byte> bytes);
// length bytes of source from offset on. Errors: Corrupt (it ends before), and the source's own.
Result<std::string> sha256_hex(ByteSource& source, std::uint64_t offset, std::uint64_t length);
bool is_sha256_hex(std::string_view text);

}  // namespace meanwhile
