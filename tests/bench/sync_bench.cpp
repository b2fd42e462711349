#include "tests/bench/sync_bench.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "app/library/index.h"
#include "tests/support/counting_storage.h"
#include "tests/support/environment.h"
#include "upload/event_log.h"
#include "upload/storage_registry.h"
#include "upload/sync.h"

namespace meanwhile {
namespace {

constexpr int kPutsAtATime = 16;

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// A home that reads a library, its parts wired as LibrarySession does it.
struct ReadingHome {
  std::shared_ptr<Identity> identity;
  std::shared_ptr<EventLog> log;
  std::unique_ptr<Index> index;
  std::unique_ptr<Sync> sync;

  static Result<ReadingHome> open(const std::filesystem::path& folder, std::shared_ptr<Storage> storage) {
    ReadingHome home;
    auto identity = Identity::open(folder, "Reader");
    if (!identity) return std::unexpected(identity.error());
    home.identity = *identity;
    auto log = EventLog::open(folder / "library.sqlite", home.identity);
    if (!log) return std::unexpected(log.error());
    home.log = *log;
    auto index = Index::open(folder / "index.sqlite", home.identity->person());
    if (!index) return std::unexpected(index.error());
    home.index = std::move(*index);
    auto sync = Sync::open(folder / "library.sqlite", std::move(storage), home.log);
    if (!sync) return std::unexpected(sync.error());
    home.sync = std::move(*sync);
    return home;
  }
};

Result<void> measure_poll(const char* what, ReadingHome& home, CountingStorage& storage) {
  storage.take_counts();
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  auto report = home.sync->poll(
      [&](std::span<const VerifiedBatch> batches) { return apply_batches(*home.index, batches); });
  if (!report) return std::unexpected(report.error());
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const RequestCounts counts = storage.take_counts();
  std::printf("| %s | %lld | %.3f | %.3f | %d | %d | %d |\n", what, static_cast<long long>(report->batches),
              wall.count(), cpu_seconds() - cpu, counts.total(), counts.gets, counts.lists);
  std::fflush(stdout);
  return {};
}

Json one_comment() {
  return {{"type", "comment"}, {"clip", std::string(26, '0')}, {"at_us", 0}, {"text", "One more word"}};
}

}  // namespace

Result<void> measure_sync(const SyncPlan& plan) {
  const ScopedFolder scratch;
  const std::string url =
      plan.library.empty() ? "folder:" + (scratch.path() / "library").string() : plan.library;
  auto opened = open_storage(url);
  if (!opened) return std::unexpected(opened.error());
  const auto storage = std::make_shared<CountingStorage>(*opened);
  auto logs = write_library(*storage, plan.written, kPutsAtATime);
  if (!logs) return std::unexpected(logs.error());
  auto home = ReadingHome::open(scratch.path() / "home", storage);
  if (!home) return std::unexpected(home.error());

  std::printf("\n%d devices, %d events each, in %s\n\n", plan.written.devices,
              plan.written.events_of_a_device, storage->description().c_str());
  std::printf("| poll | batches | wall s | CPU s | requests | GET | LIST |\n|---|---|---|---|---|---|---|\n");
  MEANWHILE_TRY(measure_poll("first", *home, *storage));
  MEANWHILE_TRY(measure_poll("idle", *home, *storage));
  logs->front().say({one_comment()}, wall_now());
  MEANWHILE_TRY(logs->front().store(*storage, 1));
  MEANWHILE_TRY(ring(*storage, "one more"));
  return measure_poll("one more word", *home, *storage);
}

}  // namespace meanwhile
