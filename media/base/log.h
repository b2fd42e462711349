// Messages for whoever looks into a problem. The program decides where they go; without a sink, to standard
// error.
#pragma once

#include <functional>
#include <string>

namespace meanwhile {

enum class LogLevel { Debug, Info, Warning, Error };

using LogSink = std::function<void(LogLevel, const std::string&)>;

// Set once, before any thread is started.
void set_log_sink(LogSink sink);

// Any thread. Never a credential in a message.
void log(LogLevel level, const std::string& message);

}  // namespace meanwhile
