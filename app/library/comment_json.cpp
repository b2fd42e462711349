#include "app/library/comment_json.h"

#include <utility>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/json.h"

namespace meanwhile {
namespace {

void add_ask(Json& json, const AskInfo& ask) {
  json["ask"] = ask_kind_name(ask.kind);
  if (!ask.people.empty()) json["for"] = ask.people;
  if (ask.by) json["by"] = format_rfc3339(*ask.by);
}

}  // namespace

Json json_of(const Ask& ask) {
  Json people = Json::array();
  for (const AskedPerson& person : ask.people) {
    Json entry = {{"person", person.id}, {"name", person.name}};
    if (person.answered) entry["answered"] = format_rfc3339(*person.answered);
    people.push_back(std::move(entry));
  }
  Json json = json_of(ask.comment);
  json["clip"] = ask.clip;
  json["clip_title"] = ask.clip_title;
  json["asked"] = std::move(people);
  json["answered"] = ask.answered;
  json["for_me"] = ask.is_for_me;
  return json;
}

Json json_of(const Comment& comment) {
  Json json = {{"id", comment.id},
               {"author", comment.author_name},
               {"person", comment.author},
               {"mine", comment.is_mine},
               {"at_us", comment.at.count()}};
  if (comment.is_guest) json["guest"] = true;
  if (!comment.known_by.empty()) json["known_by"] = comment.known_by;
  if (comment.to) json["to_us"] = comment.to->count();
  json["text"] = comment.text;
  if (!comment.reply_to.empty()) json["reply_to"] = comment.reply_to;
  if (!comment.copy_of.empty()) json["copy_of"] = comment.copy_of;
  json["resolved"] = comment.is_resolved;
  if (comment.is_resolved) json["resolved_by"] = comment.resolved_by;
  json["created"] = format_rfc3339(comment.created);
  if (comment.edited) json["edited"] = format_rfc3339(*comment.edited);
  if (comment.is_on_earlier) json["version"] = comment.version;
  if (comment.is_deleted) json["deleted"] = true;
  if (!comment.drawing.empty()) json["drawing"] = json_of(comment.drawing);
  if (!comment.media.empty()) json["media"] = comment.media;
  if (!comment.mentions.empty()) json["mentions"] = comment.mentions;
  if (comment.ask) add_ask(json, *comment.ask);
  return json;
}

Json json_of(const Reaction& reaction) {
  Json json = {{"author", reaction.person_name},
               {"person", reaction.person},
               {"at_us", reaction.at.count()},
               {"name", reaction.name}};
  if (reaction.is_guest) json["guest"] = true;
  return json;
}

Json json_of(const std::vector<Thread>& threads) {
  Json array = Json::array();
  for (const Thread& thread : threads) {
    array.push_back(json_of(thread.comment));
    for (const Comment& reply : thread.replies) array.push_back(json_of(reply));
  }
  return array;
}

}  // namespace meanwhile
