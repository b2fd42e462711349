#include "app/library/manifest_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "app/library/events.h"
#include "app/library/text.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

const Json kNoItems = Json::array();
const Json kNoMembers = Json::object();

}  // namespace

void ManifestReader::require(bool condition, const std::string& where,
                             fmt::format_string<const std::string&> problem) {
  if (!condition && problem_.empty()) problem_ = tr_format(problem, where);
}

std::int64_t ManifestReader::integer(const Json& object, const std::string& where, const char* name,
                                     std::int64_t least, std::int64_t most) {
  const auto value = integer_member(object, name);
  const bool is_good = value && *value >= least && *value <= most;
  require(is_good, where + name, tr_later("{} is missing, or not a number that makes sense"));
  return is_good ? *value : 0;
}

std::int64_t ManifestReader::integer_or_zero(const Json& object, const std::string& where, const char* name,
                                             std::int64_t most) {
  return object.contains(name) ? integer(object, where, name, 0, most) : 0;
}

std::string ManifestReader::text(const Json& object, const std::string& where, const char* name,
                                 std::size_t longest) {
  const auto value = string_member(object, name);
  const bool is_good = value && value->size() <= longest * 4 && count_characters(*value) <= longest;
  require(is_good, where + name, tr_later("{} is missing, not a text, or too long"));
  return is_good ? replace_invalid_utf8(*value) : std::string();
}

std::string ManifestReader::key_id(const Json& object, const std::string& where, const char* name) {
  std::string id = text(object, where, name, kLongestName);
  require(is_key_id(id), where + name, tr_later("{} is not an id"));
  return id;
}

std::string ManifestReader::sha256(const Json& object, const std::string& where) {
  std::string hash = text(object, where, "sha256", kLongestName);
  require(is_sha256_hex(hash), where + "sha256", tr_later("{} is not a SHA-256"));
  return hash;
}

MediaTime ManifestReader::moment(const Json& object, const std::string& where, const char* name) {
  return MediaTime(integer(object, where, name, 0, kLongestClip / MediaTime(1)));
}

const Json& ManifestReader::array(const Json& object, const std::string& where, const char* name,
                                  std::size_t most) {
  const Json* items = array_member(object, name);
  const bool is_good = items && items->size() <= most;
  require(is_good, where + name, tr_later("{} is missing, not a list, or too long"));
  return is_good ? *items : kNoItems;
}

const Json& ManifestReader::object(const Json& parent, const std::string& where, const char* name) {
  const Json* found = object_member(parent, name);
  require(found != nullptr, where + name, tr_later("{} is missing, or not an object"));
  return found ? *found : kNoMembers;
}

Json unknown_members(const Json& object, std::initializer_list<std::string_view> known) {
  Json unknown = Json::object();
  if (!object.is_object()) return unknown;
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(known, std::string_view(name)) == known.end()) unknown[name] = value;
  }
  return unknown;
}

}  // namespace meanwhile
