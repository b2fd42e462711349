// Storage that misbehaves as real storage was seen to, by a seed; and that counts what it is asked.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "media/base/guarded.h"
#include "upload/decorate/forwarding_storage.h"

namespace meanwhile {

// How often each fault strikes, 0 to 1.
struct FaultRates {
  double error_before = 0;          // refused, nothing done
  double lost_acknowledgement = 0;  // done, but answered as a failure
  double truncated_put = 0;         // a part is stored, answered as a success
  double flipped_put = 0;           // one bit differs in what is stored, answered as a success
  double truncated_get = 0;
  double flipped_get = 0;
  double doubled = 0;     // the request arrives twice
  double stale_list = 0;  // an earlier answer to the same question
  double late = 0;        // a new object is not to be seen for the next requests
  double reordered = 0;   // the request arrives once more, after later ones
  double lost_put = 0;    // nothing is stored, answered as a success
  double outage = 0;      // this request and the next ones are refused

  static FaultRates all(double rate) {
    return {rate, rate, rate, rate, rate, rate, rate, rate, rate, rate, rate, rate / 20};
  }
};

struct RequestCounts {
  int puts = 0;
  int gets = 0;
  int lists = 0;
  int stats = 0;
  int removes = 0;
  int total() const { return puts + gets + lists + stats + removes; }
};

// Any thread.
class FlakyStorage final : public ForwardingStorage, public ServerClock {
 public:
  explicit FlakyStorage(std::shared_ptr<Storage> inner, unsigned seed = 1, FaultRates rates = {});

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override { return "flaky " + inner_->description(); }
  // Nothing goes past the faults.
  StorageCapabilities capabilities() override { return {.server_clock = this}; }

  void set_rates(FaultRates rates) { state_.lock()->rates = rates; }
  std::optional<std::chrono::seconds> clock_ahead() const override { return state_.copy().clock_ahead; }
  void set_clock_ahead(std::chrono::seconds ahead) { state_.lock()->clock_ahead = ahead; }
  // What is still on its way arrives, and an outage is over.
  void deliver_all() {
    state_.lock()->refused_yet = 0;
    deliver_delayed(1);
  }
  // All requests fail with it, until it is taken away.
  void fail_with(std::optional<Error> error) { state_.lock()->failing = std::move(error); }
  RequestCounts counts() const { return state_.copy().counts; }
  void reset_counts() { state_.lock()->counts = {}; }
  int faults() const { return state_.copy().faults; }

 private:
  Result<Storage*> inner() override { return inner_.get(); }
  struct State {
    FaultRates rates;
    std::mt19937 random;
    std::optional<Error> failing;
    std::optional<std::chrono::seconds> clock_ahead;
    RequestCounts counts;
    int faults = 0;
    int refused_yet = 0;                                      // requests, in an outage
    std::map<std::string, int> hidden;                        // key: for so many more requests
    std::vector<std::pair<std::string, Bytes>> on_their_way;  // puts that are to arrive once more
    std::map<std::string, std::vector<ObjectInfo>> lists;
  };
  bool strikes(double FaultRates::* rate);
  Result<void> begin(int RequestCounts::* count);
  void deliver_delayed(double probability);
  Bytes damaged(std::span<const std::byte> bytes, double FaultRates::* truncated,
                double FaultRates::* flipped);
  bool is_hidden(const std::string& key);
  Result<void> store(const std::string& key, std::span<const std::byte> bytes, const std::stop_token& stop);

  const std::shared_ptr<Storage> inner_;
  Guarded<State> state_;
};

}  // namespace meanwhile
