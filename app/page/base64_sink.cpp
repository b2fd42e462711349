#include "app/page/base64_sink.h"

#include <cstddef>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

Result<void> append_encoded(ByteSink& sink, std::span<const std::byte> bytes) {
  const auto* octets = reinterpret_cast<const unsigned char*>(bytes.data());
  return sink.append(as_byte_span(to_base64(std::span(octets, bytes.size()))));
}

}  // namespace

Result<void> Base64Sink::append(std::span<const std::byte> bytes) {
  rest_.insert(rest_.end(), bytes.begin(), bytes.end());
  const std::size_t whole = rest_.size() / 3 * 3;
  if (whole == 0) return {};
  MEANWHILE_TRY(append_encoded(sink_, std::span(rest_).first(whole)));
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(whole));
  return {};
}

Result<void> Base64Sink::finish() {
  if (rest_.empty()) return {};
  return append_encoded(sink_, rest_);
}

}  // namespace meanwhile
