#include "media/ffmpeg/logging.h"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <cstdarg>
#include <mutex>
#include <string>

#include "media/base/log.h"

namespace meanwhile {
namespace {

void on_message(void* context, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_WARNING) return;
  std::array<char, 1024> line{};
  int print_prefix = 1;
  av_log_format_line2(context, level, format, arguments, line.data(), static_cast<int>(line.size()),
                      &print_prefix);
  std::string text = line.data();
  while (text.ends_with('\n')) text.pop_back();
  log(LogLevel::Debug, text);
}

}  // namespace

void route_libav_messages() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(on_message); });
}

}  // namespace meanwhile
