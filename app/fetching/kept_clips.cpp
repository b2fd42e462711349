#include "app/fetching/kept_clips.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "app/library/index.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/file_lock.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestFileBytes = 1 << 20;
constexpr int kFormat = 1;

std::set<std::string> read_texts(const Json& json, const char* name) {
  std::set<std::string> texts;
  const Json* array = array_member(json, name);
  if (!array) return texts;
  for (const Json& entry : *array) {
    if (entry.is_string()) texts.insert(entry.get<std::string>());
  }
  return texts;
}

}  // namespace

bool KeptRules::keeps(const Clip& clip) const {
  if (clips.contains(clip.id)) return true;
  if (let_go.contains(clip.id)) return false;
  return channels.contains(clip.channel) || (new_ones && !clip.is_mine && !clip.is_watched);
}

void KeptRules::keep_clip(const std::string& clip) {
  clips.insert(clip);
  let_go.erase(clip);
}

void KeptRules::let_go_clip(const std::string& clip) {
  clips.erase(clip);
  if (new_ones || !channels.empty()) let_go.insert(clip);
}

Result<KeptRules> KeptClips::rules() const {
  const auto bytes = read_file(file_, kLargestFileBytes);
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return KeptRules{};
  if (!bytes) return fail(tr("reading which clips are kept"), bytes.error());
  const auto json = parse_json(as_text(*bytes));
  if (!json || !json->is_object())
    return fail(ErrorCode::Corrupt,
                tr_format("{}, which says what clips are kept, can't be read: mend it, or remove "
                          "it and keep them anew",
                          file_.string()));
  if (integer_member(*json, "format").value_or(0) > kFormat)
    return fail(ErrorCode::Unsupported,
                tr_format("{} was written by a newer Meanwhile: update this one", file_.string()));
  const auto new_ones = json->find("new");
  return KeptRules{.clips = read_texts(*json, "clips"),
                   .channels = read_texts(*json, "channels"),
                   .new_ones = new_ones != json->end() && *new_ones == true,
                   .let_go = read_texts(*json, "let_go")};
}

Result<void> KeptClips::change(const std::function<void(KeptRules&)>& change) const {
  std::filesystem::path lock_path = file_;
  lock_path += ".lock";
  const auto lock = FileLock::wait(lock_path);
  if (!lock) return std::unexpected(lock.error());
  auto rules = this->rules();
  if (!rules) return std::unexpected(rules.error());
  const KeptRules before = *rules;
  change(*rules);
  if (*rules == before) return {};
  const Json json{{"format", kFormat},
                  {"clips", rules->clips},
                  {"channels", rules->channels},
                  {"new", rules->new_ones},
                  {"let_go", rules->let_go}};
  return write_file_durably(file_, as_byte_span(to_text(json, 1)));
}

}  // namespace meanwhile
