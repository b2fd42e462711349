// What is read back of what was stored, and what that notices.
#include "upload/stored_bytes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <set>

#include "media/base/guarded.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

constexpr const char* kKey = "clips/a";
constexpr std::size_t kLarge = 100'000;

using Change = std::function<void(const std::string& key, Bytes& bytes)>;

// Keeps what it is given as `change` makes it, and says yes to all.
class GarblingServer final : public ForwardingStorage, public HashedUploads {
 public:
  explicit GarblingServer(UploadProof proof = UploadProof::Server, Change change = {})
      : proof_(proof), change_(std::move(change)) {}
  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string&,
                                 std::stop_token stop) override {
    Bytes bytes(payload.size());
    MEANWHILE_TRY(payload.read(0, bytes));
    if (change_) change_(key, bytes);
    MEANWHILE_TRY(put(key, bytes, std::move(stop)));
    return proof_;
  }
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override {
    auto bytes = ForwardingStorage::get(key, limit_bytes, range, std::move(stop));
    if (bytes) read_ += bytes->size();
    return bytes;
  }
  bool checks_uploads() const override { return proof_ == UploadProof::Hash; }
  StorageCapabilities capabilities() override { return {.hashed_uploads = this}; }
  std::string description() const override { return "the server"; }
  std::size_t read() const { return read_; }

 private:
  Result<Storage*> inner() override { return &inner_; }

  const UploadProof proof_;
  const Change change_;
  MemoryStorage inner_{"garbled"};
  std::atomic<std::size_t> read_ = 0;
};

Change at(std::size_t place) {
  return [place](const std::string&, Bytes& bytes) { bytes.at(place) ^= std::byte{1}; };
}

ErrorCode outcome(GarblingServer& server, std::size_t size, ReadBack read_back = ReadBack::InPart) {
  const auto stored = put_checked(server, kKey, Bytes(size, std::byte{'x'}), {}, "", read_back);
  return stored ? ErrorCode::EndOfStream : stored.error().code;
}
ErrorCode outcome(Change change, std::size_t size, ReadBack read_back = ReadBack::InPart) {
  GarblingServer server(UploadProof::Server, std::move(change));
  return outcome(server, size, read_back);
}

TEST(StoredBytes, SmallObjectsAreReadBackWhole) {
  EXPECT_EQ(outcome(at(0), 64 << 10), ErrorCode::Corrupt);
}

TEST(StoredBytes, LargeOnesWholeIfThatIsAskedFor) {
  EXPECT_EQ(outcome(at(0), kLarge, ReadBack::All), ErrorCode::Corrupt);
}

TEST(StoredBytes, InPartTheEndAndTheLengthAreCertain) {
  EXPECT_EQ(outcome(at(kLarge - 1), kLarge), ErrorCode::Corrupt);
  EXPECT_EQ(outcome([](const auto&, Bytes& bytes) { bytes.pop_back(); }, kLarge), ErrorCode::Corrupt);
  EXPECT_EQ(outcome([](const auto&, Bytes& bytes) { bytes.push_back({}); }, kLarge), ErrorCode::Corrupt);
  EXPECT_EQ(outcome([](const auto&, Bytes& bytes) { bytes.clear(); }, kLarge), ErrorCode::Corrupt);
}

// That it isn't seen in 300 tries is as likely as 4 in a thousand million.
TEST(StoredBytes, InPartDamageInTheMiddleIsSeenNowAndThen) {
  bool is_seen = false;
  for (int i = 0; i < 300 && !is_seen; ++i) is_seen = outcome(at(0), kLarge) == ErrorCode::Corrupt;
  EXPECT_TRUE(is_seen);
}

TEST(StoredBytes, WhatIsRightCostsLittle) {
  GarblingServer server;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(outcome(server, kLarge), ErrorCode::EndOfStream);
  EXPECT_LT(server.read(), 100 * kLarge / 2);
}

TEST(StoredBytes, AHashNeedsNoReading) {
  GarblingServer server(UploadProof::Hash);
  EXPECT_EQ(outcome(server, kLarge), ErrorCode::EndOfStream);
  EXPECT_EQ(server.read(), 0u);
}

TEST(StoredBytes, WhatNobodyVouchesForIsReadBackWhole) {
  GarblingServer server(UploadProof::Nothing, at(0));
  EXPECT_EQ(outcome(server, kLarge), ErrorCode::Corrupt);
}

// Each object is garbled when it is first stored, in its middle: most pass, until one is seen.
TEST(StoredBytes, OnceDamageIsSeenAllOfAGroupIsSentAgain) {
  constexpr int kObjects = 300;
  Guarded<std::set<std::string>> known;
  const auto storage =
      std::make_shared<GarblingServer>(UploadProof::Server, [&](const std::string& key, Bytes& bytes) {
        if (key.starts_with("clips/") && known.lock()->insert(key).second) bytes.front() ^= std::byte{1};
      });
  const ScopedFolder home;
  const auto path = home.path() / "track.mp4";
  const std::string text(kLarge, 'x');
  std::ofstream(path) << text;
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  std::vector<OutboxItem> items;
  for (int i = 0; i < kObjects; ++i)
    items.push_back({.key = "clips/" + std::to_string(i), .source = FileRange{path, 0, kLarge}});
  ASSERT_TRUE(place.outbox->add("clip", std::move(items), {say("published")}));
  place.outbox->start();
  ASSERT_EQ(*place.outbox->wait_until_stored("clip", far_deadline()), StoredOutcome::Stored);
  for (int i = 0; i < kObjects; ++i) {
    const auto stored = storage->get("clips/" + std::to_string(i), kLarge, {}, {});
    ASSERT_TRUE(stored);
    EXPECT_TRUE(as_text(*stored) == text) << i;
  }
}

}  // namespace
}  // namespace meanwhile
