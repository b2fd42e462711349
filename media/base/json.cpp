#include "media/base/json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace meanwhile {
namespace {

// What an attacker could make large: counted before parsing, so that no nesting ever reaches a destructor's
// recursion, and no object the search through its members that each new one costs.
struct Extent {
  int deepest = 0;
  int most_members = 0;
};

Extent extent_of(std::string_view text) {
  Extent extent;
  std::vector<int> open;  // the members so far of each object or array around
  bool in_string = false;
  for (std::size_t i = 0; i < text.size() && extent.deepest <= kJsonMaxDepth; ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      open.push_back(0);
      extent.deepest = std::max(extent.deepest, static_cast<int>(open.size()));
    } else if ((c == '}' || c == ']') && !open.empty()) {
      open.pop_back();
    } else if (c == ':' && !open.empty()) {
      extent.most_members = std::max(extent.most_members, ++open.back());
    }
  }
  return extent;
}

const Json* member(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(name));
  return found == object.end() ? nullptr : &*found;
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  const Extent extent = extent_of(text);
  if (extent.deepest > kJsonMaxDepth) return fail(ErrorCode::Corrupt, tr("the JSON is nested too deeply"));
  if (extent.most_members > kJsonMostMembers)
    return fail(ErrorCode::Corrupt, tr("a JSON object has too many members"));
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return fail(ErrorCode::Corrupt, tr("not valid JSON"));
  return json;
}

std::string to_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> string_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  if (!value || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::int64_t> integer_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  if (!value || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned() &&
      value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return value->get<std::int64_t>();
}

std::optional<bool> bool_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  if (!value || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

const Json* array_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  return value && value->is_array() ? value : nullptr;
}

const Json* object_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  return value && value->is_object() ? value : nullptr;
}

}  // namespace meanwhile
