#include "app/library/window_call.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kCallFormat = 1;
constexpr std::size_t kLongestLine = 16 * 1024;
constexpr std::size_t kLongestReference = 4000;  // a link
constexpr std::int64_t kLatestUs = 100LL * 3600 * 1'000'000;

}  // namespace

std::string to_line(const WindowCall& call) {
  return Json{{"format", kCallFormat},
              {"page", call.page},
              {"clip", call.clip},
              {"at_us", call.at.count()},
              {"play", call.play}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<WindowCall> parse_window_call(std::string_view line) {
  if (line.size() > kLongestLine || !is_valid_utf8(line))
    return fail(ErrorCode::Corrupt, tr("another start of Meanwhile said something that isn't a text"));
  const auto parsed = parse_json(std::string(line));
  const Json json = parsed ? *parsed : Json();
  const auto format = integer_member(json, "format");
  if (!format || *format < 1)
    return fail(ErrorCode::Corrupt, tr("another start of Meanwhile said something that can't be understood"));
  if (*format > kCallFormat)
    return fail(ErrorCode::Unsupported,
                tr("a newer Meanwhile was started; close this window and start it again"));
  WindowCall call;
  call.page = string_member(json, "page").value_or(call.page);
  call.clip = string_member(json, "clip").value_or("");
  const std::int64_t at = integer_member(json, "at_us").value_or(0);
  call.at = MediaTime(at < 0 || at > kLatestUs ? 0 : at);
  call.play = bool_member(json, "play").value_or(false);
  if (call.clip.size() > kLongestReference)
    return fail(ErrorCode::Corrupt, tr("another start of Meanwhile named an update by too long a text"));
  return call;
}

}  // namespace meanwhile
