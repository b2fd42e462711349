// Where messages go: standard error from warnings on; MEANWHILE_LOG=debug|info|warning|error says from where
// on.
#pragma once

namespace meanwhile {

// Once, before any thread is started.
void log_to_spdlog();

}  // namespace meanwhile
