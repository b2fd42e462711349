#include "tests/bench/sync_bench.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "app/library/index.h"
#include "tests/bench/bench_library.h"
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

  // seal: nullptr: the library at place is open.
  static Result<ReadingHome> open(const std::filesystem::path& folder, std::shared_ptr<Storage> place,
                                  BenchSeal* seal) {
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
    SyncOptions options;
    if (seal) {
      auto member = seal->admit(home.identity->person_key());
      if (!member) return std::unexpected(member.error());
      options.speakers = *member;
      place = seal->storage_of(std::move(*member));
    }
    auto sync = Sync::open(folder / "library.sqlite", std::move(place), home.log, std::move(options));
    if (!sync) return std::unexpected(sync.error());
    home.sync = std::move(*sync);
    return home;
  }
};

struct PollCost {
  double wall_s = 0;
  double cpu_s = 0;
};

// A library that was written, and what reading it into fresh homes cost.
struct Written {
  Lock lock = Lock::Open;
  std::shared_ptr<CountingStorage> place;
  std::unique_ptr<BenchSeal> seal;
  std::shared_ptr<Storage> storage;  // as who writes there sees it
  std::vector<WrittenLog> logs;
  std::vector<PollCost> costs;
};

Result<Written> write_at(Lock lock, const std::string& url, const std::filesystem::path& scratch,
                         const LibraryPlan& plan) {
  const auto folder = scratch / name_of(lock);
  auto opened = open_storage(url.empty() ? "folder:" + (folder / "library").string() : url);
  if (!opened) return std::unexpected(opened.error());
  Written written{.lock = lock, .place = std::make_shared<CountingStorage>(*opened)};
  auto storage = open_or_sealed(lock, written.place, folder / "members", written.seal);
  if (!storage) return std::unexpected(storage.error());
  written.storage = std::move(*storage);
  auto logs = write_library(*written.storage, plan, kPutsAtATime);
  if (!logs) return std::unexpected(logs.error());
  written.logs = std::move(*logs);
  for (const WrittenLog& log : written.logs)
    if (written.seal) MEANWHILE_TRY(written.seal->admit(log.person()));
  return written;
}

Result<PollCost> measure_poll(const char* what, Written& library, ReadingHome& home) {
  library.place->take_counts();
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  auto report = home.sync->poll(
      [&](std::span<const VerifiedBatch> batches) { return apply_batches(*home.index, batches); });
  if (!report) return std::unexpected(report.error());
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const PollCost cost{wall.count(), cpu_seconds() - cpu};
  const RequestCounts counts = library.place->take_counts();
  std::printf("| %s | %s | %lld | %.3f | %.3f | %d | %d | %d |\n", name_of(library.lock), what,
              static_cast<long long>(report->batches), cost.wall_s, cost.cpu_s, counts.total(), counts.gets,
              counts.lists);
  std::fflush(stdout);
  return cost;
}

Json one_comment() {
  return {{"type", "comment"}, {"clip", std::string(26, '0')}, {"at_us", 0}, {"text", "One more word"}};
}

Result<void> read_once(Written& library, const std::filesystem::path& folder) {
  auto home = ReadingHome::open(folder, library.place, library.seal.get());
  if (!home) return std::unexpected(home.error());
  const auto first = measure_poll("first", library, *home);
  if (!first) return std::unexpected(first.error());
  library.costs.push_back(*first);
  MEANWHILE_TRY(measure_poll("idle", library, *home));
  library.logs.front().say({one_comment()}, wall_now());
  MEANWHILE_TRY(library.logs.front().store(*library.storage, 1));
  MEANWHILE_TRY(ring(*library.place, folder.string()));
  MEANWHILE_TRY(measure_poll("one more word", library, *home));
  return {};
}

double median_of(const std::vector<PollCost>& costs, double PollCost::* part) {
  std::vector<double> values;
  for (const PollCost& cost : costs) values.push_back(cost.*part);
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

Result<void> measure_sync(const SyncPlan& plan) {
  const ScopedFolder scratch;
  std::vector<Written> libraries;
  for (const Lock lock : {Lock::Open, Lock::Sealed}) {
    if (lock == Lock::Sealed && !plan.is_sealed_too) continue;
    auto written =
        write_at(lock, lock == Lock::Open ? plan.library : plan.sealed_library, scratch.path(), plan.written);
    if (!written) return std::unexpected(written.error());
    libraries.push_back(std::move(*written));
  }
  std::printf("\n%d devices, %d events each, in %s\n\n", plan.written.devices,
              plan.written.events_of_a_device, libraries.front().place->description().c_str());
  std::printf(
      "| library | poll | batches | wall s | CPU s | requests | GET | LIST |\n"
      "|---|---|---|---|---|---|---|---|\n");
  for (int i = 0; i < plan.repeats; ++i) {
    for (Written& library : libraries)
      MEANWHILE_TRY(read_once(library, scratch.path() / name_of(library.lock) / std::to_string(i)));
    std::ranges::reverse(libraries);
  }
  std::ranges::sort(libraries, {}, &Written::lock);
  if (libraries.size() == 1) return {};
  const auto ratio = [&](double PollCost::* part) {
    return median_of(libraries.back().costs, part) / median_of(libraries.front().costs, part);
  };
  std::printf("| **sealed / open** | first | | **%.3f** | **%.3f** | | | |\n", ratio(&PollCost::wall_s),
              ratio(&PollCost::cpu_s));
  return {};
}

}  // namespace meanwhile
