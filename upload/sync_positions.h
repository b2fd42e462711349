// How far each device's log has been read, and what is missing in it: sync's rows in the journal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/identity.h"
#include "upload/journal.h"
#include "upload/signing.h"
#include "upload/sync_options.h"
#include "upload/verified_batch.h"

namespace meanwhile {

// A head is a name that anybody can write: of one that is far off, only its own batch is looked for, until
// that is here and verifies.
constexpr std::int64_t kBelievedAhead = 8;

struct KnownDevice {
  std::string device;
  PublicKey key;
  std::string person;
  std::string name;
};

// A hole with seq 0 is a device whose certificate is missing or doesn't verify.
struct Hole {
  std::string device;
  std::int64_t seq = 0;
};

class SyncPositions {
 public:
  SyncPositions(Journal& journal, const SyncOptions& options) : journal_(journal), options_(options) {}

  Result<std::optional<KnownDevice>> device(const std::string& device);
  // The first certificate that is seen of a device counts for ever.
  Result<void> keep_device(const Certificate& certificate);

  // Batches of device up to head that aren't read, aren't postponed, and aren't in `tried`: at most `most`.
  Result<std::vector<std::int64_t>> missing(const std::string& device, std::int64_t head,
                                            const std::set<std::int64_t>& tried, std::size_t most,
                                            WallTime now);
  // Those that are worth a request without a bell: not the ones that were given up.
  Result<std::vector<Hole>> due_holes(WallTime now);
  // Devices whose certificate was missing, and whether it is time to look for it again.
  Result<std::map<std::string, bool>> uncertified(WallTime now);
  // true: it is a new one.
  Result<bool> note_hole(const Hole& hole, WallTime now);
  Result<void> close_hole(const Hole& hole);
  Result<std::int64_t> count_holes();

  // The hashes of the batches that were read under one number: more than one after a fork.
  Result<std::vector<std::string>> hashes(const std::string& device, std::int64_t seq);
  // Which batches the ones under seq follow.
  Result<std::vector<std::string>> prevs(const std::string& device, std::int64_t seq);
  // All or none.
  Result<void> note_received(std::span<const VerifiedBatch> batches);

  // The highest number that was read of a device, whatever is missing before it.
  Result<std::int64_t> last_received(const std::string& device);

  // All known devices. Errors: Io.
  Result<std::vector<std::pair<KnownDevice, std::int64_t>>> devices();

  // Conflict copies that were read, in one folder of the library.
  Result<bool> is_known_copy(const std::string& folder, const std::string& name, const std::string& version);
  Result<void> note_copy(const std::string& folder, const std::string& name, const std::string& version);

  // What this home signed itself: "" if nothing under seq.
  Result<std::string> own_hash(const std::string& device, std::int64_t seq);
  // The last batch that this home signed for device.
  Result<std::int64_t> own_seq(const std::string& device);
  // The last one that a head of device in the library was written for.
  Result<std::int64_t> own_head(const std::string& device);
  Result<void> forget_all();

 private:
  Result<bool> note_hole_within(const Hole& hole, WallTime now);
  Result<void> note_one_received(const VerifiedBatch& batch);
  Result<std::int64_t> position(const std::string& device);
  Result<void> advance(const std::string& device, std::int64_t from);
  std::chrono::milliseconds delay(std::int64_t attempts) const;

  Journal& journal_;
  const SyncOptions& options_;
};

}  // namespace meanwhile
