#include "app/page/share_document.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/person_name.h"
#include "app/page/joined_content.h"
#include "app/page/share_content.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr int kShareFormat = 1;

Json time_or_null(const std::optional<WallTime>& time) {
  return time ? Json(format_rfc3339(*time)) : Json(nullptr);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

// Those who say something on the page, each once, by the order in which they come.
class Voices {
 public:
  explicit Voices(const std::vector<Person>& people) : people_(people) {}

  std::size_t number_of(const std::string& id, const std::string& shown_name) {
    const auto [found, is_new] = numbers_.try_emplace(id, numbers_.size());
    if (is_new) list_.push_back(entry(id, shown_name));
    return found->second;
  }
  Json list() && { return std::move(list_); }

 private:
  // A name that several have is marked in the index as "Ada · 2nd (k3f9)".
  Json entry(const std::string& id, const std::string& shown_name) const {
    constexpr std::string_view kBetween = " \u00B7 ";
    const auto person = std::ranges::find(people_, id, &Person::id);
    std::string name = shown_name;
    std::string mark;
    if (person != people_.end() && name.starts_with(person->said_name + std::string(kBetween))) {
      mark = name.substr(person->said_name.size() + kBetween.size());
      name = person->said_name;
    }
    // Who isn't among the people and has a guest's mark is one; "Sam · 2nd (k3f9)" is what stands before it.
    const std::string guest(without_guest_mark(shown_name));
    const bool is_guest = person == people_.end() && guest.size() != shown_name.size();
    if (is_guest) {
      const auto between = guest.ends_with(')') ? guest.rfind(kBetween) : std::string::npos;
      name = guest.substr(0, between);
      if (between != std::string::npos) mark = guest.substr(between + kBetween.size());
    }
    return {{"id", id}, {"name", name}, {"guest", is_guest}, {"mark", mark}};
  }

  const std::vector<Person>& people_;
  std::map<std::string, std::size_t> numbers_;
  Json list_ = Json::array();
};

Json word_json(const Comment& comment, Voices& speakers) {
  Json json = {{"id", comment.id},
               {"by", speakers.number_of(comment.author, comment.author_name)},
               {"said", format_rfc3339(comment.created)},
               {"text", comment.text}};
  if (comment.edited) json["edited"] = true;
  if (!comment.drawing.empty()) json["drawing"] = json_of(comment.drawing);
  return json;
}

Json ask_json(const Ask& ask, Voices& speakers) {
  const AskInfo& info = *ask.comment.ask;
  Json people = nullptr;
  Json answered = Json::array();
  if (!info.is_for_everyone) people = Json::array();
  for (const AskedPerson& person : ask.people) {
    if (!info.is_for_everyone) people.push_back(speakers.number_of(person.id, person.name));
    if (person.answered) answered.push_back(speakers.number_of(person.id, person.name));
  }
  return {{"kind", ask_kind_name(info.kind)},
          {"for", std::move(people)},
          {"by", time_or_null(info.by)},
          {"answered", std::move(answered)}};
}

Json thread_json(const Thread& thread, const std::vector<Ask>& asks, Voices& speakers) {
  const Comment& comment = thread.comment;
  Json json = word_json(comment, speakers);
  json["at_us"] = comment.at.count();
  if (comment.to) json["to_us"] = comment.to->count();
  if (comment.is_resolved) json["resolved"] = true;
  if (comment.is_on_earlier) json["version"] = comment.version;
  const auto ask = std::ranges::find(asks, comment.id,
                                     [](const Ask& one) -> const std::string& { return one.comment.id; });
  if (ask != asks.end() && ask->comment.ask) json["ask"] = ask_json(*ask, speakers);
  json["replies"] = Json::array();
  for (const Comment& reply : thread.replies) {
    if (!reply.is_deleted) json["replies"].push_back(word_json(reply, speakers));
  }
  return json;
}

// What was deleted is left out with what was said below it: there is nothing that it would answer.
Json threads_json(const ShareContent& content, Voices& speakers) {
  Json list = Json::array();
  for (const Thread& thread : content.threads) {
    if (!thread.comment.is_deleted) list.push_back(thread_json(thread, content.asks, speakers));
  }
  return list;
}

Json reactions_json(const ShareContent& content, Voices& speakers) {
  Json list = Json::array();
  for (const Reaction& reaction : content.reactions)
    list.push_back({{"by", speakers.number_of(reaction.person, reaction.person_name)},
                    {"at_us", reaction.at.count()},
                    {"name", reaction.name}});
  return list;
}

// A rendition is as loud as it is to be.
Json clip_json(const ShareContent& content, bool is_rendition) {
  const Clip& clip = content.clip;
  const auto& loudness = content.manifest.loudness;
  return {{"id", clip.id},
          {"title", clip.title},
          {"description", clip.description},
          {"channel", clip.channel_name},
          {"author", {{"id", clip.author}, {"name", clip.author_name}, {"time_zone", content.author_zone}}},
          {"recorded", format_rfc3339(clip.recorded)},
          {"published", format_rfc3339(clip.published)},
          {"duration_us", clip.recorded_duration.count()},
          {"edited", clip.edited.has_value()},
          {"loudness_gain_db", loudness && !is_rendition ? gain_of(*loudness) : 0.0}};
}

// One without a name is numbered by the page, in its viewer's language.
Json chapters_json(const Chapters& chapters) {
  Json list = Json::array();
  for (const Chapter& chapter : chapters)
    list.push_back({{"at_us", chapter.at.count()}, {"name", chapter.name}});
  return list;
}

// A rendition's pictures are cut, laid out and covered already: it is one recording of what is shown.
Json arrangement_json(const ShareContent& content, bool is_rendition) {
  if (content.arrangement.is_nothing()) return nullptr;
  Arrangement shown = is_rendition ? Arrangement{.parts = content.arrangement.parts} : content.arrangement;
  shown.joined.clear();
  Json json = parse_json(to_text(shown)).value_or(Json::object());
  for (const char* elsewhere : {"format", "chapters", "speed", "uncut"}) json.erase(elsewhere);
  if (!json.contains("parts")) return json;
  for (Json& part : json["parts"]) part = Json::array({part["from_us"], part["to_us"]});
  if (is_rendition || content.joined.empty()) return json;
  for (const JoinedContent& joined : content.joined)
    json["joined"].push_back({joined.place.from.count(), joined.place.to.count()});
  return json;
}

// Which segments of a track a page has, as runs of their numbers.
Json numbers_json(const ManifestTrack& track) {
  Json runs = Json::array();
  for (const ManifestSegment& segment : track.segments) {
    if (!runs.empty() && runs.back()[1] == segment.number - 1)
      runs.back()[1] = segment.number;
    else
      runs.push_back({segment.number, segment.number});
  }
  return runs;
}

Json joined_json(const JoinedContent& joined, const PageMedia& media) {
  if (!joined.missing.empty()) return {{"missing", joined.missing}};
  Json numbers = Json::object();
  for (const ManifestTrack& track : shown_manifest(joined).tracks) numbers[track.name] = numbers_json(track);
  return {{"manifest", joined.manifest_text},
          {"manifest_sha256", sha256_hex(as_byte_span(joined.manifest_text))},
          {"author_key", joined.author_key},
          {"segments", std::move(numbers)},
          {"media", media.media},
          {"seal", media.seal}};
}

Json all_joined_json(const ShareContent& content, const PageTerms& terms) {
  Json list = Json::array();
  if (terms.is_rendition) return list;
  for (std::size_t i = 0; i < content.joined.size(); ++i)
    list.push_back(joined_json(content.joined[i], i < terms.joined.size() ? terms.joined[i] : PageMedia{}));
  return list;
}

Json pauses_json(const std::vector<TimeRange>& pauses) {
  Json list = Json::array();
  for (const TimeRange& pause : pauses) list.push_back({pause.from.count(), pause.to.count()});
  return list;
}

// Without when each word is said, which a page doesn't show.
Json captions_json(const ShareContent& content) {
  Json list = Json::array();
  for (CaptionTrack track : content.captions) {
    for (VttCue& cue : track.cues) cue.words.clear();
    list.push_back({{"label", track.language.empty() ? "Captions" : ""},
                    {"language", track.language},
                    {"vtt", to_web_vtt(track.cues)}});
  }
  return list;
}

std::string_view way_name(AnswerWay way) {
  switch (way) {
    case AnswerWay::None:
      return "none";
    case AnswerWay::Copy:
      return "copy";
    case AnswerWay::Post:
      return "post";
    case AnswerWay::Put:
      return "put";
    case AnswerWay::Slots:
      return "slots";
  }
  return "none";
}

Json answers_json(const PageAnswers& answers, const std::string& to) {
  Json json = {{"kind", way_name(answers.way)},
               {"mail", ""},
               {"to", to},
               {"seal_to", text_or_null(answers.seal_to)},
               {"until", time_or_null(answers.until)}};
  if (answers.way == AnswerWay::Post) {
    json["url"] = answers.form.url;
    json["key_prefix"] = answers.form.key_prefix;
    json["fields"] = answers.form.fields;
  }
  if (answers.way == AnswerWay::Put || answers.way == AnswerWay::Slots) json["put_base"] = answers.put_base;
  if (answers.way == AnswerWay::Slots) {
    json["slots"] = answers.slots;
    json["query"] = answers.slot_links.query;
    json["signatures"] = answers.slot_links.signatures;
  }
  return json;
}

void add_extras(const ShareContent& content, Json& json) {
  json["captions"] = captions_json(content);
  json["chapters"] = chapters_json(content.clip.chapters);
  json["envelope"] = content.envelope.empty() ? Json(nullptr) : Json(to_base64(content.envelope));
  json["pauses"] = pauses_json(content.pauses);
  json["thumbnails"] = nullptr;
  if (!content.thumbnails.empty()) json["thumbnails"] = {{"vtt", content.thumbnails}};
  json["pointer"] = text_or_null(content.pointer);
}

}  // namespace

Json share_document(const ShareContent& content, const PageTerms& terms) {
  Voices speakers(content.people);
  Json json = {{"format", kShareFormat},
               {"made", format_rfc3339(terms.made)},
               {"until", time_or_null(terms.until)},
               {"library", {{"id", content.library}, {"name", content.library_name}}},
               {"clip", clip_json(content, terms.is_rendition)},
               {"arrangement", arrangement_json(content, terms.is_rendition)},
               {"manifest", terms.is_rendition ? Json(nullptr) : Json(content.manifest_text)},
               {"author_key", content.author_key},
               {"manifest_sha256", sha256_hex(as_byte_span(content.manifest_text))},
               {"media", terms.media},
               {"seal", terms.seal},
               {"joined", all_joined_json(content, terms)},
               {"inline_key", text_or_null(terms.inline_key)}};
  add_extras(content, json);
  // A rendition has the pointer drawn into its picture.
  if (terms.is_rendition) json["pointer"] = nullptr;
  Json comments = threads_json(content, speakers);
  Json reactions = reactions_json(content, speakers);
  json["people"] = std::move(speakers).list();
  json["comments"] = std::move(comments);
  json["reactions"] = std::move(reactions);
  json["answers"] = answers_json(terms.answers, content.clip.author_name);
  return json;
}

}  // namespace meanwhile
