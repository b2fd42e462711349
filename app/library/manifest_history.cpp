#include "app/library/manifest_history.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "app/library/addition.h"
#include "app/library/manifest.h"
#include "app/library/manifest_reader.h"
#include "app/library/text.h"
#include "media/base/chapters.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostRemoved = 10'000;
constexpr std::size_t kMostAdditions = 200;

RemovedObject read_removed(const Json& json, const std::string& where, ManifestReader& in) {
  RemovedObject object{in.text(json, where, "name", kLongestName), in.sha256(json, where)};
  in.require(is_removable_name(object.name), where + "name",
             tr_later("{} is not a name of an object of the clip"));
  return object;
}

Addition read_addition(const Json& json, const std::string& where, ManifestReader& in) {
  Addition addition;
  const auto kind = parse_addition_kind(in.text(json, where, "kind", kLongestName));
  in.require(kind.has_value(), where + "kind", tr_later("{} is unknown"));
  addition.kind = kind.value_or(AdditionKind::Captions);
  addition.language = string_member(json, "language").value_or("");
  in.require(addition.language.empty() || is_language_tag(addition.language), where + "language",
             tr_later("{} is no language's tag"));
  addition.object.name = in.text(json, where, "name", kLongestName);
  in.require(is_added_name(addition.kind, addition.object.name), where + "name",
             tr_later("{} is none of its kind"));
  addition.object.bytes = static_cast<std::uint64_t>(
      in.integer(json, where, "bytes", 1, static_cast<std::int64_t>(kLargestAddedBytes)));
  addition.object.sha256 = in.sha256(json, where);
  return addition;
}

EarlierVersion read_earlier(const Json& json, const std::string& where, ManifestReader& in) {
  EarlierVersion version;
  version.duration = in.moment(json, where, "duration_us");
  version.chapters = chapters_from_json(json.value("chapters", Json::array()));
  const Json& additions = in.array(json, where, "additions", kMostAdditions);
  for (std::size_t i = 0; i < additions.size() && in.is_good(); ++i)
    version.additions.push_back(read_addition(additions[i], where + fmt::format("additions[{}].", i), in));
  return version;
}

Json json_of(const Addition& addition) {
  Json json = {{"kind", addition_kind_name(addition.kind)},
               {"name", addition.object.name},
               {"bytes", addition.object.bytes},
               {"sha256", addition.object.sha256}};
  if (!addition.language.empty()) json["language"] = addition.language;
  return json;
}

Json json_of(const EarlierVersion& version) {
  Json json = {{"duration_us", version.duration.count()}, {"additions", Json::array()}};
  if (!version.chapters.empty()) json["chapters"] = meanwhile::json_of(version.chapters);
  for (const Addition& addition : version.additions) json["additions"].push_back(json_of(addition));
  return json;
}

}  // namespace

void read_history(const Json& json, Manifest& manifest, ManifestReader& in) {
  if (!json.contains("replaces")) return;
  manifest.replaces = in.sha256(Json{{"sha256", json["replaces"]}}, "replaces.");
  const Json& removed = in.array(json, "", "removed", kMostRemoved);
  for (std::size_t i = 0; i < removed.size() && in.is_good(); ++i)
    manifest.removed.push_back(read_removed(removed[i], fmt::format("removed[{}].", i), in));
  if (!json.contains("earlier")) return;
  const Json& earlier = in.array(json, "", "earlier", kMostVersions);
  for (std::size_t i = 0; i < earlier.size() && in.is_good(); ++i) {
    in.require(earlier[i].is_object(), fmt::format("earlier[{}]", i), tr_later("{} is no object"));
    if (in.is_good())
      manifest.earlier.push_back(read_earlier(earlier[i], fmt::format("earlier[{}].", i), in));
  }
}

void add_history(Json& json, const Manifest& manifest) {
  if (manifest.replaces.empty()) return;
  json["replaces"] = manifest.replaces;
  json["removed"] = Json::array();
  for (const RemovedObject& object : manifest.removed)
    json["removed"].push_back({{"name", object.name}, {"sha256", object.sha256}});
  for (const EarlierVersion& version : manifest.earlier) json["earlier"].push_back(json_of(version));
}

}  // namespace meanwhile
