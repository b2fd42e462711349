#include "tests/support/promised_outbox.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "media/base/files.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/signing.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHome = "MEANWHILE_TEST_HOME";
constexpr const char* kLibrary = "MEANWHILE_TEST_LIBRARY";
constexpr const char* kSeed = "MEANWHILE_TEST_SEED";

std::shared_ptr<Storage> open_library(const std::string& url) {
  auto storage = open_storage(url);
  EXPECT_TRUE(storage) << storage.error().message;
  return storage ? *storage : nullptr;
}

// One write a promise, so that a kill leaves it whole or not at all.
class Promises {
 public:
  explicit Promises(const fs::path& home)
      : descriptor_(::open((home / "promises").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {}
  ~Promises() { ::close(descriptor_); }
  Promises(const Promises&) = delete;
  Promises& operator=(const Promises&) = delete;

  void make(const std::string& lines) {
    ASSERT_EQ(::write(descriptor_, lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
    ASSERT_EQ(::fdatasync(descriptor_), 0);
  }

 private:
  const int descriptor_;
};

struct KeptPromises {
  std::map<std::string, std::string> objects;  // key: SHA-256
  std::set<std::string> words;
};

KeptPromises read_promises(const fs::path& home) {
  KeptPromises kept;
  std::ifstream file(home / "promises");
  for (std::string kind, name, hash; file >> kind >> name;) {
    if (kind == "word") kept.words.insert(name);
    if (kind == "object" && file >> hash) kept.objects[name] = hash;
  }
  return kept;
}

class Child {
 public:
  explicit Child(const fs::path& home)
      : home_(home),
        promises_(home),
        random_(static_cast<unsigned>(std::atoi(std::getenv(kSeed)))),
        place_(LibraryPlace::open(home, open_library(std::getenv(kLibrary)), "Ada")) {
    place_.outbox->start();
  }

  void step() {
    if (random_() % 2 == 0)
      speak();
    else
      publish();
  }

 private:
  void speak() {
    const std::string text = "comment-" + new_clip_id(wall_now());
    ASSERT_TRUE(place_.log->append({say(text)}));
    promises_.make("word " + text + "\n");
  }

  void publish() {
    const std::string clip = new_clip_id(wall_now());
    const std::string text(random_() % 20'000, static_cast<char>('a' + random_() % 26));
    const fs::path file = home_ / (clip + ".mp4");
    ASSERT_TRUE(write_file_durably(file, as_byte_span(text)));
    const std::uint64_t half = text.size() / 2;
    const std::string manifest = "manifest " + clip;
    const auto key = [&](const char* name) { return fmt::format("clips/{}/{}", clip, name); };
    std::vector<OutboxItem> items{{.key = key("1.m4s"), .source = FileRange{file, 0, half}},
                                  {.key = key("2.m4s"), .source = FileRange{file, half, text.size() - half}},
                                  {.key = key("clip.json"), .source = to_bytes(manifest)}};
    ASSERT_TRUE(place_.outbox->add(clip, items, {say("published-" + clip)}));
    const auto bytes = as_byte_span(text);
    promises_.make(fmt::format("object {} {}\nobject {} {}\nobject {} {}\nword published-{}\n", key("1.m4s"),
                               sha256_hex(bytes.first(half)), key("2.m4s"), sha256_hex(bytes.subspan(half)),
                               key("clip.json"), sha256_hex(as_byte_span(manifest)), clip));
    (void)place_.outbox->wait_until_stored(
        clip, std::chrono::steady_clock::now() + std::chrono::milliseconds(random_() % 40));
  }

  const fs::path home_;
  Promises promises_;
  std::mt19937 random_;
  LibraryPlace place_;
};

std::uintmax_t promised_bytes(const fs::path& home) {
  std::error_code error;
  const auto size = fs::file_size(home / "promises", error);
  return error ? 0 : size;
}

void wait_for_another_promise(const fs::path& home) {
  const auto before = promised_bytes(home);
  const auto deadline = far_deadline();
  while (promised_bytes(home) == before && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

void kill_again_and_again(const KillPlan& plan, const fs::path& home) {
  std::mt19937 random(plan.seed);
  for (int kill = 0; kill < plan.kills; ++kill) {
    Environment environment = plan.secrets;
    environment.emplace_back(kHome, home.string());
    environment.emplace_back(kLibrary, plan.library_url);
    environment.emplace_back(kSeed, std::to_string(random()));
    const auto child = ChildProcess::start(
        {"/proc/self/exe", "--gtest_also_run_disabled_tests", "--gtest_filter=OutboxCrash.DISABLED_Child"},
        {.environment = environment, .output = home / "said"});
    ASSERT_TRUE(child);
    // The moment is meant to be anywhere: in some runs also before the child has promised anything.
    if (kill % 5 != 0) wait_for_another_promise(home);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 150'000));
    (*child)->signal(SIGKILL);
    ASSERT_EQ((*child)->wait(), 128 + SIGKILL) << "it ended by itself: " << home / "said";
  }
}

void finish_sending(LibraryPlace& place) {
  place.outbox->start();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(3);
  while (true) {
    const auto status = place.outbox->status();
    ASSERT_TRUE(status) << status.error().message;
    if (status->waiting_items == 0 && status->waiting_events == 0 && status->groups.empty()) break;
    ASSERT_LT(std::chrono::steady_clock::now(), deadline) << status->last_error.value_or("it hangs");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  place.outbox->stop();
}

std::map<std::string, int> words_at_another_client(const std::shared_ptr<Storage>& storage) {
  const ScopedFolder home;
  LibraryPlace reader = LibraryPlace::open(home.path(), storage, "Ben");
  std::map<std::string, int> heard;
  const auto polled = reader.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
    for (const Json& event : batch.events) ++heard[*string_member(event, "text")];
    return {};
  }));
  EXPECT_TRUE(polled) << polled.error().message;
  return heard;
}

}  // namespace

int kills_from_environment(int otherwise) {
  const char* wanted = std::getenv("MEANWHILE_KILLS");
  return wanted ? std::atoi(wanted) : otherwise;
}

void promise_until_killed() {
  Child child(std::getenv(kHome));
  while (!testing::Test::HasFatalFailure()) child.step();
}

void expect_promises_survive(const KillPlan& plan) {
  const ScopedEnvironment secrets(plan.secrets);
  const ScopedFolder home;
  kill_again_and_again(plan, home.path());
  if (testing::Test::HasFatalFailure()) return;
  const auto storage = open_library(plan.library_url);
  ASSERT_TRUE(storage);
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  finish_sending(place);

  const KeptPromises promised = read_promises(home.path());
  EXPECT_GE(static_cast<int>(promised.words.size()), plan.kills / 2);  // else this proves nothing
  for (const auto& [key, hash] : promised.objects) {
    const auto bytes = storage->get(key, 1 << 20, {}, {});
    ASSERT_TRUE(bytes) << key << ": " << bytes.error().message;
    EXPECT_EQ(sha256_hex(*bytes), hash) << key;
  }
  const auto heard = words_at_another_client(storage);
  for (const std::string& word : promised.words) EXPECT_TRUE(heard.contains(word)) << word << " is lost";
  for (const auto& [word, times] : heard) EXPECT_EQ(times, 1) << word;
  fmt::print("{} kills: {} objects and {} words were promised and kept\n", plan.kills,
             promised.objects.size(), promised.words.size());
}

}  // namespace meanwhile
