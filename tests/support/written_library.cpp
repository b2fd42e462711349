#include "tests/support/written_library.h"

#include <fmt/format.h>

#include <atomic>
#include <random>
#include <thread>

#include "app/library/events.h"
#include "media/base/guarded.h"
#include "tests/support/library_events.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kBetweenEvents{500};

std::string clip_id(int number) {
  return id_from(fmt::format("c{:06}", number));
}

Json must_json(const EventBody& body) {
  return to_json(body).value();
}

class Talk {
 public:
  Talk(const LibraryPlan& plan, int number) : plan_(plan), number_(number), random_(number + 1u) {}

  std::vector<Json> events(const std::string& device) {
    std::vector<Json> said;
    for (int clip = number_; clip < plan_.clips; clip += plan_.devices) {
      said.push_back(must_json(published(clip_id(clip), fmt::format("Update {} of the week", clip))));
    }
    while (static_cast<int>(said.size()) < plan_.events_of_a_device) {
      said.push_back(next(device, static_cast<std::int64_t>(said.size())));
    }
    return said;
  }

 private:
  // n: of the event before.
  Json next(const std::string& device, std::int64_t n) {
    const std::string clip = clip_id(pick(plan_.clips));
    const MediaTime at = std::chrono::milliseconds(pick(60'000));
    const std::string text =
        fmt::format("Thought {} of person {}: look at the {} there, and tell me what you make of it", n,
                    number_, pick(1000));
    switch (pick(10)) {
      case 0:
        return must_json(ReactEvent{clip, at, "thumbs-up"});
      case 1:
        return must_json(WatchedEvent{clip, {{at, at + std::chrono::seconds(5)}}});
      case 2:
      case 3:
        if (n > 0) return must_json(ReplyEvent{{device, 1 + pick(static_cast<int>(n))}, text});
        [[fallthrough]];
      default:
        return must_json(CommentEvent{clip, at, std::nullopt, text});
    }
  }
  int pick(int below) { return std::uniform_int_distribution<>(0, below - 1)(random_); }

  const LibraryPlan& plan_;
  const int number_;
  std::mt19937 random_;
};

}  // namespace

WrittenLog::WrittenLog(const std::string& person_name, WallTime now)
    : person_(KeyPair::generate()), key_(KeyPair::generate()), device_(key_.public_key().id()) {
  unstored_.push_back(
      {certificate_key(device_), make_certificate(person_, key_, person_name, now, "").value()});
}

void WrittenLog::say(std::vector<Json> events, WallTime now) {
  Json array = Json::array();
  for (const Json& event : events) {
    hlc_ = next_hlc(hlc_, now);
    Json whole = {{"n", ++n_}, {"hlc", hlc_}, {"at", format_rfc3339(now)}};
    for (const auto& [name, value] : event.items()) whole[name] = value;
    array.push_back(std::move(whole));
    now += kBetweenEvents;
  }
  Bytes bytes = make_batch({device_, ++seq_, prev_, std::move(array)}, key_);
  prev_ = sha256_hex(bytes);
  unstored_.push_back({batch_key(device_, seq_), std::move(bytes)});
}

Result<void> WrittenLog::store(Storage& storage, int parallel) {
  std::atomic<std::size_t> next = 0;
  Guarded<Result<void>> outcome;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < parallel; ++i) {
      workers.emplace_back([&] {
        for (std::size_t item = next++; item < unstored_.size(); item = next++) {
          auto stored = storage.put(unstored_[item].key, unstored_[item].bytes, {});
          if (!stored) *outcome.lock() = std::move(stored);
        }
      });
    }
  }
  MEANWHILE_TRY(outcome.copy());
  unstored_.clear();
  return storage.put(head_key({device_, seq_}), {}, {});
}

Result<std::vector<WrittenLog>> write_library(Storage& storage, const LibraryPlan& plan, int parallel) {
  std::vector<WrittenLog> logs;
  const WallTime begin = wall_now() - std::chrono::hours(24);
  for (int device = 0; device < plan.devices; ++device) {
    WrittenLog& log = logs.emplace_back(fmt::format("Person {}", device), begin);
    const auto said = Talk(plan, device).events(log.device());
    for (std::size_t first = 0; first < said.size(); first += kLargestBatchEvents) {
      const std::size_t last = std::min(said.size(), first + kLargestBatchEvents);
      log.say({said.begin() + static_cast<std::ptrdiff_t>(first),
               said.begin() + static_cast<std::ptrdiff_t>(last)},
              begin + static_cast<std::int64_t>(first) * kBetweenEvents);
    }
    MEANWHILE_TRY(log.store(storage, parallel));
  }
  MEANWHILE_TRY(ring(storage, "all said"));
  return logs;
}

Result<void> ring(Storage& storage, const std::string& sound) {
  return storage.put(kBellKey, as_byte_span(sound), {});
}

}  // namespace meanwhile
