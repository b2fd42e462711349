// Where messages go: standard error from warnings on; MEANWHILE_LOG=debug|info|warning|error says from where
// on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace meanwhile {

// Once, before any thread is started.
void log_to_spdlog();

// The window's messages are kept there too, from informations on, a few megabytes of the newest: for
// `meanwhile report`. folder: a home's cache. Where it can't be written nothing is kept. One process at a
// time.
void keep_log_in(const std::filesystem::path& folder);
// What was kept last, whole lines, at most so many bytes; "": nothing.
std::string kept_log(const std::filesystem::path& folder, std::size_t most_bytes);

}  // namespace meanwhile
