#include "upload/signing.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/running_hash.h"

namespace meanwhile {
namespace {

constexpr std::string_view kKeyFileHeader = "meanwhile ed25519 seed 1\n";
constexpr std::size_t kHashBytes = crypto_hash_sha256_BYTES;
constexpr std::size_t kReadPieceBytes = 256 << 10;

// The random generator can fail to start only on systems that Meanwhile can't run on.
void ensure_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium doesn't start: the system has no random numbers");
}

const unsigned char* data_of(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// Makes a new file that nobody else may read, and syncs it.
Result<void> write_new_secret_file(const std::filesystem::path& path, std::string_view text) {
  may_block(Blocking::DiskSync, path.native());
  const std::string doing = tr_format("writing the key {}", path.string());
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return std::unexpected(error_from_errno(errno, doing));
  // A key is smaller than any file system's block: the write is whole or an error.
  const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool synced = written && ::fsync(descriptor) == 0;
  const int error_number = errno;
  ::close(descriptor);
  if (!synced) return std::unexpected(error_from_errno(written ? error_number : ENOSPC, doing));
  return {};
}

std::string base64_of(std::span<const unsigned char> bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();
  return text;
}

Result<std::vector<unsigned char>> bytes_of_base64(std::string_view text, int variant) {
  std::vector<unsigned char> bytes(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  const int status = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                                       &end, variant);
  if (status != 0 || end != text.data() + text.size())
    return fail(ErrorCode::Corrupt, tr("not valid base64"));
  bytes.resize(length);
  return bytes;
}

}  // namespace

std::string PublicKey::id() const {
  std::array<unsigned char, kHashBytes> hash;
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return base32_130(hash.data());
}

std::string PublicKey::base64() const {
  return to_base64(bytes);
}

Result<PublicKey> PublicKey::from_base64(std::string_view text) {
  auto decoded = meanwhile::from_base64(text);
  if (!decoded) return std::unexpected(decoded.error());
  PublicKey key;
  if (decoded->size() != key.bytes.size())
    return fail(ErrorCode::Corrupt, tr("a public key has the wrong length"));
  std::ranges::copy(*decoded, key.bytes.begin());
  return key;
}

KeyPair KeyPair::generate() {
  ensure_sodium();
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed;
  randombytes_buf(seed.data(), seed.size());
  KeyPair pair = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return pair;
}

KeyPair KeyPair::from_seed(std::span<const unsigned char, 32> seed) {
  ensure_sodium();
  KeyPair pair;
  crypto_sign_seed_keypair(pair.public_key_.bytes.data(), pair.secret_.data(), seed.data());
  return pair;
}

KeyPair::~KeyPair() {
  sodium_memzero(secret_.data(), secret_.size());
}

Result<KeyPair> KeyPair::load(const std::filesystem::path& path) {
  const auto damaged = [&] {
    return fail(ErrorCode::Corrupt, tr_format("{} is not a key that Meanwhile wrote", path.string()));
  };
  auto bytes = read_file(path, 1024);
  if (!bytes) return std::unexpected(bytes.error());
  std::string_view text = as_text(*bytes);
  if (!text.starts_with(kKeyFileHeader) || !text.ends_with('\n')) return damaged();
  text.remove_prefix(kKeyFileHeader.size());
  if (text.empty()) return damaged();
  text.remove_suffix(1);
  const auto seed = from_base64(text);
  if (!seed || seed->size() != crypto_sign_SEEDBYTES) return damaged();
  return from_seed(std::span<const unsigned char, crypto_sign_SEEDBYTES>(*seed));
}

Result<void> KeyPair::save(const std::filesystem::path& path) const {
  const std::string text = std::string(kKeyFileHeader) + to_base64(seed()) + "\n";
  std::filesystem::path temporary = path;
  temporary += "." + public_key_.id() + ".new";
  ::unlink(temporary.c_str());
  MEANWHILE_TRY(write_new_secret_file(temporary, text));
  // link() instead of rename(): it never replaces a key that is there.
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error_number = errno;
  ::unlink(temporary.c_str());
  if (!linked)
    return std::unexpected(error_from_errno(error_number, tr_format("writing the key {}", path.string())));
  return sync_folder(path.parent_path());
}

// libsodium's secret key begins with the seed it was made from.
std::span<const unsigned char, 32> KeyPair::seed() const {
  return std::span(secret_).first<crypto_sign_SEEDBYTES>();
}

Result<std::vector<unsigned char>> KeyPair::unlock(std::span<const unsigned char> locked) const {
  const auto other = [] { return fail(ErrorCode::Corrupt, tr("not locked for this key")); };
  if (locked.size() < crypto_box_SEALBYTES) return other();
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> box_key;
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> box_secret;
  if (crypto_sign_ed25519_pk_to_curve25519(box_key.data(), public_key_.bytes.data()) != 0) return other();
  crypto_sign_ed25519_sk_to_curve25519(box_secret.data(), secret_.data());
  std::vector<unsigned char> bytes(locked.size() - crypto_box_SEALBYTES);
  const bool is_open = crypto_box_seal_open(bytes.data(), locked.data(), locked.size(), box_key.data(),
                                            box_secret.data()) == 0;
  sodium_memzero(box_secret.data(), box_secret.size());
  if (!is_open) return other();
  return bytes;
}

Signature KeyPair::sign(std::span<const std::byte> bytes) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, data_of(bytes), bytes.size(), secret_.data());
  return signature;
}

bool is_signed_by(const PublicKey& key, std::span<const std::byte> bytes, const Signature& signature) {
  ensure_sodium();
  return crypto_sign_verify_detached(signature.data(), data_of(bytes), bytes.size(), key.bytes.data()) == 0;
}

bool can_be_locked_for(const PublicKey& key) {
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> box_key;
  return crypto_sign_ed25519_pk_to_curve25519(box_key.data(), key.bytes.data()) == 0;
}

Result<std::vector<unsigned char>> lock_for(const PublicKey& key, std::span<const unsigned char> bytes) {
  ensure_sodium();
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> box_key;
  if (crypto_sign_ed25519_pk_to_curve25519(box_key.data(), key.bytes.data()) != 0)
    return fail(ErrorCode::Corrupt, tr("not a key that something can be locked for"));
  std::vector<unsigned char> locked(bytes.size() + crypto_box_SEALBYTES);
  crypto_box_seal(locked.data(), bytes.data(), bytes.size(), box_key.data());
  return locked;
}

std::string to_base64(std::span<const unsigned char> bytes) {
  return base64_of(bytes, sodium_base64_VARIANT_ORIGINAL);
}

Result<std::vector<unsigned char>> from_base64(std::string_view text) {
  return bytes_of_base64(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64url(std::span<const unsigned char> bytes) {
  return base64_of(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<std::vector<unsigned char>> from_base64url(std::string_view text) {
  return bytes_of_base64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string sha256_hex(std::span<const std::byte> bytes) {
  RunningHash hash(HashKind::Sha256);
  hash.update(bytes);
  return hash.hex();
}

Result<std::string> sha256_hex(ByteSource& source, std::uint64_t offset, std::uint64_t length) {
  RunningHash hash(HashKind::Sha256);
  Bytes piece(std::min<std::uint64_t>(length, kReadPieceBytes));
  while (length > 0) {
    const auto wanted = std::span(piece).first(std::min<std::uint64_t>(length, piece.size()));
    auto count = source.read_at(offset, wanted);
    if (!count) return std::unexpected(count.error());
    if (*count == 0) return fail(ErrorCode::Corrupt, tr("the bytes end before they should"));
    hash.update(wanted.first(*count));
    offset += *count;
    length -= *count;
  }
  return hash.hex();
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == kHashBytes * 2 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace meanwhile
