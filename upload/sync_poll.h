// One poll of a library: what sync does between two looks at the bell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/storage.h"
#include "upload/sync.h"
#include "upload/sync_positions.h"
#include "upload/verified_batch.h"

namespace meanwhile {

class Sync::Poll {
 public:
  Poll(Sync& sync, const DeliverBatches& deliver, std::stop_token stop);

  Result<SyncReport> run();

 private:
  using Heads = std::map<std::string, std::int64_t>;
  struct Wanted {
    KnownDevice device;
    std::int64_t seq = 0;
  };

  Result<std::string> read_signal();
  Result<std::string> read_bell();
  Result<bool> is_listing_due(const std::string& signal);
  Result<bool> is_overdue();
  Result<void> list_names();
  Result<Heads> list_heads();
  Result<void> note_listing(const std::string& signal);
  Result<Heads> heads_of_holes(const std::vector<Hole>& holes);
  Result<void> check_own_head(Heads& heads);

  Result<void> load_known();
  Result<void> learn_devices(const Heads& heads);
  Result<void> learn_device(const std::string& device, const Result<Bytes>& bytes);
  Result<void> read_batches(const Heads& heads);
  Result<std::vector<Wanted>> next_round(const Heads& heads);
  Result<void> take_round(const std::vector<Wanted>& round);
  std::int64_t last_batch(const std::string& person, const std::string& device) const;
  Result<VerifiedBatch> verify(const Wanted& wanted, const Bytes& bytes);
  Result<void> miss(const Wanted& wanted, const Error& error);
  Result<void> hand_over(std::vector<VerifiedBatch> batches);
  Result<void> check_chains(const std::vector<VerifiedBatch>& batches);
  Result<void> check_one_before(const VerifiedBatch& batch);
  Result<void> check_one_after(const VerifiedBatch& batch);
  Result<void> look_for_other_version(const VerifiedBatch& of, std::int64_t seq);
  // sync_copies.cpp
  Result<void> look_for_copies_if_due();
  Result<void> read_copies(ConflictCopies& there, const KnownDevice& device, const std::string& folder);
  Result<void> take_copy(const KnownDevice& device, const Bytes& bytes);
  void warn(std::string sentence);

  Sync& sync_;
  const DeliverBatches& deliver_;
  const std::stop_token stop_;
  SyncPositions positions_;
  const WallTime now_;
  SyncReport report_;
  std::optional<std::vector<ObjectInfo>> names_;  // of the heads
  std::int64_t own_head_before_ = 0;
  struct Known {
    KnownDevice device;
    std::int64_t position = 0;  // as this poll found it
  };
  std::map<std::string, Known> known_;
  std::map<std::string, std::set<std::int64_t>> tried_;  // in this poll
  std::size_t round_size_;                               // batches
  int versions_sought_ = 0;
  int copies_read_ = 0;
};

}  // namespace meanwhile
