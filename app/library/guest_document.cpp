#include "app/library/guest_document.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/event_reader.h"
#include "app/library/events.h"
#include "app/library/person_name.h"
#include "app/library/share.h"
#include "app/library/text.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostGuestWords = 1000;  // more have no room

// What a guest may say, and the members that count: a guest mentions nobody and hangs up no recording.
struct WordKind {
  std::string_view type;
  bool has_clip;
  std::array<std::string_view, 4> members;
};
constexpr std::array<WordKind, 3> kWordKinds = {{{"comment", true, {"at_us", "to_us", "text", "drawing"}},
                                                 {"reply", false, {"to", "text", "drawing", ""}},
                                                 {"react", true, {"at_us", "name", "", ""}}}};

// nullopt: of a kind that isn't known here.
std::optional<Json> event_of(const Json& said, const std::string& clip) {
  const auto type = string_member(said, "type");
  const auto kind = std::ranges::find(kWordKinds, type.value_or(""), &WordKind::type);
  if (kind == kWordKinds.end()) return std::nullopt;
  Json event = {{"type", *type}};
  if (kind->has_clip) event["clip"] = clip;
  for (const std::string_view member : kind->members) {
    const auto found = member.empty() ? said.end() : said.find(std::string(member));
    if (found != said.end()) event[std::string(member)] = *found;
  }
  return event;
}

Result<PublicKey> key_in(std::span<const std::byte> bytes) {
  const auto unverified = read_unverified_document(bytes, kLargestGuestDocumentBytes);
  if (!unverified) return std::unexpected(unverified.error());
  const Json* guest = object_member(*unverified, "guest");
  return PublicKey::from_base64(guest ? string_member(*guest, "key").value_or("") : "");
}

std::string share_id(EventReader& in) {
  std::string share = string_member(in.json(), "share").value_or("");
  in.require(is_share_id(share), "share", tr_later("'{}' is not a share's id"));
  return share;
}

std::string name_in(EventReader& in) {
  const Json* guest = object_member(in.json(), "guest");
  EventReader of(guest ? *guest : in.json());
  std::string name = of.text("name", kLongestName, EventReader::Blank::Refused);
  in.require(of.is_good() && is_visible_name(display_line(name)), "guest",
             tr_later("'{}' has no name that can be seen"));
  return name;
}

// As a library's events: what isn't understood is passed over, and keeps its number.
std::vector<GuestWord> words_in(EventReader& in, const GuestDocument& document) {
  std::vector<GuestWord> words;
  const Json& events = in.array("events", kMostGuestWords);
  in.require(!events.empty(), "events", tr_later("'{}' is empty"));
  std::int64_t n = document.n;
  for (const Json& said : events) {
    const EventId id{document.guest, n++};
    auto event = event_of(said, document.clip);
    auto body = event ? parse_event(*event) : fail(ErrorCode::Unsupported, "");
    if (body) words.push_back({id, std::move(*event), std::move(*body)});
  }
  in.require(n - 1 <= kLastGuestWord, "n", tr_later("'{}' is larger than it may be"));
  return words;
}

void append(std::string& text, const std::string& part) {
  text += (text.empty() ? "" : ", ") + part;
}

}  // namespace

Result<GuestDocument> read_guest_document(std::string_view text) {
  const auto bytes = as_byte_span(text);
  const auto key = key_in(bytes);
  if (!key) return std::unexpected(key.error());
  const auto object = open_document(bytes, *key, kLargestGuestDocumentBytes);
  if (!object) return std::unexpected(object.error());
  MEANWHILE_TRY(check_format(*object, tr("a guest's answer")));
  EventReader in(*object);
  in.require(string_member(*object, "says") == "guest", "says", tr_later("'{}' is not \"guest\""));
  GuestDocument document{.share = share_id(in),
                         .clip = in.clip("clip"),
                         .guest = key->id(),
                         .name = name_in(in),
                         .n = in.integer_or("n", 0, 1, kLastGuestWord),
                         .at = in.optional_time("at").value_or(WallTime{}),
                         .words = {}};
  in.require(document.n > 0 && in.has("at"), "n", tr_later("'{}' or 'at' is missing"));
  if (in.is_good()) document.words = words_in(in, document);
  if (!in.is_good()) return fail(ErrorCode::Corrupt, tr_format("a guest's answer: {}", in.problem()));
  return document;
}

Result<GuestEvent> guest_event(std::string_view document) {
  auto said = read_guest_document(document);
  if (!said) return std::unexpected(said.error());
  GuestEvent event{.clip = said->clip, .share = said->share, .document = std::string(document), .said = {}};
  event.said = std::make_shared<const GuestDocument>(std::move(*said));
  return event;
}

WordCounts count_words(const GuestDocument& document) {
  WordCounts counts;
  for (const GuestWord& word : document.words) {
    if (std::holds_alternative<CommentEvent>(word.body)) ++counts.comments;
    if (std::holds_alternative<ReplyEvent>(word.body)) ++counts.replies;
    if (std::holds_alternative<ReactEvent>(word.body)) ++counts.reactions;
  }
  return counts;
}

std::string count_words_text(const WordCounts& counts) {
  std::string text;
  if (const int n = counts.comments; n > 0) append(text, tr_count(n, "{} comment", "{} comments", n));
  if (const int n = counts.replies; n > 0) append(text, tr_count(n, "{} reply", "{} replies", n));
  if (const int n = counts.reactions; n > 0) append(text, tr_count(n, "{} reaction", "{} reactions", n));
  // TRANSLATORS: "nothing from Sam".
  return text.empty() ? tr("nothing") : text;
}

}  // namespace meanwhile
