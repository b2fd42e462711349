#include "tests/support/team_simulation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/log_writer.h"
#include "upload/seal/sealed_library.h"
#include "upload/seal/sealed_storage.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;

constexpr std::size_t kMostMachines = 6;
constexpr int kTriesToSettle = 40;
constexpr int kWordsOfATeam = 400;
// In each text: what must not be found in a sealed library's place.
constexpr const char* kSaid = "words of the team";

using EventSet = std::map<EventId, std::string>;

// One person's machine.
struct Machine {
  std::string name;
  std::filesystem::path home;
  std::shared_ptr<FlakyStorage> place;
  std::chrono::hours clock_ahead{0};
  std::shared_ptr<Identity> identity;
  std::shared_ptr<SealedLibrary> sealed;  // nullptr: the library is open
  std::shared_ptr<EventLog> log;
  std::unique_ptr<LogWriter> writer;
  std::unique_ptr<Sync> sync;
  std::optional<KeyPair> invite;  // that it hasn't come in by yet
  EventSet known;
  EventSet said;
  int repeated = 0;

  std::string person() const { return identity->person(); }
  bool is_member() const { return !sealed || sealed->is_member(); }
};

class Team {
 public:
  explicit Team(const TeamPlan& plan) : plan_(plan), random_(plan.seed) {
    marker_.id = new_clip_id(wall_now());
    rates_ = FaultRates::all(plan.seed % 3 == 0 ? 0.08 : plan.seed % 3 == 1 ? 0.04 : 0.01);
    for (int i = 0; i < 3; ++i) add_machine();
  }

  void run() {
    while (outcome_.words < plan_.words && !testing::Test::HasFatalFailure()) {
      Machine& machine = *machines_.at(random_() % machines_.size());
      const auto draw = random_() % 100;
      if (draw < 38)
        speak(machine);
      else if (draw < 66)
        (void)machine.writer->run({});
      else if (draw < 92)
        (void)poll(machine);
      else if (draw < 96)
        restart(machine);
      else if (draw < 97)
        machine.clock_ahead = std::chrono::hours(static_cast<int>(random_() % 240) - 120);
      else
        change_members(machine);
    }
  }

  // The place behaves again: everything must come together now.
  void settle() {
    later_ = 6min;  // bells got lost, lists were stale: heads are looked at anyway
    for (const auto& machine : machines_) {
      machine->place->set_rates({});
      machine->place->deliver_all();
      restart(*machine);
    }
    for (const auto& machine : machines_)
      if (machine->invite) come_in(*machine);
    for (int round = 0; round < 2; ++round) {
      for (const auto& machine : machines_)
        if (machine->sealed) {
          ASSERT_TRUE(machine->sealed->look_again({}));
        }
    }
    for (const auto& machine : machines_)
      if (belongs(*machine)) send_all(*machine);
    for (const auto& machine : machines_) {
      for (int i = 0; belongs(*machine) && i < 12; ++i) {  // late objects show within 8 requests
        const auto polled = poll(*machine);
        ASSERT_TRUE(polled) << machine->name << ": " << polled.error().message;
      }
    }
  }

  void check() {
    EventSet expected;
    for (const auto& machine : machines_)
      if (belongs(*machine)) expected.insert(machine->said.begin(), machine->said.end());
    for (const auto& machine : machines_) {
      if (!belongs(*machine)) continue;
      EXPECT_TRUE(machine->is_member()) << machine->name << " doesn't know that they are a member";
      EXPECT_EQ(machine->repeated, 0) << machine->name;
      EXPECT_EQ(state_of(*machine), hash_of(expected)) << machine->name << difference(*machine, expected);
      for (const auto& [id, text] : heard_of_removed_)
        EXPECT_TRUE(machine->known.contains(id)) << machine->name << " lacks " << text;
    }
    if (plan_.library == TeamLibrary::Sealed) expect_nothing_in_the_open();
  }

  TeamOutcome outcome() const {
    TeamOutcome outcome = outcome_;
    for (const auto& machine : machines_) outcome.faults += machine->place->faults();
    return outcome;
  }

 private:
  bool is_sealed() const { return plan_.library == TeamLibrary::Sealed; }
  Machine& founder() const { return *machines_.front(); }

  // As the founder, whom nobody removes, has it.
  bool belongs(const Machine& machine) const {
    return !is_sealed() || founder().sealed->membership().members().contains(machine.person());
  }

  WallTime now_at(const Machine& machine) const { return wall_now() + machine.clock_ahead + later_; }

  void add_machine() {
    auto machine = std::make_unique<Machine>();
    machine->name = fmt::format("machine-{}", machines_.size());
    machine->home = folder_.path() / machine->name;
    machine->place =
        std::make_shared<FlakyStorage>(plan_.open_place(), plan_.seed * 100 + machines_.size(), rates_);
    machine->identity = *Identity::open(machine->home, machine->name);
    const bool founds = machines_.empty();
    if (founds && is_sealed()) found(*machine);
    open(*machine);
    if (founds && is_sealed()) {
      for (int i = 0; i < kTriesToSettle && !machine->sealed->is_member(); ++i)
        (void)machine->sealed->start({});
      ASSERT_TRUE(machine->sealed->is_member());
    }
    machines_.push_back(std::move(machine));
    if (!founds && is_sealed()) invite(*machines_.back());
    if (!founds && !is_sealed()) ++outcome_.joined;
  }

  void found(const Machine& machine) {
    marker_ = new_library({.founder = machine.identity->person_key(), .name = "Team", .now = wall_now()});
    marker_.recovery = recovery_.public_key();
  }

  void open(Machine& machine) {
    const auto now = [this, &machine] { return now_at(machine); };
    std::shared_ptr<Storage> storage = machine.place;
    SyncOptions options = hasty_sync();
    options.now = now;
    if (is_sealed()) {
      machine.sealed = *SealedLibrary::open({.file = machine.home / "seal.json",
                                             .library = marker_,
                                             .person = machine.identity->person_key(),
                                             .place = machine.place,
                                             .now = now});
      storage = std::make_shared<SealedStorage>(machine.place, marker_.id, machine.sealed);
      options.speakers = machine.sealed;
    }
    const auto database = machine.home / "log.db";
    machine.log = *EventLog::open(database, machine.identity, now, marker_.id);
    machine.writer = *LogWriter::open(database, storage, machine.log);
    machine.sync = *Sync::open(database, storage, machine.log, options);
  }

  // What it had in memory is gone.
  void restart(Machine& machine) {
    machine.sync.reset();
    machine.writer.reset();
    machine.log.reset();
    machine.sealed.reset();
    machine.identity = *Identity::open(machine.home, machine.name);
    open(machine);
    ++outcome_.restarts;
  }

  void speak(Machine& machine) {
    if (!belongs(machine)) return;
    for (auto count = 1 + random_() % 8; count > 0; --count) {
      const auto appended = machine.log->append({say(fmt::format("{} {}", kSaid, random_()))});
      ASSERT_TRUE(appended) << appended.error().message;
      machine.said[appended->last] = to_text(appended->events[0]);
      ++outcome_.words;
    }
  }

  Result<SyncReport> poll(Machine& machine) {
    return machine.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) {
        const EventId id{batch.device, *integer_member(event, "n")};
        if (!machine.known.emplace(id, to_text(event)).second) ++machine.repeated;
      }
      return {};
    }));
  }

  void change_members(Machine& machine) {
    const auto draw = random_() % 4;
    if (draw < 2 && machines_.size() < kMostMachines) {
      add_machine();
    } else if (machine.invite) {
      (void)try_to_come_in(machine);
    } else if (is_sealed() && draw == 2) {
      if (founder().sealed->change({}, {})) ++outcome_.exchanges;
    } else if (is_sealed() && machines_.size() > 3 && &machine != &founder() && belongs(machine)) {
      remove(machine);
    }
  }

  // What its admin had heard by then counts for ever.
  void remove(Machine& machine) {
    Machine& admin = founder();
    const auto heads = admin.sync->heads_of(machine.person());
    if (!heads) return;
    const EventSet heard = admin.known;
    (void)admin.sealed->change({.remove = {{machine.person(), *heads}}, .roles = {}}, {});
    if (belongs(machine)) return;
    for (const auto& [id, text] : machine.said)
      if (heard.contains(id)) heard_of_removed_.emplace(id, text);
    ++outcome_.removed;
  }

  void invite(Machine& machine) {
    for (int i = 0; i < kTriesToSettle; ++i) {
      const auto key = founder().sealed->invite({}, {});
      if (!key) continue;
      machine.invite = *key;
      (void)try_to_come_in(machine);
      return;
    }
    FAIL() << "the founder can't invite anybody";
  }

  bool try_to_come_in(Machine& machine) {
    if (!machine.sealed->join(*machine.invite, {})) return false;
    machine.invite.reset();
    ++outcome_.joined;
    return true;
  }

  // Whose invitation ended meanwhile gets another.
  void come_in(Machine& machine) {
    for (int i = 0; i < kTriesToSettle && machine.invite; ++i)
      if (!try_to_come_in(machine) && i % 4 == 3) invite(machine);
    ASSERT_FALSE(machine.invite) << machine.name << " never gets in";
    ASSERT_TRUE(founder().sealed->look_again({}));
  }

  void send_all(Machine& machine) {
    Result<void> written;
    for (int i = 0; i < kTriesToSettle; ++i)
      if (written = machine.writer->run({}); written) break;
    ASSERT_TRUE(written) << machine.name << ": " << written.error().message;
    machine.writer->ring_held_bell({});
  }

  // Words of those who belong to it: of others as many count as had arrived here.
  EventSet of_members(const Machine& machine) const {
    std::set<std::string> devices;
    for (const auto& other : machines_)
      if (belongs(*other))
        for (const auto& [id, text] : other->said) devices.insert(id.device);
    EventSet all = machine.said;
    for (const auto& [id, text] : machine.known)
      if (devices.contains(id.device)) all.emplace(id, text);
    return all;
  }

  static std::string hash_of(const EventSet& events) {
    std::string text;
    for (const auto& [id, event] : events) text += fmt::format("{} {} {}\n", id.device, id.n, event);
    return sha256_hex(as_byte_span(text));
  }
  std::string state_of(const Machine& machine) const { return hash_of(of_members(machine)); }

  std::string difference(const Machine& machine, const EventSet& expected) const {
    std::string text;
    const EventSet there = of_members(machine);
    for (const auto& [id, event] : expected)
      if (!there.contains(id)) text += fmt::format("\n  lacks {} {}", id.device, id.n);
    for (const auto& [id, event] : there)
      if (!expected.contains(id)) text += fmt::format("\n  has too much: {} {}", id.device, id.n);
    return text;
  }

  void expect_nothing_in_the_open() {
    const auto place = plan_.open_place();
    const auto objects = place->list("", "", {});
    ASSERT_TRUE(objects) << objects.error().message;
    for (const ObjectInfo& object : *objects) {
      const auto bytes = place->get(object.key, kLargestMemberDocumentBytes, {}, {});
      ASSERT_TRUE(bytes) << object.key << ": " << bytes.error().message;
      for (const char* text : {kSaid, "machine-"}) EXPECT_FALSE(as_text(*bytes).contains(text)) << object.key;
    }
  }

  const TeamPlan plan_;
  std::mt19937 random_;
  FaultRates rates_;
  std::chrono::minutes later_{0};
  const ScopedFolder folder_;
  const KeyPair recovery_ = KeyPair::generate();
  LibraryMarker marker_;
  std::vector<std::unique_ptr<Machine>> machines_;
  EventSet heard_of_removed_;
  TeamOutcome outcome_;
};

int number_in(const char* variable, int otherwise) {
  const char* value = std::getenv(variable);
  return value ? std::atoi(value) : otherwise;
}

}  // namespace

TeamOutcome expect_team_in_step(const TeamPlan& plan) {
  Team team(plan);
  team.run();
  if (!testing::Test::HasFailure()) team.settle();
  if (!testing::Test::HasFailure()) team.check();
  return team.outcome();
}

void expect_teams_in_step(const std::string& place, TeamLibrary library, int otherwise,
                          const std::function<std::function<std::shared_ptr<Storage>()>()>& new_place) {
  // Syncing to a disk is what takes the time here, and no power cut is in this test.
  const bool has_memory_disk = std::filesystem::is_directory("/dev/shm");
  const ScopedEnvironment environment(has_memory_disk ? Environment{{"TMPDIR", "/dev/shm"}} : Environment{});
  const int words = number_in("MEANWHILE_WORDS", otherwise);
  const auto first = static_cast<unsigned>(number_in("MEANWHILE_SEED", 1));
  TeamOutcome all;
  unsigned seed = first;
  for (; all.words < words; ++seed) {
    const TeamOutcome one = expect_team_in_step({.seed = seed,
                                                 .words = std::min(kWordsOfATeam, words - all.words),
                                                 .library = library,
                                                 .open_place = new_place()});
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
    all.words += one.words;
    all.faults += one.faults;
    all.restarts += one.restarts;
    all.joined += one.joined;
    all.removed += one.removed;
    all.exchanges += one.exchanges;
  }
  EXPECT_GT(all.faults, words / 20);  // else this proves nothing
  fmt::print(
      "{}, {}: seeds {} to {}, {} words, {} faults, {} restarts, {} joined, {} removed, {} exchanges\n",
      place, library == TeamLibrary::Sealed ? "sealed" : "open", first, seed - 1, all.words, all.faults,
      all.restarts, all.joined, all.removed, all.exchanges);
}

}  // namespace meanwhile
