// The other half of events.h: from a typed event to JSON.
#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/library/addition.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/share.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

template <typename T>
void set_optional(Json& json, const char* name, const std::optional<T>& value) {
  if (value) json[name] = *value;
}

Json tracks_json(const std::vector<PublishedTrack>& tracks) {
  Json list = Json::array();
  for (const PublishedTrack& track : tracks) {
    list.push_back({{"name", track.name}, {"width", track.width}, {"height", track.height}});
  }
  return list;
}

Json ranges_json(const std::vector<MomentRange>& ranges) {
  Json list = Json::array();
  for (const MomentRange& range : ranges) list.push_back(Json::array({range.from.count(), range.to.count()}));
  return list;
}

void add_version(Json& json, int version) {
  if (version != 1) json["version"] = version;
}

void add_attachments(Json& json, const Attachments& with) {
  if (!with.drawing.empty()) json["drawing"] = json_of(with.drawing);
  if (!with.media.empty()) json["media"] = with.media;
  if (!with.mentions.empty()) json["mentions"] = with.mentions;
}

// One overload a type of event.
struct Write {
  Json operator()(const ProfileEvent& event) const {
    Json json = {{"type", "profile"}};
    set_optional(json, "name", event.name);
    set_optional(json, "time_zone", event.time_zone);
    set_optional(json, "hours", event.hours);
    set_optional(json, "days", event.days);
    set_optional(json, "away", event.away);
    return json;
  }
  Json operator()(const ChannelEvent& event) const {
    Json json = {{"type", "channel"}, {"channel", event.channel}};
    set_optional(json, "name", event.name);
    set_optional(json, "archived", event.archived);
    return json;
  }
  Json operator()(const PublishedEvent& event) const {
    Json json = {{"type", "published"},
                 {"clip", event.clip},
                 {"title", event.title},
                 {"channel", event.channel},
                 {"duration_us", event.duration.count()},
                 {"recorded", event.recorded},
                 {"manifest_sha256", event.manifest_sha256},
                 {"tracks", tracks_json(event.tracks)}};
    if (event.in_the_morning) json["deliver"] = "morning";
    if (event.pauses > MediaTime{}) json["pauses_us"] = event.pauses.count();
    if (!event.description.empty()) json["description"] = event.description;
    if (!event.chapters.empty()) json["chapters"] = json_of(event.chapters);
    return json;
  }
  Json operator()(const LiveEvent& event) const {
    Json json = {{"type", "live"},
                 {"clip", event.clip},
                 {"title", event.title},
                 {"channel", event.channel},
                 {"recorded", event.recorded}};
    if (event.has_ended) json["ended"] = true;
    return json;
  }
  Json operator()(const CommentEvent& event) const {
    Json json = {{"type", "comment"}, {"clip", event.clip}, {"at_us", event.at.count()}};
    if (event.to) json["to_us"] = event.to->count();
    json["text"] = event.text;
    add_attachments(json, event.with);
    if (!event.copy_of.empty()) json["copy_of"] = event.copy_of;
    add_version(json, event.version);
    return json;
  }
  Json operator()(const ReplyEvent& event) const {
    Json json = {{"type", "reply"}, {"to", to_text(event.to)}, {"text", event.text}};
    add_attachments(json, event.with);
    if (!event.copy_of.empty()) json["copy_of"] = event.copy_of;
    return json;
  }
  Json operator()(const AskEvent& event) const {
    Json json = {{"type", "ask"},
                 {"clip", event.clip},
                 {"at_us", event.at.count()},
                 {"kind", ask_kind_name(event.kind)},
                 {"text", event.text}};
    if (!event.people.empty()) json["for"] = event.people;
    if (event.by) json["by"] = format_rfc3339(*event.by);
    if (!event.copy_of.empty()) json["copy_of"] = event.copy_of;
    add_version(json, event.version);
    return json;
  }
  Json operator()(const EditEvent& event) const {
    Json json = {{"type", "edit"}, {"comment", to_text(event.comment)}, {"text", event.text}};
    if (!event.mentions.empty()) json["mentions"] = event.mentions;
    return json;
  }
  Json operator()(const DeleteCommentEvent& event) const {
    return {{"type", "delete"}, {"comment", to_text(event.comment)}};
  }
  Json operator()(const DeleteClipEvent& event) const { return {{"type", "delete"}, {"clip", event.clip}}; }
  Json operator()(const RestoreClipEvent& event) const { return {{"type", "restore"}, {"clip", event.clip}}; }
  Json operator()(const ResolveEvent& event) const {
    return {{"type", "resolve"}, {"comment", to_text(event.comment)}, {"resolved", event.resolved}};
  }
  Json operator()(const ReactEvent& event) const {
    return {{"type", "react"}, {"clip", event.clip}, {"at_us", event.at.count()}, {"name", event.name}};
  }
  Json operator()(const WatchedEvent& event) const {
    Json json = {{"type", "watched"}, {"clip", event.clip}, {"ranges", ranges_json(event.ranges)}};
    if (event.stopped_at) json["stopped_at_us"] = event.stopped_at->count();
    for (const EventId& id : event.read) json["read"].push_back(to_text(id));
    add_version(json, event.version);
    return json;
  }
  Json operator()(const ArchiveEvent& event) const {
    return {{"type", "archive"}, {"clip", event.clip}, {"archived", event.archived}};
  }
  Json operator()(const FetchedEvent& event) const { return {{"type", "fetched"}, {"clip", event.clip}}; }
  Json operator()(const GuestEvent& event) const {
    return {{"type", "guest"}, {"clip", event.clip}, {"share", event.share}, {"document", event.document}};
  }
  Json operator()(const GuestKnownEvent& event) const {
    Json json = {{"type", "guest_known"}, {"guest", event.guest}};
    set_optional(json, "name", event.name);
    if (!event.known) json["known"] = false;
    return json;
  }
  Json operator()(const ShareEvent& event) const {
    const ShareTerms& terms = event.terms;
    Json json = {{"type", "share"},
                 {"clip", event.clip},
                 {"share", terms.share},
                 {"form", share_form_name(terms.form)}};
    if (terms.until) json["until"] = format_rfc3339(*terms.until);
    if (!terms.takes_answers) json["answers"] = false;
    if (!terms.answers_key.empty()) json["answers_key"] = terms.answers_key;
    if (!terms.secret.empty()) json["secret"] = terms.secret;
    if (terms.password)
      json["password"] = {
          {"salt", terms.password->salt}, {"rounds", terms.password->rounds}, {"key", terms.password->key}};
    if (!terms.base.empty()) json["base"] = terms.base;
    if (event.is_off) json["off"] = true;
    return json;
  }
  Json operator()(const AdditionEvent& event) const {
    Json json = {{"type", "addition"}, {"clip", event.clip}, {"kind", addition_kind_name(event.kind)}};
    if (!event.language.empty()) json["language"] = event.language;
    if (event.object)
      json["object"] = {
          {"name", event.object->name}, {"bytes", event.object->bytes}, {"sha256", event.object->sha256}};
    if (event.duration) json["duration_us"] = event.duration->count();
    add_version(json, event.version);
    return json;
  }
  Json operator()(const TitleEvent& event) const {
    return {{"type", "title"}, {"clip", event.clip}, {"title", event.title}};
  }
};

bool has_valid_texts(const Json& json) {
  return std::ranges::all_of(json, [](const Json& value) {
    return !value.is_string() || is_valid_utf8(value.get_ref<const std::string&>());
  });
}

}  // namespace

Result<Json> to_json(const EventBody& body) {
  Json json = std::visit(Write{}, body);
  if (!has_valid_texts(json)) return fail(ErrorCode::InvalidArgument, tr("the text is not valid UTF-8"));
  // What the reader refuses must never be written: nobody could ever read it.
  if (auto read = parse_event(json); !read) return fail(ErrorCode::InvalidArgument, read.error().message);
  return json;
}

}  // namespace meanwhile
