#include "app/page/page_rest.h"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/manifest.h"
#include "media/base/json.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// More than the browser fetches ahead before it has the rest.
constexpr MediaTime kFirstPart = std::chrono::seconds(30);

constexpr const char* kOfTheRest[] = {"manifest", "captions",   "chapters", "envelope",
                                      "pauses",   "thumbnails", "pointer",  "people",
                                      "comments", "reactions",  "answers",  "joined"};

Json object_json(const ManifestObject& object, std::size_t number) {
  Json json = {{"bytes", object.bytes}, {"sha256", object.sha256}};
  if (number > 0) json["number"] = number;
  return json;
}

// As in clip.json, but for the segments that begin later.
Json beginning_json(const ManifestTrack& track) {
  Json segments = Json::array();
  for (const ManifestSegment& segment : track.segments) {
    if (segment.start >= kFirstPart) break;
    Json json = object_json({segment.bytes, segment.sha256}, segment.number);
    json["start_us"] = segment.start.count();
    json["duration_us"] = segment.duration.count();
    segments.push_back(std::move(json));
  }
  const MediaTime end =
      track.segments.empty() ? track.duration : track.segments.back().start + track.segments.back().duration;
  return {{"name", track.name},
          {"codec", track.codec},
          {"width", track.width},
          {"height", track.height},
          {"duration_us", end.count()},
          {"init", object_json(track.init, track.init_number)},
          {"segments", std::move(segments)}};
}

Json first_signatures(const Json& all, const Manifest& manifest) {
  Json first = Json::object();
  const std::string prefix = clip_prefix(manifest.clip);
  for (const ClipObject& object : beginnings_of(manifest, kFirstPart)) {
    const auto found = all.find(object.key.substr(prefix.size()));
    if (found != all.end()) first[found.key()] = *found;
  }
  return first;
}

bool begins_with_the_recording(const Json& page) {
  const auto arrangement = page.find("arrangement");
  if (arrangement == page.end() || !arrangement->contains("parts")) return true;
  return (*arrangement)["parts"][0][0] == 0;
}

}  // namespace

SplitDocument split_document(Json inner, const Manifest& manifest) {
  SplitDocument split{.page = {}, .rest = {{"media", inner["media"]}}};
  for (const char* name : kOfTheRest) {
    split.rest[name] = std::move(inner[name]);
    inner.erase(name);
  }
  Json& media = inner["media"];
  media["signatures"] = first_signatures(media["signatures"], manifest);
  inner["tracks"] = Json::array();
  for (const ManifestTrack& track : manifest.tracks) inner["tracks"].push_back(beginning_json(track));
  split.page = std::move(inner);
  return split;
}

std::vector<std::string> first_addresses(const Json& page) {
  const Json& media = page["media"];
  const Json& signatures = media["signatures"];
  const std::string base = media["base"].get<std::string>();
  const std::string query = media["query"].get<std::string>();
  std::vector<std::string> addresses;
  const auto add = [&](const std::string& name) {
    const auto signature = signatures.find(name);
    addresses.push_back(signature == signatures.end() ? base + name
                                                      : fmt::format("{}{}?{}&X-Amz-Signature={}", base, name,
                                                                    query, signature->get<std::string>()));
  };
  const bool is_from_beginning = begins_with_the_recording(page);
  for (const Json& track : page["tracks"]) {
    const std::string folder = track["name"].get<std::string>() + "/";
    add(folder + init_name(track["init"].value("number", std::size_t{0})));
    if (is_from_beginning && !track["segments"].empty())
      add(folder + segment_name(track["segments"][0].value("number", std::size_t{1})));
  }
  return addresses;
}

}  // namespace meanwhile
