#include "upload/payload.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

}  // namespace

Result<void> Payload::read(std::uint64_t offset, std::span<std::byte> into) const {
  if (source_ == nullptr) {
    if (!into.empty()) std::memcpy(into.data(), bytes_.subspan(offset).data(), into.size());
    return {};
  }
  const auto count = source_->read_at(part_.offset + offset, into);
  if (!count) return std::unexpected(count.error());
  if (*count == into.size()) return {};
  return fail(ErrorCode::Corrupt, tr("the bytes end before they should"));
}

Result<std::span<const std::byte>> Payload::whole(Bytes& buffer) const {
  if (source_ == nullptr) return bytes_;
  buffer.resize(size());
  MEANWHILE_TRY(read(0, buffer));
  return buffer;
}

Result<std::string> Payload::sha256() const {
  if (source_ == nullptr) return sha256_hex(bytes_);
  return sha256_hex(*source_, part_.offset, part_.length);
}

Result<bool> is_part_of(const Payload& payload, std::uint64_t offset, std::span<const std::byte> bytes) {
  if (offset > payload.size() || bytes.size() > payload.size() - offset) return false;
  Bytes piece(std::min(bytes.size(), kPieceBytes));
  while (!bytes.empty()) {
    const auto wanted = std::span(piece).first(std::min(piece.size(), bytes.size()));
    MEANWHILE_TRY(payload.read(offset, wanted));
    // Not std::equal, which goes byte by byte.
    if (std::memcmp(wanted.data(), bytes.data(), wanted.size()) != 0) return false;
    bytes = bytes.subspan(wanted.size());
    offset += wanted.size();
  }
  return true;
}

}  // namespace meanwhile
