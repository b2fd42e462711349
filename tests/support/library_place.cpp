#include "tests/support/library_place.h"

#include <stdexcept>

namespace meanwhile {
namespace {

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace

OutboxOptions hasty_outbox() {
  OutboxOptions options;
  options.first_retry = std::chrono::milliseconds(1);
  options.longest_retry = std::chrono::milliseconds(4);
  return options;
}

SyncOptions hasty_sync() {
  SyncOptions options;
  options.first_retry = std::chrono::milliseconds(0);
  options.longest_retry = std::chrono::milliseconds(0);
  return options;
}

Json say(const std::string& text) {
  return Json{{"type", "said"}, {"text", text}};
}

DeliverBatches each_batch(std::function<Result<void>(const VerifiedBatch& batch)> visit) {
  return [visit = std::move(visit)](std::span<const VerifiedBatch> batches) -> Result<void> {
    for (const VerifiedBatch& batch : batches) MEANWHILE_TRY(visit(batch));
    return {};
  };
}

std::chrono::steady_clock::time_point far_deadline() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(60);
}

LibraryPlace LibraryPlace::open(const std::filesystem::path& home, std::shared_ptr<Storage> storage,
                                const std::string& name, const std::string& library, SyncOptions options) {
  LibraryPlace place;
  place.database = home / "libraries" / "test.db";
  place.identity = must(Identity::open(home, name));
  place.log = must(EventLog::open(place.database, place.identity, wall_now, library));
  place.sync = must(Sync::open(place.database, storage, place.log, std::move(options)));
  place.outbox = must(Outbox::open(place.database, storage, place.log, hasty_outbox()));
  return place;
}

}  // namespace meanwhile
