// JSON as our formats use it: read with limits and without exceptions.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

// Members keep the order in which they were written.
using Json = nlohmann::ordered_json;
}  // namespace meanwhile

// Compiled once, in json.cpp: it is large.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace meanwhile {

// The deepest nesting that any of our formats has use for; more is an attack.
constexpr int kJsonMaxDepth = 16;

// And the members of one object: each costs a search through those before it.
constexpr int kJsonMostMembers = 1000;

// Errors: Corrupt (no JSON, invalid UTF-8, nested deeper than kJsonMaxDepth, more members than
// kJsonMostMembers).
Result<Json> parse_json(std::string_view text);

// Invalid UTF-8 in a string is replaced by U+FFFD.
std::string to_text(const Json& json, int indent = -1);

// A member of an object in the type that is wanted; nullopt if it is missing or of another type.
// Numbers: only whole ones that fit.
std::optional<std::string> string_member(const Json& object, std::string_view name);
std::optional<std::int64_t> integer_member(const Json& object, std::string_view name);
std::optional<bool> bool_member(const Json& object, std::string_view name);
// nullptr if it is missing or of another type.
const Json* array_member(const Json& object, std::string_view name);
const Json* object_member(const Json& object, std::string_view name);

}  // namespace meanwhile
