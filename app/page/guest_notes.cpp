#include "app/page/guest_notes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "app/page/guest_words.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestGuestNotes = 8 << 20;
std::filesystem::path guest_notes_file(const std::filesystem::path& folder) {
  return folder / "guest_answers.json";
}

ShareNotes share_notes_from(const Json& json) {
  ShareNotes notes;
  notes.day = string_member(json, "day").value_or("");
  notes.documents = static_cast<int>(
      std::clamp<std::int64_t>(integer_member(json, "documents").value_or(0), 0, kMostAnswersADay));
  notes.bytes =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, integer_member(json, "bytes").value_or(0)));
  if (const Json* refused = object_member(json, "refused")) {
    for (std::size_t i = 0; i < kRefusals; ++i) {
      const auto count = integer_member(*refused, refusal_name(static_cast<Refused>(i))).value_or(0);
      if (count > 0)
        notes.refused[static_cast<Refused>(i)] = static_cast<int>(std::min<std::int64_t>(count, 1 << 30));
    }
  }
  if (const Json* settled = array_member(json, "settled")) {
    for (const Json& name : *settled)
      if (name.is_string()) notes.settled.insert(name.get<std::string>());
  }
  return notes;
}

Json json_of_notes(const ShareNotes& notes) {
  Json json = {{"day", notes.day}, {"documents", notes.documents}, {"bytes", notes.bytes}};
  json["refused"] = Json::object();
  for (const auto& [why, count] : notes.refused) json["refused"][std::string(refusal_name(why))] = count;
  json["settled"] = notes.settled;
  return json;
}

}  // namespace

void ShareNotes::begin_day(WallTime now) {
  const std::string today = format_rfc3339(now).substr(0, 10);
  if (day == today) return;
  day = today;
  documents = 0;
  bytes = 0;
}

bool ShareNotes::has_room_for(std::uint64_t size) const {
  return documents < kMostAnswersADay && bytes + size <= kMostAnswerBytesADay;
}

void ShareNotes::count(std::uint64_t size) {
  ++documents;
  bytes += size;
}

GuestNotes read_guest_notes(const std::filesystem::path& folder) {
  GuestNotes notes;
  const auto bytes = read_file(guest_notes_file(folder), kLargestGuestNotes);
  const auto json = bytes ? parse_json(as_text(*bytes)) : fail(ErrorCode::NotFound, "");
  const Json* shares = json ? object_member(*json, "shares") : nullptr;
  if (!shares) return notes;
  for (const auto& [share, of_share] : shares->items()) notes[share] = share_notes_from(of_share);
  return notes;
}

Result<void> write_guest_notes(const std::filesystem::path& folder, const GuestNotes& notes) {
  Json json = {{"format", 1}, {"shares", Json::object()}};
  for (const auto& [share, of_share] : notes) json["shares"][share] = json_of_notes(of_share);
  return write_file_durably(guest_notes_file(folder), as_byte_span(to_text(json, 1)));
}

}  // namespace meanwhile
