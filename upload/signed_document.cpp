#include "upload/signed_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::string_view kBeforeSignature = R"(,"signature":")";
constexpr std::string_view kAfterSignature = R"("})";
constexpr std::size_t kSignatureCharacters = 88;  // base64 of 64 bytes
constexpr std::size_t kSuffixCharacters =
    kBeforeSignature.size() + kSignatureCharacters + kAfterSignature.size();

struct Parts {
  std::string_view signed_part;
  Signature signature{};
};

std::unexpected<Error> no_document() {
  return fail(ErrorCode::Corrupt, tr("not a signed document"));
}

Result<Parts> split(std::span<const std::byte> bytes, std::uint64_t limit_bytes) {
  if (bytes.size() > limit_bytes)
    return fail(ErrorCode::Corrupt, tr("the document is longer than it may be"));
  const std::string_view text = as_text(bytes);
  if (text.size() <= kSuffixCharacters) return no_document();
  Parts parts{.signed_part = text.substr(0, text.size() - kSuffixCharacters)};
  std::string_view rest = text.substr(parts.signed_part.size());
  if (!rest.starts_with(kBeforeSignature) || !rest.ends_with(kAfterSignature)) return no_document();
  rest.remove_prefix(kBeforeSignature.size());
  rest.remove_suffix(kAfterSignature.size());
  const auto signature = from_base64(rest);
  if (!signature || signature->size() != parts.signature.size()) return no_document();
  std::ranges::copy(*signature, parts.signature.begin());
  return parts;
}

// The suffix's brace closes the outermost object, as the whole text must be one object: so the signature that
// is checked is the one that any JSON reader sees.
Result<Json> parse_object(std::string_view signed_part) {
  auto object = parse_json(std::string(signed_part) + "}");
  if (!object) return std::unexpected(object.error());
  if (!object->is_object() || object->empty() || object->contains("signature")) return no_document();
  return object;
}

}  // namespace

Bytes sign_document(const Json& object, const KeyPair& key) {
  std::string text = to_text(object);
  text.pop_back();  // the closing brace
  const Signature signature = key.sign(as_byte_span(text));
  text += fmt::format("{}{}{}", kBeforeSignature, to_base64(signature), kAfterSignature);
  return to_bytes(text);
}

Result<Json> open_document(std::span<const std::byte> bytes, const PublicKey& key,
                           std::uint64_t limit_bytes) {
  const auto parts = split(bytes, limit_bytes);
  if (!parts) return std::unexpected(parts.error());
  // Before parsing: a stranger's bytes never reach the parser.
  if (!is_signed_by(key, as_byte_span(parts->signed_part), parts->signature)) {
    return fail(ErrorCode::Corrupt, tr("the signature doesn't fit"));
  }
  return parse_object(parts->signed_part);
}

Result<Json> read_unverified_document(std::span<const std::byte> bytes, std::uint64_t limit_bytes) {
  const auto parts = split(bytes, limit_bytes);
  if (!parts) return std::unexpected(parts.error());
  return parse_object(parts->signed_part);
}

bool is_of_library(const Json& object, const std::string& library) {
  return library.empty() || !object.contains("library") || string_member(object, "library") == library;
}

Result<void> check_format(const Json& object, std::string_view what) {
  const auto format = integer_member(object, "format");
  if (!format || *format < 1) return fail(ErrorCode::Corrupt, tr_format("{} doesn't say its format", what));
  if (*format == 1) return {};
  return fail(ErrorCode::Unsupported,
              tr_format("{} was written by a newer Meanwhile (format {}): update Meanwhile to read it", what,
                        *format));
}

}  // namespace meanwhile
