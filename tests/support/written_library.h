// A library that many devices have written for long, made at once: signed batches, heads, certificates, bell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "media/base/json.h"
#include "upload/identity.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {

struct LibraryPlan {
  int devices = 50;
  int events_of_a_device = 2000;
  int clips = 200;  // that all of them talk about
};

// One of the devices, which may go on writing.
class WrittenLog {
 public:
  explicit WrittenLog(const std::string& person_name, WallTime now);
  const std::string& device() const { return device_; }
  const KeyPair& person() const { return person_; }
  std::int64_t seq() const { return seq_; }

  // The events as one batch: at most kLargestBatchEvents, each with a type and its fields.
  void say(std::vector<Json> events, WallTime now);
  // Stores what was said since the last time, the head last; the old head stays. parallel: requests at a
  // time. Errors: storage's.
  Result<void> store(Storage& storage, int parallel);

 private:
  struct Object {
    std::string key;
    Bytes bytes;
  };
  const KeyPair person_;
  const KeyPair key_;
  const std::string device_;
  std::int64_t seq_ = 0;
  std::int64_t n_ = 0;
  std::int64_t hlc_ = 0;
  std::string prev_;
  std::vector<Object> unstored_;
};

// Each device says what people say: clips published, comments, answers to them, reactions, watched ranges.
// The bell is rung at the end. Errors: storage's.
Result<std::vector<WrittenLog>> write_library(Storage& storage, const LibraryPlan& plan, int parallel);

// As anybody does after writing. Errors: storage's.
Result<void> ring(Storage& storage, const std::string& sound);

}  // namespace meanwhile
