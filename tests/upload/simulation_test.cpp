// Several devices at one misbehaving library, by seed: what a journal called saved arrives everywhere, once.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/log_writer.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using EventSet = std::map<EventId, std::string>;

// One device, stepped by the test's own thread: no timing is in it.
struct SimulatedDevice {
  std::shared_ptr<FlakyStorage> storage;
  std::shared_ptr<EventLog> log;
  std::unique_ptr<LogWriter> writer;
  std::unique_ptr<Sync> sync;
  EventSet known;
  int repeated = 0;

  Result<SyncReport> poll() {
    return sync->poll(each_batch([this](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) {
        const EventId id{batch.device, *integer_member(event, "n")};
        if (!known.emplace(id, to_text(event)).second) ++repeated;
      }
      return {};
    }));
  }
};

class Simulation {
 public:
  Simulation(unsigned seed, int devices) : random_(seed) {
    for (int i = 0; i < devices; ++i)
      devices_.push_back(make_device(i, seed * 100 + static_cast<unsigned>(i)));
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      SimulatedDevice& device = devices_[random_() % devices_.size()];
      switch (random_() % 3) {
        case 0:
          append(device);
          break;
        case 1:
          (void)device.writer->run({});
          break;
        default:
          (void)device.poll();
          break;
      }
    }
  }

  // The storage behaves again: everything must come together now.
  void settle() {
    later_ = std::chrono::minutes(6);  // bells got lost, lists were stale: heads are looked at anyway
    for (SimulatedDevice& device : devices_) {
      device.storage->set_rates({});
      device.storage->deliver_all();
      bool is_written = false;
      for (int i = 0; i < 12 && !is_written; ++i) is_written = device.writer->run({}).has_value();
      ASSERT_TRUE(is_written);
      device.writer->ring_held_bell({});
    }
    for (SimulatedDevice& device : devices_) {
      for (int i = 0; i < 12; ++i) ASSERT_TRUE(device.poll());  // late objects show within 8 requests
    }
  }

  int faults() const {
    int sum = 0;
    for (const SimulatedDevice& device : devices_) sum += device.storage->faults();
    return sum;
  }

  const EventSet& saved() const { return saved_; }
  std::vector<SimulatedDevice>& devices() { return devices_; }

 private:
  SimulatedDevice make_device(int number, unsigned seed) {
    const auto home = folder_.path() / std::to_string(number);
    SimulatedDevice device;
    device.storage = std::make_shared<FlakyStorage>(memory_, seed, FaultRates::all(0.08));
    const auto identity = *Identity::open(home, "Person " + std::to_string(number));
    device.log = *EventLog::open(home / "log.db", identity);
    device.writer = *LogWriter::open(home / "log.db", device.storage, device.log);
    SyncOptions options = hasty_sync();
    options.now = [this] { return wall_now() + later_; };
    device.sync = *Sync::open(home / "log.db", device.storage, device.log, options);
    return device;
  }

  void append(SimulatedDevice& device) {
    const auto appended = device.log->append({say("words " + std::to_string(random_()))});
    ASSERT_TRUE(appended);
    saved_[appended->last] = to_text(appended->events[0]);
    device.known[appended->last] = to_text(appended->events[0]);
  }

  std::mt19937 random_;
  std::chrono::minutes later_{0};
  ScopedFolder folder_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
  std::vector<SimulatedDevice> devices_;
  EventSet saved_;
};

TEST(Simulation, WhatWasSavedArrivesEverywhereOnce) {
  // Syncing to a disk is what takes the time here, and no power cut is in this test.
  const bool has_memory_disk = std::filesystem::is_directory("/dev/shm");
  const ScopedEnvironment environment(has_memory_disk ? Environment{{"TMPDIR", "/dev/shm"}} : Environment{});
  int faults = 0;
  for (unsigned seed = 1; seed <= (has_memory_disk ? 120u : 10u); ++seed) {
    Simulation simulation(seed, 3);
    simulation.run(60);
    simulation.settle();
    faults += simulation.faults();
    for (const SimulatedDevice& device : simulation.devices()) {
      ASSERT_EQ(device.known, simulation.saved()) << "seed " << seed;
      ASSERT_EQ(device.repeated, 0) << "seed " << seed;
    }
  }
  EXPECT_GT(faults, has_memory_disk ? 1000 : 50);  // else this proves nothing
}

}  // namespace
}  // namespace meanwhile
