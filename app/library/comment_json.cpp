#include "app/library/comment_json.h"

namespace meanwhile {

Json json_of(const Comment& comment) {
  Json json = {{"id", comment.id},
               {"author", comment.author_name},
               {"person", comment.author},
               {"mine", comment.is_mine},
               {"at_us", comment.at.count()}};
  if (comment.to) json["to_us"] = comment.to->count();
  json["text"] = comment.text;
  if (!comment.reply_to.empty()) json["reply_to"] = comment.reply_to;
  if (!comment.copy_of.empty()) json["copy_of"] = comment.copy_of;
  json["resolved"] = comment.is_resolved;
  json["created"] = format_rfc3339(comment.created);
  if (comment.edited) json["edited"] = format_rfc3339(*comment.edited);
  if (comment.is_deleted) json["deleted"] = true;
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
