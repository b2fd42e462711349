#include "media/base/log.h"

#include <cstdio>
#include <string>
#include <utility>

namespace meanwhile {
namespace {

LogSink& sink() {
  static LogSink instance = [](LogLevel level, const std::string& message) {
    if (level >= LogLevel::Warning) std::fprintf(stderr, "meanwhile: %s\n", message.c_str());
  };
  return instance;
}

}  // namespace

void set_log_sink(LogSink new_sink) {
  sink() = std::move(new_sink);
}

void log(LogLevel level, const std::string& message) {
  sink()(level, message);
}

}  // namespace meanwhile
