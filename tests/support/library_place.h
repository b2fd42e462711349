// One person's home at one library, for tests of what is shared: keys, log, outbox and sync together.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "upload/event_log.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/sync.h"

namespace meanwhile {

// Retries at once: tests wait for nothing but the work itself.
OutboxOptions hasty_outbox();
SyncOptions hasty_sync();

Json say(const std::string& text);

// For Sync::poll: visits each batch on its own.
DeliverBatches each_batch(std::function<Result<void>(const VerifiedBatch& batch)> visit);

// Waited for by tests; only a hang reaches it.
std::chrono::steady_clock::time_point far_deadline();

struct LibraryPlace {
  // library: its id; "": what is said names none.
  static LibraryPlace open(const std::filesystem::path& home, std::shared_ptr<Storage> storage,
                           const std::string& name, const std::string& library = "",
                           SyncOptions options = hasty_sync());
  std::filesystem::path database;
  std::shared_ptr<Identity> identity;
  std::shared_ptr<EventLog> log;
  std::unique_ptr<Sync> sync;
  std::unique_ptr<Outbox> outbox;  // not started
};

}  // namespace meanwhile
