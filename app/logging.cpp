#include "app/logging.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
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

constexpr const char* kLogName = "window.log";
constexpr std::size_t kLogFileBytes = 1u << 20;
constexpr std::size_t kOlderLogFiles = 1;

std::filesystem::path log_file(const std::filesystem::path& folder) {
  return folder / "log" / kLogName;
}

}  // namespace

void log_to_spdlog() {
  auto logger = spdlog::stderr_color_mt("meanwhile");
  logger->set_pattern("meanwhile: %v");
  logger->sinks().front()->set_level(spdlog::level::warn);
  if (const char* level = std::getenv("MEANWHILE_LOG")) {
    logger->sinks().front()->set_level(spdlog::level::from_str(level));
    logger->set_pattern("%H:%M:%S.%e %l: %v");
  }
  logger->set_level(logger->sinks().front()->level());
  set_log_sink(
      [logger](LogLevel level, const std::string& message) { logger->log(spdlog_level(level), message); });
}

void keep_log_in(const std::filesystem::path& folder) {
  const auto logger = spdlog::get("meanwhile");
  if (!logger || logger->sinks().size() > 1) return;
  try {
    auto kept = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(log_file(folder).string(),
                                                                       kLogFileBytes, kOlderLogFiles);
    kept->set_level(spdlog::level::info);
    kept->set_pattern("%Y-%m-%d %H:%M:%S.%e %l: %v");
    logger->sinks().push_back(std::move(kept));
    logger->set_level(std::min(logger->level(), spdlog::level::info));
    logger->flush_on(spdlog::level::info);
  } catch (const spdlog::spdlog_ex& error) {
    log(LogLevel::Info, std::string("no log is kept: ") + error.what());
  }
}

std::string kept_log(const std::filesystem::path& folder, std::size_t most_bytes) {
  const auto bytes = read_file(log_file(folder), 2 * kLogFileBytes);
  if (!bytes) return {};
  std::string_view text = as_text(*bytes);
  if (text.size() <= most_bytes) return std::string(text);
  text.remove_prefix(text.size() - most_bytes);
  const auto line = text.find('\n');
  return std::string(line == std::string_view::npos ? text : text.substr(line + 1));
}

}  // namespace meanwhile
