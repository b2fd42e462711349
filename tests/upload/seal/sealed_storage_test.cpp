#include "upload/seal/sealed_storage.h"

#include <gtest/gtest.h>

#include "tests/upload/storage_suite.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibrary = "01jaaaaaaaaaaaaaaaaaaaaaaa";

class OneSecret final : public SealSecrets {
 public:
  Result<SealSecret> for_writing(std::stop_token /*stop*/) override { return secret_; }
  Result<SealSecret> find(const std::string& id, std::stop_token /*stop*/) override {
    if (id == secret_.id()) return secret_;
    return fail(ErrorCode::PermissionDenied, "another secret");
  }

 private:
  const SealSecret secret_ = SealSecret::generate();
};

std::shared_ptr<Storage> sealed(std::shared_ptr<Storage> place) {
  return std::make_shared<SealedStorage>(std::move(place), kLibrary, std::make_shared<OneSecret>());
}

INSTANTIATE_TEST_SUITE_P(
    Sealed, EveryStorage,
    testing::Values(Backend{.name = "SealedMemory",
                            .open = [](const fs::path&) -> Result<std::shared_ptr<Storage>> {
                              return sealed(std::make_shared<MemoryStorage>("test"));
                            }},
                    Backend{.name = "SealedFolder",
                            .open = [](const fs::path& path) -> Result<std::shared_ptr<Storage>> {
                              auto folder = FolderStorage::open(path, MissingFolder::Make);
                              if (!folder) return std::unexpected(folder.error());
                              return sealed(std::move(*folder));
                            },
                            .many = 200}),
    [](const auto& backend) { return backend.param.name; });

class SealedStorageTest : public testing::Test {
 protected:
  const std::shared_ptr<MemoryStorage> place_ = std::make_shared<MemoryStorage>("test");
  const std::shared_ptr<Storage> storage_ = sealed(place_);
  const std::string key_ = "clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s";

  Bytes stored(const std::string& key) { return *place_->get(key, 1 << 24, {}, {}); }
  static Bytes bytes_of(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i ^ (i >> 8));
    return bytes;
  }
};

TEST_F(SealedStorageTest, NothingOfItLiesInThePlace) {
  ASSERT_TRUE(storage_->put(key_, as_byte_span("what Ada said to Ben"), {}));
  EXPECT_FALSE(as_text(stored(key_)).contains("Ada"));
  EXPECT_EQ(as_text(*storage_->get(key_, 100, {}, {})), "what Ada said to Ben");
  EXPECT_EQ(storage_->stat(key_, {})->size_bytes, 20u);
  EXPECT_EQ(storage_->list("clips/", "", {})->front().size_bytes, 20u);
}

TEST_F(SealedStorageTest, PagesForOthersLieInItAsTheyAre) {
  ASSERT_TRUE(
      storage_->put("shares/01jddddddddddddddddddddddd/index.html", as_byte_span("<!doctype html>"), {}));
  EXPECT_EQ(as_text(stored("shares/01jddddddddddddddddddddddd/index.html")), "<!doctype html>");
  EXPECT_EQ(storage_->stat("shares/01jddddddddddddddddddddddd/index.html", {})->size_bytes, 15u);
}

TEST_F(SealedStorageTest, AnyRangeOfItCanBeRead) {
  const Bytes bytes = bytes_of(3 * kSealChunkBytes + 100);
  ASSERT_TRUE(storage_->put(key_, bytes, {}));
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{kSealChunkBytes - 1},
        std::uint64_t{kSealChunkBytes}, std::uint64_t{2 * kSealChunkBytes + 5},
        std::uint64_t{3 * kSealChunkBytes}, bytes.size() - 1, bytes.size() + 0, bytes.size() + 70'000}) {
    for (const std::uint64_t length :
         {std::uint64_t{1}, std::uint64_t{100}, std::uint64_t{kSealChunkBytes}, std::uint64_t{1 << 20}}) {
      const auto part = storage_->get(key_, 1 << 24, ByteRange{offset, length}, {});
      const auto from = std::min<std::size_t>(offset, bytes.size());
      const auto to = std::min<std::size_t>(from + length, bytes.size());
      ASSERT_TRUE(part) << offset << " + " << length << ": " << part.error().message;
      EXPECT_EQ(*part, Bytes(bytes.begin() + from, bytes.begin() + to)) << offset << " + " << length;
    }
  }
}

TEST_F(SealedStorageTest, APartOfWhatWasCutOffFails) {
  ASSERT_TRUE(storage_->put(key_, bytes_of(3 * kSealChunkBytes + 100), {}));
  Bytes cut = stored(key_);
  cut.resize(kSealHeaderBytes + 2 * kSealedChunkBytes);
  ASSERT_TRUE(place_->put(key_, cut, {}));
  const auto get = [&](ByteRange range) { return storage_->get(key_, 1 << 24, range, {}); };
  EXPECT_TRUE(get({0, 100})) << "what is there is what was said";
  EXPECT_EQ(get({0, 3 * kSealChunkBytes}).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(get({2 * kSealChunkBytes, 100}).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(get({3 * kSealChunkBytes, 100}).error().code, ErrorCode::Corrupt);
}

TEST_F(SealedStorageTest, ObjectsThatWereSwappedFail) {
  const std::string other = "clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000002.m4s";
  ASSERT_TRUE(storage_->put(key_, as_byte_span("first"), {}));
  ASSERT_TRUE(storage_->put(other, as_byte_span("second"), {}));
  ASSERT_TRUE(place_->put(other, stored(key_), {}));
  EXPECT_EQ(storage_->get(other, 100, {}, {}).error().code, ErrorCode::Corrupt);
}

TEST_F(SealedStorageTest, WhatNobodySealedIsNotTaken) {
  ASSERT_TRUE(place_->put("devices/x.json", as_byte_span("{}"), {}));
  EXPECT_EQ(storage_->get("devices/x.json", 100, {}, {}).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(storage_->stat("devices/x.json", {})->size_bytes, 0u);
  for (const char* open : {"meanwhile.json", "bell", "members/invite-x.json"}) {
    ASSERT_TRUE(storage_->put(open, as_byte_span("as it is"), {}));
    EXPECT_EQ(as_text(stored(open)), "as it is");
    EXPECT_EQ(as_text(*storage_->get(open, 100, {}, {})), "as it is");
  }
}

TEST_F(SealedStorageTest, ASealedClipIsAtMostAThousandthLarger) {
  const std::uint64_t segment = 250'000;
  EXPECT_LE(static_cast<double>(sealed_size(segment)) / segment, 1.001);
}

}  // namespace
}  // namespace meanwhile
