// One object of a sealed library, encrypted and signed for on this machine: who keeps it, or carries it,
// reads nothing and changes nothing. FORMAT.md has the bytes. HKDF-SHA256 (RFC 5869) and AES-256-GCM by
// OpenSSL; chunks as STREAM has them (Hoang, Reyhanitabar, Rogaway, Vizár, 2015), so that any part can be
// read alone.
#pragma once

#include <array>
#include <compare>  // IWYU pragma: keep (a defaulted <=> needs it)
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/payload.h"

namespace meanwhile {

// What the members of a sealed library share, from one removal of a person to the next. Wiped when it goes.
class SealSecret {
 public:
  static constexpr std::size_t kBytes = 32;
  static SealSecret generate();
  explicit SealSecret(std::span<const unsigned char, kBytes> bytes);
  SealSecret(const SealSecret&) = default;
  SealSecret& operator=(const SealSecret&) = default;
  ~SealSecret();

  const std::array<unsigned char, kBytes>& bytes() const { return bytes_; }
  // 16 hexadecimal characters that name it and tell nothing of it.
  std::string id() const;

  bool operator==(const SealSecret&) const = default;

 private:
  std::array<unsigned char, kBytes> bytes_;
};

// Where an object lies: it can't be opened as another library's or another name's.
struct SealedName {
  std::string library;  // id
  std::string key;
};

constexpr std::size_t kSealHeaderBytes = 48;
constexpr std::size_t kSealChunkBytes = 64 << 10;
constexpr std::size_t kSealTagBytes = 16;
constexpr std::size_t kSealedChunkBytes = kSealChunkBytes + kSealTagBytes;

std::uint64_t sealed_size(std::uint64_t plain_bytes);
// nullopt: no sealed object has this size.
std::optional<std::uint64_t> plain_size(std::uint64_t sealed_bytes);

// The same bytes under the same name give the same object, other bytes another key: sent twice it does no
// harm, and nothing hangs on random numbers.
Bytes seal_object(const SealSecret& secret, const SealedName& name, std::span<const std::byte> plain);

// Opens all objects of the clip that key is one of, and nothing else: what a page of that clip is given.
std::array<unsigned char, 32> clip_scope(const SealSecret& secret, const std::string& library,
                                         const std::string& key);

struct SealedObject {
  Bytes bytes;
  std::string plain_sha256;  // of what was sealed
};
// The same of what may lie in a file, which is read once: what is sealed is what was hashed, whatever happens
// to the file. Errors: of reading it.
Result<SealedObject> seal_payload(const SealSecret& secret, const SealedName& name, const Payload& plain);

struct SealHeader {
  std::array<unsigned char, kSealHeaderBytes> bytes{};
  std::string secret_id() const;  // of the secret that it was made with
};

// Errors: Corrupt (not the beginning of a sealed object).
Result<SealHeader> read_seal_header(std::span<const std::byte> bytes);

enum class SealedEnd {
  Must,  // the last of the chunks is the object's last
  May,
};

// Chunks that follow each other; the first is the object's number first. Errors: Corrupt (changed, swapped,
// cut off, another object's, another secret).
Result<Bytes> open_chunks(const SealSecret& secret, const SealedName& name, const SealHeader& header,
                          std::uint64_t first, std::span<const std::byte> chunks, SealedEnd end);

// A whole one. Errors: as above.
Result<Bytes> open_object(const SealSecret& secret, const SealedName& name, Bytes sealed);

}  // namespace meanwhile
