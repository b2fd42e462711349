#include "upload/seal/object_seal.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/payload.h"
#include "upload/running_hash.h"
#include "upload/seal/hkdf.h"

namespace meanwhile {
namespace {

constexpr std::string_view kMagic = "MWSEAL2\n";
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kSaltBytes = 32;
static_assert(kMagic.size() + kIdBytes + kSaltBytes == kSealHeaderBytes);
constexpr std::string_view kClips = "clips/";

using Key = std::array<unsigned char, 32>;

// OpenSSL fails here for want of memory only.
void require(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL failed to encrypt");
}

const unsigned char* octets(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hexadecimal(std::span<const unsigned char> bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) hex += fmt::format("{:02x}", byte);
  return hex;
}

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// Wiped when it goes.
struct DerivedKey {
  Key bytes{};
  DerivedKey(std::span<const unsigned char> from, std::span<const unsigned char> salt,
             std::string_view info) {
    hkdf_sha256(from, salt, info, bytes);
  }
  DerivedKey(const DerivedKey&) = delete;
  DerivedKey& operator=(const DerivedKey&) = delete;
  ~DerivedKey() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

// "clips/2026-11/<clip>/screen/init.mp4": one key for all of a clip, so that a clip can be shown to somebody
// without the rest.
std::string_view clip_of(std::string_view key) {
  if (!key.starts_with(kClips)) return "";
  key.remove_prefix(kClips.size());
  const auto month_end = key.find('/');
  if (month_end == std::string_view::npos) return "";
  key.remove_prefix(month_end + 1);
  const std::string_view clip = key.substr(0, key.find('/'));
  return is_clip_id(clip) ? clip : "";
}

DerivedKey scope_key(const SealSecret& secret, const SealedName& name) {
  const std::string_view clip = clip_of(name.key);
  const std::string info = clip.empty() ? fmt::format("meanwhile seal 2 words\n{}", name.library)
                                        : fmt::format("meanwhile seal 2 clip\n{}\n{}", name.library, clip);
  return {secret.bytes(), {}, info};
}

std::array<unsigned char, kSaltBytes> salt_of(const DerivedKey& scope, const SealedName& name,
                                              std::string_view sha256) {
  const DerivedKey key(scope.bytes, {}, "meanwhile seal 2 salt");
  const std::string message = fmt::format("{}\n{}", name.key, sha256);
  std::array<unsigned char, kSaltBytes> salt;
  unsigned int length = salt.size();
  require(HMAC(EVP_sha256(), key.bytes.data(), static_cast<int>(key.bytes.size()), octets(message),
               message.size(), salt.data(), &length) != nullptr);
  return salt;
}

// A chunk's number, and whether it is the last.
std::array<unsigned char, 12> nonce_of(std::uint64_t chunk, bool is_last) {
  std::array<unsigned char, 12> nonce{};
  for (std::size_t i = 0; i < 4; ++i) nonce[10 - i] = static_cast<unsigned char>(chunk >> (8 * i));
  nonce[11] = is_last ? 1 : 0;
  return nonce;
}

// Encrypts or decrypts the chunks of one object, one after the other.
class ChunkCipher {
 public:
  enum class Way { Seal, Open };

  ChunkCipher(Way way, const DerivedKey& scope, const SealedName& name, const SealHeader& header)
      : way_(way), context_(EVP_CIPHER_CTX_new()), header_(header), name_(name.library + "\n" + name.key) {
    const auto salt = std::span(header.bytes).last<kSaltBytes>();
    const DerivedKey key(scope.bytes, salt, "meanwhile seal 2 object\n" + name.key);
    require(context_ && EVP_CipherInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, key.bytes.data(),
                                          nullptr, way == Way::Seal ? 1 : 0) == 1);
  }

  // In place. Behind the bytes there is room for a tag.
  void seal(std::uint64_t chunk, bool is_last, std::span<std::byte> bytes) {
    assert(way_ == Way::Seal);
    auto* out = reinterpret_cast<unsigned char*>(bytes.data());
    begin(chunk, is_last);
    int length = 0;
    require(EVP_CipherUpdate(context_.get(), out, &length, out, static_cast<int>(bytes.size())) == 1);
    require(EVP_CipherFinal_ex(context_.get(), out + bytes.size(), &length) == 1);
    require(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, kSealTagBytes, out + bytes.size()) ==
            1);
  }

  // from: with its tag. into: a tag shorter, or from's own place. False: it isn't what was sealed.
  bool open(std::uint64_t chunk, bool is_last, std::span<const std::byte> from, std::byte* into) {
    assert(way_ == Way::Open);
    const std::size_t size = from.size() - kSealTagBytes;
    auto* out = reinterpret_cast<unsigned char*>(into);
    auto tag = to_tag(from.last(kSealTagBytes));
    begin(chunk, is_last);
    int length = 0;
    require(EVP_CipherUpdate(context_.get(), out, &length, octets(from), static_cast<int>(size)) == 1);
    require(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_SET_TAG, kSealTagBytes, tag.data()) == 1);
    return EVP_CipherFinal_ex(context_.get(), out + size, &length) == 1;
  }

 private:
  static std::array<unsigned char, kSealTagBytes> to_tag(std::span<const std::byte> bytes) {
    std::array<unsigned char, kSealTagBytes> tag;
    std::ranges::copy(std::span(octets(bytes), bytes.size()), tag.begin());
    return tag;
  }

  void begin(std::uint64_t chunk, bool is_last) {
    const auto nonce = nonce_of(chunk, is_last);
    require(EVP_CipherInit_ex(context_.get(), nullptr, nullptr, nullptr, nonce.data(), -1) == 1);
    int length = 0;
    for (const std::string_view part :
         {as_text(std::as_bytes(std::span(header_.bytes))), std::string_view(name_)})
      require(EVP_CipherUpdate(context_.get(), nullptr, &length, octets(part),
                               static_cast<int>(part.size())) == 1);
  }

  const Way way_;
  const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context_;
  const SealHeader header_;
  const std::string name_;
};

SealHeader header_of(const SealSecret& secret, std::span<const unsigned char, kSaltBytes> salt) {
  SealHeader header;
  auto into = std::ranges::copy(kMagic, header.bytes.begin()).out;
  std::array<unsigned char, kIdBytes> id;
  hkdf_sha256(secret.bytes(), {}, "meanwhile seal 2 id", id);
  into = std::ranges::copy(id, into).out;
  std::ranges::copy(salt, into);
  return header;
}

std::uint64_t chunks_of(std::uint64_t plain_bytes) {
  return plain_bytes == 0 ? 1 : (plain_bytes + kSealChunkBytes - 1) / kSealChunkBytes;
}

std::unexpected<Error> damaged(const SealedName& name) {
  return fail(ErrorCode::Corrupt, tr_format("{} is not what a member of the library sealed", name.key));
}

}  // namespace

SealSecret SealSecret::generate() {
  std::array<unsigned char, kBytes> bytes;
  require(RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  SealSecret secret(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return secret;
}

SealSecret::SealSecret(std::span<const unsigned char, kBytes> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

SealSecret::~SealSecret() {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

std::string SealSecret::id() const {
  std::array<unsigned char, kIdBytes> id;
  hkdf_sha256(bytes_, {}, "meanwhile seal 2 id", id);
  return hexadecimal(id);
}

std::array<unsigned char, 32> clip_scope(const SealSecret& secret, const std::string& library,
                                         const std::string& key) {
  assert(!clip_of(key).empty());
  return scope_key(secret, {library, key}).bytes;
}

std::uint64_t sealed_size(std::uint64_t plain_bytes) {
  return kSealHeaderBytes + plain_bytes + chunks_of(plain_bytes) * kSealTagBytes;
}

std::optional<std::uint64_t> plain_size(std::uint64_t sealed_bytes) {
  if (sealed_bytes < kSealHeaderBytes + kSealTagBytes) return std::nullopt;
  const std::uint64_t body = sealed_bytes - kSealHeaderBytes;
  const std::uint64_t chunks = (body + kSealedChunkBytes - 1) / kSealedChunkBytes;
  if (body < chunks * kSealTagBytes) return std::nullopt;
  const std::uint64_t plain = body - chunks * kSealTagBytes;
  if (sealed_size(plain) != sealed_bytes) return std::nullopt;
  return plain;
}

// Each chunk is read to where it will lie, and encrypted there.
Result<SealedObject> seal_payload(const SealSecret& secret, const SealedName& name, const Payload& plain) {
  SealedObject sealed{Bytes(sealed_size(plain.size())), {}};
  const std::uint64_t chunks = chunks_of(plain.size());
  const auto chunk = [&](std::uint64_t i) {
    const std::uint64_t size = std::min<std::uint64_t>(plain.size() - i * kSealChunkBytes, kSealChunkBytes);
    return std::span(sealed.bytes).subspan(kSealHeaderBytes + i * kSealedChunkBytes, size);
  };
  RunningHash hash(HashKind::Sha256);
  for (std::uint64_t i = 0; i < chunks; ++i) {
    MEANWHILE_TRY(plain.read(i * kSealChunkBytes, chunk(i)));
    hash.update(chunk(i));
  }
  sealed.plain_sha256 = hash.hex();
  const DerivedKey scope = scope_key(secret, name);
  const SealHeader header = header_of(secret, salt_of(scope, name, sealed.plain_sha256));
  std::ranges::copy(std::as_bytes(std::span(header.bytes)), sealed.bytes.begin());
  ChunkCipher cipher(ChunkCipher::Way::Seal, scope, name, header);
  for (std::uint64_t i = 0; i < chunks; ++i) cipher.seal(i, i + 1 == chunks, chunk(i));
  return sealed;
}

Bytes seal_object(const SealSecret& secret, const SealedName& name, std::span<const std::byte> plain) {
  return std::move(seal_payload(secret, name, plain)->bytes);  // memory can always be read
}

std::string SealHeader::secret_id() const {
  return hexadecimal(std::span(bytes).subspan<kMagic.size(), kIdBytes>());
}

Result<SealHeader> read_seal_header(std::span<const std::byte> bytes) {
  if (bytes.size() < kSealHeaderBytes || !as_text(bytes).starts_with(kMagic))
    return fail(ErrorCode::Corrupt, tr("not a sealed object"));
  SealHeader header;
  std::ranges::copy(std::span(octets(bytes), kSealHeaderBytes), header.bytes.begin());
  return header;
}

Result<Bytes> open_chunks(const SealSecret& secret, const SealedName& name, const SealHeader& header,
                          std::uint64_t first, std::span<const std::byte> chunks, SealedEnd end) {
  ChunkCipher cipher(ChunkCipher::Way::Open, scope_key(secret, name), name, header);
  const std::size_t count = (chunks.size() + kSealedChunkBytes - 1) / kSealedChunkBytes;
  if (count == 0 || chunks.size() < count * kSealTagBytes) return damaged(name);
  Bytes plain(chunks.size() - count * kSealTagBytes);
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = chunks.subspan(i * kSealedChunkBytes);
    const auto chunk = rest.first(std::min(rest.size(), kSealedChunkBytes));
    if (chunk.size() < kSealTagBytes) return damaged(name);
    std::byte* into = plain.data() + i * kSealChunkBytes;
    const bool ends_here = i + 1 == count;
    // A full chunk tells by itself whether it is the last; a shorter one is.
    const bool may_go_on = !ends_here || (end == SealedEnd::May && chunk.size() == kSealedChunkBytes);
    if (may_go_on && cipher.open(first + i, false, chunk, into)) continue;
    if (!ends_here || !cipher.open(first + i, true, chunk, into)) return damaged(name);
  }
  return plain;
}

// Opened where it lies, and moved up to the chunk before: a second buffer of a segment's size costs as much
// as opening it.
Result<Bytes> open_object(const SealSecret& secret, const SealedName& name, Bytes sealed) {
  const auto header = read_seal_header(sealed);
  const auto size = plain_size(sealed.size());
  if (!header || !size) return damaged(name);
  ChunkCipher cipher(ChunkCipher::Way::Open, scope_key(secret, name), name, *header);
  const std::uint64_t chunks = chunks_of(*size);
  for (std::uint64_t i = 0; i < chunks; ++i) {
    const auto rest = std::span(sealed).subspan(kSealHeaderBytes + i * kSealedChunkBytes);
    const auto chunk = rest.first(std::min(rest.size(), kSealedChunkBytes));
    if (!cipher.open(i, i + 1 == chunks, chunk, chunk.data())) return damaged(name);
    std::memmove(sealed.data() + i * kSealChunkBytes, chunk.data(), chunk.size() - kSealTagBytes);
  }
  sealed.resize(*size);
  return sealed;
}

}  // namespace meanwhile
