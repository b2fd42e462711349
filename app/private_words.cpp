#include "app/private_words.h"

#include "media/base/files.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestFile = 64u << 20;

}  // namespace

Result<std::vector<Json>> PrivateWords::all() const {
  std::vector<Json> words;
  const auto bytes = read_file(file_, kLargestFile);
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return words;
  if (!bytes) return fail("reading what stays on this machine", bytes.error());
  for (std::string_view rest = as_text(*bytes); !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (auto json = parse_json(rest.substr(0, end))) words.push_back(std::move(*json));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

Result<Json> PrivateWords::add(const EventBody& body, std::int64_t hlc) {
  auto json = to_json(body);
  if (!json) return json;
  auto before = all();
  if (!before) return std::unexpected(before.error());
  std::int64_t n = 1;
  for (const Json& word : *before) n = std::max(n, integer_member(word, "n").value_or(0) + 1);
  Json event = {{"n", n}, {"hlc", hlc}, {"at", format_rfc3339(WallTime(std::chrono::milliseconds(hlc)))}};
  for (const auto& [member, value] : json->items()) event[member] = value;
  std::string text;
  for (const Json& word : *before) text += to_text(word) + "\n";
  text += to_text(event) + "\n";
  auto written = write_file_durably(file_, as_byte_span(text));
  if (!written) return fail("keeping it on this machine", written.error());
  return event;
}

}  // namespace meanwhile
