#include "app/library/drafts.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/library/drawing.h"
#include "app/library/event_reader.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

// A draft may be too long to send: it is kept all the same, and said when it is sent.
constexpr std::uint64_t kLargestDraftFile = 4u << 20;
constexpr const char* kEnding = ".json";

Error no_clip() {
  return {ErrorCode::InvalidArgument, tr("a draft belongs to a clip")};
}

Json draft_json(const SavedDraft& draft) {
  Json json = {{"format", 1}, {"text", draft.text}};
  if (draft.at) json["at_us"] = draft.at->count();
  if (draft.to) json["to_us"] = draft.to->count();
  if (draft.reply_to) json["reply_to"] = to_text(*draft.reply_to);
  if (!draft.drawing.empty()) json["drawing"] = json_of(draft.drawing);
  if (draft.edit) {
    json["edit_of"] = to_text(draft.edit->comment);
    json["edit_text"] = draft.edit->text;
  }
  return json;
}

std::optional<EventId> optional_id(EventReader& in, const char* field) {
  return in.has(field) ? std::optional(in.event_id(field)) : std::nullopt;
}

}  // namespace

std::filesystem::path DraftStore::file(std::string_view clip) const {
  return folder_ / (std::string(clip) + kEnding);
}

Result<void> DraftStore::save(std::string_view clip, const SavedDraft& draft) const {
  if (!is_clip_id(clip)) return std::unexpected(no_clip());
  if (draft.is_empty()) return remove(clip);
  MEANWHILE_TRY(make_private_folders(folder_));
  auto written = write_file_durably(file(clip), as_byte_span(to_text(draft_json(draft))));
  if (!written) return fail(tr("keeping what you typed"), std::move(written).error());
  return {};
}

std::optional<SavedDraft> DraftStore::load(std::string_view clip) const {
  if (!is_clip_id(clip)) return std::nullopt;
  const auto bytes = read_file(file(clip), kLargestDraftFile);
  const auto json = bytes ? parse_json(as_text(*bytes)) : fail(ErrorCode::NotFound, "");
  if (!json) return std::nullopt;
  EventReader in(*json);
  SavedDraft draft{.text = in.text("text", kLargestDraftFile, EventReader::Blank::Allowed),
                   .at = in.optional_moment("at_us"),
                   .to = in.optional_moment("to_us"),
                   .reply_to = optional_id(in, "reply_to"),
                   .drawing = in.drawing("drawing")};
  if (const auto edited = optional_id(in, "edit_of"))
    draft.edit = {*edited, in.text("edit_text", kLargestDraftFile, EventReader::Blank::Allowed)};
  return in.is_good() ? std::optional(std::move(draft)) : std::nullopt;
}

Result<void> DraftStore::remove(std::string_view clip) const {
  if (!is_clip_id(clip)) return std::unexpected(no_clip());
  std::error_code error;
  std::filesystem::remove(file(clip), error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr("removing a draft")));
  return {};
}

}  // namespace meanwhile
