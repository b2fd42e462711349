#include "app/page/page_state.h"

#include <cstddef>
#include <expected>
#include <span>
#include <string>

#include "app/page/share_content.h"
#include "app/page/share_document.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {

Bytes to_bytes(const PageState& state) {
  Json json = {{"format", 1}, {"made", format_rfc3339(state.made)}};
  if (state.signed_until) json["signed_until"] = format_rfc3339(*state.signed_until);
  json["words"] = state.words;
  if (!state.manifest.empty()) json["manifest"] = state.manifest;
  return to_bytes(to_text(json));
}

Result<PageState> parse_page_state(std::span<const std::byte> bytes) {
  const auto json = parse_json(as_text(bytes));
  if (!json) return std::unexpected(json.error());
  MEANWHILE_TRY(check_format(*json, tr("a page's state")));
  const auto made = parse_rfc3339(string_member(*json, "made").value_or(""));
  if (!made) return fail(ErrorCode::Corrupt, tr("a page's state doesn't say when it was made"));
  PageState state{.made = *made,
                  .words = string_member(*json, "words").value_or(""),
                  .manifest = string_member(*json, "manifest").value_or("")};
  const auto until = string_member(*json, "signed_until");
  if (!until) return state;
  const auto signed_until = parse_rfc3339(*until);
  if (!signed_until)
    return fail(ErrorCode::Corrupt, tr("a page's state doesn't say until when its links are good for"));
  state.signed_until = *signed_until;
  return state;
}

std::string words_mark(const ShareContent& content, const std::string& secret) {
  return sha256_hex(as_byte_span(secret + to_text(share_document(content, {}))));
}

bool is_due(const PageState& state, WallTime now) {
  return state.signed_until && *state.signed_until - now < (*state.signed_until - state.made) / 2;
}

}  // namespace meanwhile
