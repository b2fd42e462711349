// Several people publish, speak, discard and listen over storage that misbehaves, by seed: nothing is lost or
// doubled, and who hears that a clip is published finds it whole.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using Objects = std::map<std::string, Bytes>;

struct Client {
  std::string name;
  std::filesystem::path home;
  std::shared_ptr<FlakyStorage> storage;
  LibraryPlace place;
  std::map<std::string, int> heard;  // texts of others, and how often
  std::vector<std::string> drafts;   // groups that may be discarded
};

class World {
 public:
  World(unsigned seed, int clients) : random_(seed), has_echoes_(seed % 2 == 0) {
    FaultRates rates = FaultRates::all(rate(seed));
    if (!has_echoes_) rates.reordered = 0;
    for (int i = 0; i < clients; ++i) {
      Client& client = clients_.emplace_back();
      client.name = fmt::format("person-{}", i);
      client.home = folder_.path() / client.name;
      client.storage = std::make_shared<FlakyStorage>(memory_, seed * 100 + static_cast<unsigned>(i), rates);
      open(client);
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      Client& client = clients_[random_() % clients_.size()];
      const auto draw = random_() % 12;
      if (draw < 3) {
        speak(client);
      } else if (draw < 5) {
        publish(client);
      } else if (draw == 5) {
        draft(client);
      } else if (draw == 6) {
        discard(client);
      } else if (draw == 7) {
        restart(client);
      } else {
        (void)poll(client);
      }
    }
  }

  // The storage behaves again: everything must come together now.
  void settle() {
    later_ = std::chrono::minutes(6);  // heads are listed whatever the bell says
    for (Client& client : clients_) {
      client.storage->set_rates({});
      client.storage->deliver_all();
      while (!client.drafts.empty()) discard(client);
      ASSERT_TRUE(client.place.outbox->retry_now());
    }
    for (Client& client : clients_) {
      wait_until_sent(client);
      client.place.outbox->stop();
    }
    for (Client& client : clients_) {
      for (int i = 0; i < 12; ++i) {  // late objects show within 8 requests
        const auto report = poll(client);
        ASSERT_TRUE(report) << report.error().message;
      }
    }
  }

  void check() {
    for (const auto& [key, bytes] : published_) {
      const auto stored = memory_->get(key, 1 << 20, {}, {});
      ASSERT_TRUE(stored) << key << " is lost";
      EXPECT_TRUE(*stored == bytes) << key << " isn't what was published";
    }
    for (const std::string& key : discarded_) {
      // A put that arrives once more after its object was removed brings it back, whoever sent it.
      EXPECT_TRUE(has_echoes_ || !memory_->stat(key, {})) << key << " wasn't removed";
    }
    for (Client& client : clients_) {
      std::map<std::string, int> known = client.heard;
      ASSERT_TRUE(client.place.log->for_each([&](const std::string&, const Json& event) -> Result<void> {
        ++known[*string_member(event, "text")];
        return {};
      }));
      for (const std::string& text : said_) EXPECT_EQ(known[text], 1) << text << " at " << client.name;
      EXPECT_EQ(known.size(), said_.size());
    }
  }

  int faults() const {
    int sum = 0;
    for (const Client& client : clients_) sum += client.storage->faults();
    return sum;
  }

 private:
  // Some worlds are worse than others.
  static double rate(unsigned seed) { return seed % 3 == 0 ? 0.15 : seed % 3 == 1 ? 0.05 : 0.02; }

  void open(Client& client) {
    client.place = LibraryPlace::open(client.home, client.storage, client.name);
    SyncOptions options = hasty_sync();
    options.now = [this] { return wall_now() + later_; };
    client.place.sync = *Sync::open(client.place.database, client.storage, client.place.log, options);
    client.place.outbox->start();
  }

  void restart(Client& client) {
    client.place = {};
    open(client);
  }

  void speak(Client& client) {
    const std::string text = fmt::format("words {}", ++numbers_);
    ASSERT_TRUE(client.place.log->append({say(text)}));
    said_.insert(text);
  }

  OutboxItem item(Client& client, const std::string& key, const Bytes& bytes) {
    if (random_() % 2 == 0) return {.key = key, .source = bytes, .priority = OutboxPriority::Poster};
    const auto path = client.home / fmt::format("file-{}", ++numbers_);
    std::ofstream(path) << "head" << as_text(bytes);
    return {.key = key, .source = FileRange{.path = path, .offset = 4, .length = bytes.size()}};
  }

  Objects objects_of(const std::string& clip) {
    Objects objects;
    for (auto count = 1 + random_() % 4; count > 0; --count) {
      Bytes bytes(random_() % 3000);
      for (std::byte& byte : bytes) byte = static_cast<std::byte>(random_());
      objects[fmt::format("clips/2026-11/{}/screen/{:06}.m4s", clip, count)] = std::move(bytes);
    }
    return objects;
  }

  void publish(Client& client) {
    const std::string clip = fmt::format("clip-{}", ++numbers_);
    const Objects objects = objects_of(clip);
    std::vector<OutboxItem> items;
    for (const auto& [key, bytes] : objects) items.push_back(item(client, key, bytes));
    items.push_back({.key = fmt::format("clips/2026-11/{}/clip.json", clip), .source = to_bytes(clip)});
    for (const auto& [key, bytes] : objects) published_[key] = bytes;
    published_[items.back().key] = to_bytes(clip);
    said_.insert("published " + clip);
    const auto added = client.place.outbox->add(clip, std::move(items), {say("published " + clip)});
    ASSERT_TRUE(added) << added.error().message;
  }

  void draft(Client& client) {
    const std::string clip = fmt::format("draft-{}", ++numbers_);
    std::vector<OutboxItem> items;
    for (const auto& [key, bytes] : objects_of(clip)) {
      items.push_back(item(client, key, bytes));
      discarded_.insert(key);
    }
    ASSERT_TRUE(client.place.outbox->add(clip, std::move(items)));
    client.drafts.push_back(clip);
  }

  void discard(Client& client) {
    if (client.drafts.empty()) return;
    ASSERT_TRUE(client.place.outbox->discard(client.drafts.back()));
    client.drafts.pop_back();
  }

  // What LibrarySession does.
  Result<SyncReport> poll(Client& client) {
    auto report = client.place.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) {
        const std::string text = *string_member(event, "text");
        ++client.heard[text];
        if (text.starts_with("published ")) expect_whole(text.substr(10));
      }
      return {};
    }));
    if (report && report->own_head_differs) client.place.outbox->doubt_own_head();
    return report;
  }

  void expect_whole(const std::string& clip) {
    const std::string folder = fmt::format("clips/2026-11/{}/", clip);
    for (auto it = published_.lower_bound(folder); it != published_.end() && it->first.starts_with(folder);
         ++it) {
      const auto stored = memory_->get(it->first, 1 << 20, {}, {});
      EXPECT_TRUE(stored && *stored == it->second)
          << it->first << " isn't there though its clip is published";
    }
  }

  void wait_until_sent(Client& client) {
    const auto deadline = far_deadline();
    while (true) {
      const auto status = client.place.outbox->status();
      ASSERT_TRUE(status) << status.error().message;
      if (status->waiting_items == 0 && status->waiting_events == 0 && status->groups.empty()) return;
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << status->last_error.value_or("it hangs");
      std::this_thread::yield();
    }
  }

  std::mt19937 random_;
  const bool has_echoes_;
  std::chrono::minutes later_{0};
  ScopedFolder folder_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
  int numbers_ = 0;
  std::set<std::string> said_;
  Objects published_;
  std::set<std::string> discarded_;
  std::vector<Client> clients_;
};

// MEANWHILE_SIMULATIONS: how many worlds, for whoever wants to be sure; MEANWHILE_SEED: the first of them.
unsigned number_from(const char* variable, unsigned otherwise) {
  const char* value = std::getenv(variable);
  return value ? static_cast<unsigned>(std::atoi(value)) : otherwise;
}

TEST(OutboxSimulation, NothingIsLostOrDoubledAndWhatIsPublishedIsWhole) {
  // Syncing to a disk is what takes the time here, and no power cut is in this test.
  const bool has_memory_disk = std::filesystem::is_directory("/dev/shm");
  const ScopedEnvironment environment(has_memory_disk ? Environment{{"TMPDIR", "/dev/shm"}} : Environment{});
  const unsigned first = number_from("MEANWHILE_SEED", 1);
  const unsigned worlds = number_from("MEANWHILE_SIMULATIONS", has_memory_disk ? 60 : 10);
  int faults = 0;
  for (unsigned seed = first; seed < first + worlds; ++seed) {
    World world(seed, 3);
    world.run(50);
    world.settle();
    if (!HasFailure()) world.check();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    faults += world.faults();
  }
  EXPECT_GT(faults, static_cast<int>(worlds) * 5);  // else this proves nothing
}

}  // namespace
}  // namespace meanwhile
