// Reads the members of clip.json, as EventReader reads an event's: the first problem is remembered.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "media/base/json.h"
#include "media/base/media_time.h"

namespace meanwhile {

// One for a whole document: all objects in it share the problem.
class ManifestReader {
 public:
  bool is_good() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }
  // where: "tracks[2].bytes". problem: with a place for it, "{} is missing"; from tr_later().
  void require(bool condition, const std::string& where, fmt::format_string<const std::string&> problem);

  // The object's member of that name, within bounds; 0 if it isn't.
  std::int64_t integer(const Json& object, const std::string& where, const char* name, std::int64_t least,
                       std::int64_t most);
  std::int64_t integer_or_zero(const Json& object, const std::string& where, const char* name,
                               std::int64_t most);
  std::string text(const Json& object, const std::string& where, const char* name, std::size_t longest);
  std::string key_id(const Json& object, const std::string& where, const char* name);
  std::string sha256(const Json& object, const std::string& where);
  MediaTime moment(const Json& object, const std::string& where, const char* name);
  // An empty array if it isn't one, or too long.
  const Json& array(const Json& object, const std::string& where, const char* name, std::size_t most);
  const Json& object(const Json& parent, const std::string& where, const char* name);

 private:
  std::string problem_;
};

// The members of object that aren't among known.
Json unknown_members(const Json& object, std::initializer_list<std::string_view> known);

}  // namespace meanwhile
