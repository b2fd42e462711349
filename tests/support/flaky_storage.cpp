#include "tests/support/flaky_storage.h"

#include <algorithm>

namespace meanwhile {
namespace {

constexpr int kOutageRequests = 20;

std::unexpected<Error> fault(const char* what) {
  return fail(ErrorCode::Unavailable, what);
}

}  // namespace

FlakyStorage::FlakyStorage(std::shared_ptr<Storage> inner, unsigned seed, FaultRates rates)
    : inner_(std::move(inner)) {
  auto state = state_.lock();
  state->rates = rates;
  state->random.seed(seed);
}

bool FlakyStorage::strikes(double FaultRates::* rate) {
  auto state = state_.lock();
  const bool strike = std::uniform_real_distribution<>(0, 1)(state->random) < state->rates.*rate;
  state->faults += strike ? 1 : 0;
  return strike;
}

// In an order of its own.
void FlakyStorage::deliver_delayed(double probability) {
  std::vector<std::pair<std::string, Bytes>> arriving;
  {
    auto state = state_.lock();
    std::erase_if(state->on_their_way, [&](auto& put) {
      if (std::uniform_real_distribution<>(0, 1)(state->random) >= probability) return false;
      arriving.push_back(std::move(put));
      return true;
    });
    std::ranges::shuffle(arriving, state->random);
  }
  for (const auto& [key, bytes] : arriving) (void)inner_->put(key, bytes, {});
}

Result<void> FlakyStorage::begin(int RequestCounts::* count) {
  deliver_delayed(0.2);
  {
    auto state = state_.lock();
    ++(state->counts.*count);
    for (auto it = state->hidden.begin(); it != state->hidden.end();) {
      it = --it->second <= 0 ? state->hidden.erase(it) : std::next(it);
    }
    if (state->failing) return std::unexpected(*state->failing);
    if (state->refused_yet > 0) {
      --state->refused_yet;
      return fault("offline");
    }
  }
  if (strikes(&FaultRates::outage)) state_.lock()->refused_yet = kOutageRequests;
  if (strikes(&FaultRates::error_before)) return fault("503 before");
  return {};
}

Bytes FlakyStorage::damaged(std::span<const std::byte> bytes, double FaultRates::* truncated,
                            double FaultRates::* flipped) {
  Bytes copy(bytes.begin(), bytes.end());
  if (copy.empty()) return copy;
  if (strikes(truncated)) copy.resize(copy.size() / 2);
  // Another bit on the way back than on the way there: two damages must not undo each other.
  const std::byte bit = flipped == &FaultRates::flipped_put ? std::byte{1} : std::byte{2};
  if (!copy.empty() && strikes(flipped)) copy[state_.lock()->random() % copy.size()] ^= bit;
  return copy;
}

bool FlakyStorage::is_hidden(const std::string& key) {
  return state_.lock()->hidden.contains(key);
}

Result<void> FlakyStorage::store(const std::string& key, std::span<const std::byte> bytes,
                                 const std::stop_token& stop) {
  if (strikes(&FaultRates::lost_put)) return {};
  const bool is_new = !inner_->stat(key, stop);
  const bool late = is_new && strikes(&FaultRates::late);
  if (late) state_.lock()->hidden[key] = 8;
  return inner_->put(key, damaged(bytes, &FaultRates::truncated_put, &FaultRates::flipped_put), stop);
}

Result<void> FlakyStorage::put(const std::string& key, std::span<const std::byte> bytes,
                               std::stop_token stop) {
  MEANWHILE_TRY(begin(&RequestCounts::puts));
  MEANWHILE_TRY(store(key, bytes, stop));
  if (strikes(&FaultRates::doubled)) MEANWHILE_TRY(inner_->put(key, bytes, stop));
  if (strikes(&FaultRates::reordered))
    state_.lock()->on_their_way.emplace_back(key, Bytes(bytes.begin(), bytes.end()));
  if (strikes(&FaultRates::lost_acknowledgement)) return fault("reset after");
  return {};
}

Result<Bytes> FlakyStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                std::optional<ByteRange> range, std::stop_token stop) {
  MEANWHILE_TRY(begin(&RequestCounts::gets));
  if (is_hidden(key)) return fail(ErrorCode::NotFound, "not visible yet");
  auto bytes = inner_->get(key, limit_bytes, range, stop);
  if (!bytes) return bytes;
  return damaged(*bytes, &FaultRates::truncated_get, &FaultRates::flipped_get);
}

Result<std::vector<ObjectInfo>> FlakyStorage::list(const std::string& prefix, const std::string& after,
                                                   std::stop_token stop) {
  MEANWHILE_TRY(begin(&RequestCounts::lists));
  auto found = inner_->list(prefix, after, stop);
  if (!found) return found;
  std::erase_if(*found, [&](const ObjectInfo& info) { return is_hidden(info.key); });
  const bool stale = strikes(&FaultRates::stale_list);
  auto state = state_.lock();
  std::vector<ObjectInfo>& earlier = state->lists[prefix + " " + after];
  if (stale) return earlier;
  earlier = *found;
  return found;
}

Result<ObjectInfo> FlakyStorage::stat(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(begin(&RequestCounts::stats));
  if (is_hidden(key)) return fail(ErrorCode::NotFound, "not visible yet");
  return inner_->stat(key, stop);
}

Result<void> FlakyStorage::remove(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(begin(&RequestCounts::removes));
  MEANWHILE_TRY(inner_->remove(key, stop));
  if (strikes(&FaultRates::lost_acknowledgement)) return fault("reset after");
  return {};
}

}  // namespace meanwhile
