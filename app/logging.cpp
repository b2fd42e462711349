#include "app/logging.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <string>

#include "media/base/log.h"

namespace meanwhile {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

void log_to_spdlog() {
  auto logger = spdlog::stderr_color_mt("meanwhile");
  logger->set_pattern("meanwhile: %v");
  logger->set_level(spdlog::level::warn);
  if (const char* level = std::getenv("MEANWHILE_LOG")) {
    logger->set_level(spdlog::level::from_str(level));
    logger->set_pattern("%H:%M:%S.%e %l: %v");
  }
  set_log_sink(
      [logger](LogLevel level, const std::string& message) { logger->log(spdlog_level(level), message); });
}

}  // namespace meanwhile
