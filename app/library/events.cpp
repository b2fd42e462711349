#include "app/library/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/library/addition.h"
#include "app/library/event_reader.h"
#include "app/library/guest_document.h"
#include "app/library/person_name.h"
#include "app/library/reactions.h"
#include "app/library/share.h"
#include "app/library/text.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

const Json kNoObject = Json::object();

// More would be a program that writes down every frame it shows.
constexpr std::size_t kMostRanges = 1000;
constexpr std::size_t kMostTracks = 16;
constexpr std::int64_t kLargestDrawnSide = 16'384;
constexpr std::size_t kLongestReaction = 32;
constexpr std::size_t kLongestBase = 2000;

EventBody read_profile(EventReader& in) {
  return ProfileEvent{in.optional_text("name", kLongestName), in.optional_zone("time_zone"),
                      in.optional_hours("hours"), in.optional_days("days"), in.optional_away("away")};
}

EventBody read_channel(EventReader& in) {
  return ChannelEvent{in.channel("channel"), in.optional_text("name", kLongestName),
                      in.optional_flag("archived")};
}

PublishedTrack read_track(const Json& json, EventReader& in) {
  EventReader track(json);
  PublishedTrack read{track.text("name", kLongestReaction, EventReader::Blank::Refused),
                      static_cast<int>(track.integer_or("width", 0, 0, kLargestDrawnSide)),
                      static_cast<int>(track.integer_or("height", 0, 0, kLargestDrawnSide))};
  in.require(track.is_good(), "tracks", tr_later("'{}' has an entry that is no track"));
  return read;
}

EventBody read_published(EventReader& in) {
  PublishedEvent event{in.clip("clip"),
                       in.text("title", kLongestTitle, EventReader::Blank::Allowed),
                       in.channel_or_none("channel"),
                       in.moment("duration_us"),
                       in.time("recorded"),
                       in.sha256("manifest_sha256"),
                       {}};
  for (const Json& track : in.array("tracks", kMostTracks)) event.tracks.push_back(read_track(track, in));
  // Another word than ours asks for something that we can't do: then it is shown at once.
  event.in_the_morning = string_member(in.json(), "deliver") == "morning";
  if (in.has("pauses_us")) event.pauses = std::min(in.moment("pauses_us"), event.duration);
  if (in.has("description"))
    event.description = in.text("description", kLongestDescription, EventReader::Blank::Allowed);
  if (const Json* chapters = array_member(in.json(), "chapters"))
    event.chapters = chapters_in(chapters_from_json(*chapters), {.from = {}, .to = event.duration});
  return event;
}

EventBody read_live(EventReader& in) {
  return LiveEvent{in.clip("clip"), in.text("title", kLongestTitle, EventReader::Blank::Allowed),
                   in.channel_or_none("channel"), in.time("recorded"),
                   in.optional_flag("ended").value_or(false)};
}

Attachments read_attachments(EventReader& in) {
  return {in.drawing("drawing"), in.clip_or_none("media"), in.people("mentions")};
}

// A picture or a recording says enough by itself.
std::string read_words(EventReader& in, const Attachments& with) {
  const bool needs_words = with.drawing.empty() && with.media.empty();
  return in.text("text", kLongestText,
                 needs_words ? EventReader::Blank::Refused : EventReader::Blank::Allowed);
}

int read_version(EventReader& in) {
  return static_cast<int>(in.integer_or("version", 1, 1, kMostVersions));
}

EventBody read_comment(EventReader& in) {
  Attachments with = read_attachments(in);
  CommentEvent event{in.clip("clip"), in.moment("at_us"), in.optional_moment("to_us"), read_words(in, with),
                     std::move(with)};
  in.require(!event.to || *event.to >= event.at, "to_us", tr_later("'{}' lies before 'at_us'"));
  event.copy_of = in.comment_or_none("copy_of");
  event.version = read_version(in);
  return event;
}

EventBody read_reply(EventReader& in) {
  Attachments with = read_attachments(in);
  return ReplyEvent{in.event_id("to"), read_words(in, with), std::move(with), in.comment_or_none("copy_of")};
}

EventBody read_ask(EventReader& in) {
  const auto kind = parse_ask_kind(in.text("kind", kLongestReaction, EventReader::Blank::Refused));
  in.require(kind.has_value(), "kind", tr_later("'{}' is unknown"));
  return AskEvent{in.clip("clip"),
                  in.moment("at_us"),
                  kind.value_or(AskKind::Answer),
                  in.text("text", kLongestText, EventReader::Blank::Refused),
                  in.people("for"),
                  in.optional_time("by"),
                  in.comment_or_none("copy_of"),
                  read_version(in)};
}

EventBody read_edit(EventReader& in) {
  return EditEvent{in.event_id("comment"), in.text("text", kLongestText, EventReader::Blank::Refused),
                   in.people("mentions")};
}

EventBody read_delete(EventReader& in) {
  if (in.has("clip")) return DeleteClipEvent{in.clip("clip")};
  return DeleteCommentEvent{in.event_id("comment")};
}

EventBody read_restore(EventReader& in) {
  return RestoreClipEvent{in.clip("clip")};
}

EventBody read_resolve(EventReader& in) {
  const EventId comment = in.event_id("comment");
  const auto resolved = in.optional_flag("resolved");
  in.require(resolved.has_value(), "resolved", tr_later("'{}' is missing"));
  return ResolveEvent{comment, resolved.value_or(true)};
}

EventBody read_react(EventReader& in) {
  ReactEvent event{in.clip("clip"), in.moment("at_us"),
                   in.text("name", kLongestReaction, EventReader::Blank::Allowed)};
  in.require(event.name.empty() || is_reaction(event.name), "name",
             tr_later("'{}' is none of thumbs-up, heart, laugh, rocket, idea and question"));
  return event;
}

EventBody read_watched(EventReader& in) {
  WatchedEvent event{in.clip("clip"), {}, in.optional_moment("stopped_at_us")};
  for (const Json& pair : in.array("ranges", kMostRanges)) event.ranges.push_back(in.range(pair, "ranges"));
  event.read = in.event_ids("read", kMostRead);
  event.version = read_version(in);
  return event;
}

EventBody read_fetched(EventReader& in) {
  return FetchedEvent{in.clip("clip")};
}

EventBody read_title(EventReader& in) {
  return TitleEvent{in.clip("clip"), in.text("title", kLongestTitle, EventReader::Blank::Allowed)};
}

EventBody read_archive(EventReader& in) {
  const std::string clip = in.clip("clip");
  const auto archived = in.optional_flag("archived");
  in.require(archived.has_value(), "archived", tr_later("'{}' is missing"));
  return ArchiveEvent{clip, archived.value_or(true)};
}

EventBody read_guest(EventReader& in) {
  GuestEvent event{.clip = in.clip("clip"), .share = {}, .document = {}};
  event.share = string_member(in.json(), "share").value_or("");
  event.document = string_member(in.json(), "document").value_or("");
  auto said = in.is_good() ? read_guest_document(event.document) : fail(ErrorCode::Corrupt, "");
  if (!said) in.refuse(tr_format("'document' can't be taken up: {}", said.error().message));
  if (!said) return event;
  in.require(said->clip == event.clip && said->share == event.share, "document",
             tr_later("'{}' is for something else"));
  event.said = std::make_shared<const GuestDocument>(std::move(*said));
  return event;
}

EventBody read_guest_known(EventReader& in) {
  GuestKnownEvent event{.guest = string_member(in.json(), "guest").value_or(""),
                        .name = in.optional_text("name", kLongestName),
                        .known = in.optional_flag("known").value_or(true)};
  in.require(is_key_id(event.guest), "guest", tr_later("'{}' is not a guest's id"));
  in.require(!event.name || is_visible_name(display_line(*event.name)), "name",
             tr_later("'{}' can't be seen"));
  return event;
}

// base64 of so many bytes; "": the field isn't there.
std::string read_bytes(EventReader& in, std::string_view field, std::size_t size) {
  constexpr std::size_t kLongestBytes = 64;
  if (!in.has(field)) return {};
  std::string text = in.text(field, kLongestBytes, EventReader::Blank::Refused);
  const auto bytes = from_base64(text);
  in.require(bytes && bytes->size() == size, field,
             tr_later("'{}' is not the base64 of as many bytes as it should be"));
  return text;
}

std::optional<SharePassword> read_share_password(EventReader& in) {
  constexpr std::int64_t kMostRounds = 100'000'000;
  const Json* json = object_member(in.json(), "password");
  if (!json) return std::nullopt;
  EventReader inner(*json);
  SharePassword password{read_bytes(inner, "salt", 16), inner.integer_or("rounds", 0, 1, kMostRounds),
                         read_bytes(inner, "key", 32)};
  in.require(inner.is_good() && !password.salt.empty() && password.rounds > 0 && !password.key.empty(),
             "password", tr_later("'{}' is none"));
  return password;
}

// It becomes a link that people open.
bool is_web_base(std::string_view text) {
  const bool is_plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
  return text.empty() || (is_plain && (text.starts_with("https://") || text.starts_with("http://")));
}

EventBody read_share(EventReader& in) {
  ShareEvent event{.clip = in.clip("clip"), .terms = {}};
  event.terms.share = in.text("share", kLongestReaction, EventReader::Blank::Refused);
  in.require(is_share_id(event.terms.share), "share", tr_later("'{}' is not a share's id"));
  const auto form = parse_share_form(in.text("form", kLongestReaction, EventReader::Blank::Refused));
  in.require(form.has_value(), "form", tr_later("'{}' is unknown"));
  event.terms.form = form.value_or(ShareForm::Link);
  event.terms.until = in.optional_time("until");
  event.terms.takes_answers = in.optional_flag("answers").value_or(true);
  event.terms.answers_key = read_bytes(in, "answers_key", 32);
  event.terms.secret = read_bytes(in, "secret", 16);
  event.terms.password = read_share_password(in);
  event.terms.base = in.optional_text("base", kLongestBase).value_or("");
  in.require(is_web_base(event.terms.base), "base", tr_later("'{}' is no web address"));
  event.is_off = in.optional_flag("off").value_or(false);
  return event;
}

EventBody read_addition(EventReader& in) {
  AdditionEvent event{.clip = in.clip("clip"), .kind = {}, .language = {}, .object = {}};
  const auto kind = parse_addition_kind(in.text("kind", kLongestReaction, EventReader::Blank::Refused));
  in.require(kind.has_value(), "kind", tr_later("'{}' is unknown"));
  event.kind = kind.value_or(AdditionKind::Captions);
  event.language = in.optional_text("language", kLongestName).value_or("");
  in.require(event.language.empty() || is_language_tag(event.language), "language",
             tr_later("'{}' is no language's tag"));
  if (in.has("duration_us")) event.duration = in.moment("duration_us");
  event.version = read_version(in);
  if (!in.has("object")) return event;
  const Json* json = object_member(in.json(), "object");
  EventReader inner(json ? *json : kNoObject);
  AddedObject object{.name = string_member(inner.json(), "name").value_or(""), .bytes = 0, .sha256 = {}};
  object.bytes = static_cast<std::uint64_t>(inner.integer_or("bytes", 0, 1, kLargestAddedBytes));
  object.sha256 = inner.sha256("sha256");
  in.require(is_added_name(event.kind, object.name), "object",
             tr_later("'{}' has a name that none of its kind has"));
  in.require(object.bytes > 0, "object", tr_later("'{}' has no size that makes sense"));
  in.require(inner.is_good(), "object", tr_later("'{}' has no size, or no hash, that makes sense"));
  event.object = std::move(object);
  return event;
}

struct EventType {
  std::string_view name;
  EventBody (*read)(EventReader& in);
};

constexpr std::array<EventType, 20> kTypes = {
    {{"profile", read_profile}, {"channel", read_channel},  {"published", read_published},
     {"live", read_live},       {"comment", read_comment},  {"reply", read_reply},
     {"ask", read_ask},         {"edit", read_edit},        {"delete", read_delete},
     {"restore", read_restore}, {"resolve", read_resolve},  {"react", read_react},
     {"watched", read_watched}, {"fetched", read_fetched},  {"title", read_title},
     {"archive", read_archive}, {"guest", read_guest},      {"guest_known", read_guest_known},
     {"share", read_share},     {"addition", read_addition}}};

constexpr std::array<std::string_view, 3> kAskKinds = {"decision", "answer", "know"};

}  // namespace

std::string_view ask_kind_name(AskKind kind) {
  return kAskKinds[static_cast<std::size_t>(kind)];
}

std::optional<AskKind> parse_ask_kind(std::string_view name) {
  const auto found = std::ranges::find(kAskKinds, name);
  if (found == kAskKinds.end()) return std::nullopt;
  return static_cast<AskKind>(found - kAskKinds.begin());
}

std::string to_text(const EventId& id) {
  return fmt::format("{}.{}", id.device, id.n);
}

std::optional<EventId> parse_event_id(std::string_view text) {
  text = text.substr(0, text.find('#'));
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || !is_key_id(text.substr(0, dot))) return std::nullopt;
  const std::string_view digits = text.substr(dot + 1);
  EventId id{std::string(text.substr(0, dot)), 0};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id.n);
  const bool is_canonical =
      error == std::errc{} && end == digits.data() + digits.size() && digits.front() != '0';
  if (!is_canonical || id.n < 1) return std::nullopt;
  return id;
}

Result<EventBody> parse_event(const Json& event) {
  const auto type = string_member(event, "type");
  if (!type) return fail(ErrorCode::Corrupt, tr("an event has no type"));
  const auto known = std::ranges::find(kTypes, *type, &EventType::name);
  if (known == kTypes.end()) {
    return fail(ErrorCode::Unsupported,
                tr_format("an event's type is '{}', which is unknown", display_line(shorten(*type, 40))));
  }
  EventReader reader(event);
  EventBody body = known->read(reader);
  if (!reader.is_good()) return fail(ErrorCode::Corrupt, std::string(known->name) + ": " + reader.problem());
  return body;
}

}  // namespace meanwhile
