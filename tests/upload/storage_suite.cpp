// What every backend promises.
#include "tests/upload/storage_suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace meanwhile {

void EveryStorage::SetUp() {
  auto opened = GetParam().open(scratch_.path() / "library");
  if (!opened && opened.error().code == ErrorCode::Unsupported) GTEST_SKIP() << opened.error().message;
  ASSERT_TRUE(opened) << opened.error().message;
  storage_ = *opened;
}

void EveryStorage::put(const std::string& key, std::string_view text) {
  const auto stored = storage_->put(key, as_byte_span(text), {});
  ASSERT_TRUE(stored) << stored.error().message;
}

std::string EveryStorage::get(const std::string& key, std::optional<ByteRange> range) {
  const auto bytes = storage_->get(key, 1 << 20, range, {});
  return bytes ? std::string(as_text(*bytes)) : "error: " + bytes.error().message;
}

std::vector<std::string> EveryStorage::keys(const std::string& prefix, const std::string& after) {
  std::vector<std::string> found;
  const auto listed = storage_->list(prefix, after, {});
  EXPECT_TRUE(listed) << listed.error().message;
  if (!listed) return found;
  for (const ObjectInfo& info : *listed) found.push_back(info.key);
  return found;
}

ErrorCode EveryStorage::get_error(const std::string& key, std::uint64_t limit) {
  const auto bytes = storage_->get(key, limit, {}, {});
  EXPECT_FALSE(bytes) << key;
  return bytes ? ErrorCode::Internal : bytes.error().code;
}

// Several at a time, as the outbox does.
void EveryStorage::put_many(const std::vector<std::string>& keys) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      for (std::size_t k = next++; k < keys.size(); k = next++) {
        const auto stored = storage_->put(keys[k], {}, {});
        EXPECT_TRUE(stored) << keys[k] << ": " << stored.error().message;
      }
    });
  }
}

namespace {

// Not the same bytes anywhere twice in a row, and cheap.
Bytes patterned(std::size_t size) {
  Bytes bytes(size);
  std::uint32_t state = 1;
  for (std::byte& byte : bytes) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

using Keys = std::vector<std::string>;

TEST_P(EveryStorage, GivesBackWhatWasStored) {
  put("clips/2026-11/a/clip.json", "bytes");
  EXPECT_EQ(get("clips/2026-11/a/clip.json"), "bytes");
}

TEST_P(EveryStorage, StoresNothingAsAnObjectToo) {
  put("heads/x.1", "");
  EXPECT_EQ(get("heads/x.1"), "");
  EXPECT_EQ(storage_->stat("heads/x.1", {})->size_bytes, 0u);
}

TEST_P(EveryStorage, ReplacesWhole) {
  put("bell", "a long first ring");
  put("bell", "b");
  EXPECT_EQ(get("bell"), "b");
}

TEST_P(EveryStorage, GivesRanges) {
  put("seg.m4s", "0123456789");
  EXPECT_EQ(get("seg.m4s", ByteRange{2, 3}), "234");
  EXPECT_EQ(get("seg.m4s", ByteRange{8, 30}), "89");
  EXPECT_EQ(get("seg.m4s", ByteRange{10, 5}), "");
  EXPECT_EQ(get("seg.m4s", ByteRange{~0ull, ~0ull}), "");
}

TEST_P(EveryStorage, RefusesToReadMoreThanTheLimit) {
  put("big", std::string(1000, 'x'));
  EXPECT_EQ(get_error("big", 999), ErrorCode::Corrupt);
  EXPECT_TRUE(storage_->get("big", 1000, {}, {}));
}

TEST_P(EveryStorage, TellsWhatIsMissing) {
  EXPECT_EQ(get_error("nothing"), ErrorCode::NotFound);
  EXPECT_EQ(get_error("no/thing"), ErrorCode::NotFound);
  EXPECT_EQ(storage_->stat("nothing", {}).error().code, ErrorCode::NotFound);
}

TEST_P(EveryStorage, RemovesWhatMayBeGoneAlready) {
  put("heads/x.1", "");
  EXPECT_TRUE(storage_->remove("heads/x.1", {}));
  EXPECT_TRUE(storage_->remove("heads/x.1", {}));
  EXPECT_TRUE(storage_->remove("nowhere/at/all", {}));
  EXPECT_EQ(get_error("heads/x.1"), ErrorCode::NotFound);
}

TEST_P(EveryStorage, ListsInOrderBelowAPrefix) {
  for (const char* key : {"heads/b.2", "heads/b.10", "heads/a.1", "events/a/0/1.ev", "bell"}) put(key, "1");
  EXPECT_EQ(keys("heads/"), (Keys{"heads/a.1", "heads/b.10", "heads/b.2"}));
  EXPECT_EQ(keys("heads/", "heads/b.10"), (Keys{"heads/b.2"}));
  EXPECT_EQ(keys(""), (Keys{"bell", "events/a/0/1.ev", "heads/a.1", "heads/b.10", "heads/b.2"}));
  EXPECT_EQ(keys("none/"), Keys());
}

// "a/b" sorts before "a.b" by bytes of whole keys, not folder by folder.
TEST_P(EveryStorage, OrdersWholeKeys) {
  for (const char* key : {"x/a/1", "x/a.b", "x/a-c"}) put(key, "");
  EXPECT_EQ(keys("x/"), (Keys{"x/a-c", "x/a.b", "x/a/1"}));
}

TEST_P(EveryStorage, RefusesHostileKeys) {
  for (const std::string key : {"", "/", "/abs", "a//b", "../x", "a/../b", "a/..", ".hidden", "a/.b", "end.",
                                "A", "a b", "a\\b", "a/", "~tmp", "ü", "a\nb"}) {
    EXPECT_EQ(storage_->put(key, {}, {}).error().code, ErrorCode::InvalidArgument) << key;
    EXPECT_EQ(get_error(key), ErrorCode::InvalidArgument) << key;
    EXPECT_EQ(storage_->remove(key, {}).error().code, ErrorCode::InvalidArgument) << key;
  }
  EXPECT_EQ(storage_->put(std::string(65, 'a'), {}, {}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(storage_->list("heads", "", {}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(storage_->list("../", "", {}).error().code, ErrorCode::InvalidArgument);
}

TEST_P(EveryStorage, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(storage_->put("a", {}, stop.get_token()).error().code, ErrorCode::Aborted);
  EXPECT_EQ(storage_->list("", "", stop.get_token()).error().code, ErrorCode::Aborted);
}

TEST_P(EveryStorage, ShowsOnlyWholeObjectsWhileManyWrite) {
  if (GetParam().shows_half_uploads) GTEST_SKIP() << "this server shows half uploads: readers go by hashes";
  const std::string a(200'000, 'a');
  const std::string b(200'000, 'b');  // as long: who asks for the size after storing must not be misled
  put("x/bell", a);
  {
    std::vector<std::jthread> writers;
    for (const std::string& text : {a, b}) {
      writers.emplace_back([this, text] {
        for (int i = 0; i < 20; ++i) put("x/bell", text);
      });
    }
    for (int i = 0; i < 40; ++i) {
      const std::string seen = get("x/bell");
      EXPECT_TRUE(seen == a || seen == b) << seen.size() << " bytes: " << seen.substr(0, 300);
    }
  }
  EXPECT_EQ(keys(""), (Keys{"x/bell"}));
}

TEST_P(EveryStorage, TakesEachCharacterOfAKey) {
  const std::string all = "abcdefghijklmnopqrstuvwxyz0123456789";
  Keys given{"x/" + all, "x/a-b.c--d..e", "x/-", "x/0/-a-/b.c", "x/" + std::string(64, 'z')};
  std::ranges::sort(given);
  for (const std::string& key : given) put(key, key);
  for (const std::string& key : given) EXPECT_EQ(get(key), key);
  EXPECT_EQ(keys("x/"), given);
}

TEST_P(EveryStorage, TakesTheLongestKey) {
  std::string key = std::string(64, 'a') + "/" + std::string(64, 'b') + "/" + std::string(30, 'c');
  ASSERT_EQ(key.size(), 160u);
  put(key, "deep");
  EXPECT_EQ(get(key), "deep");
  EXPECT_EQ(storage_->stat(key, {})->size_bytes, 4u);
}

TEST_P(EveryStorage, TakesEachSizeUpToTheLargest) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{65'535}, std::size_t{65'536},
                                 std::size_t{1'000'001}, std::size_t{kLargestObjectBytes}}) {
    const Bytes bytes = patterned(size);
    const std::string key = fmt::format("clips/2026-11/a/screen/{}.m4s", size);
    const auto stored = storage_->put(key, bytes, {});
    ASSERT_TRUE(stored) << stored.error().message;
    EXPECT_EQ(storage_->stat(key, {})->size_bytes, size);
    const auto back = storage_->get(key, size, {}, {});
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_TRUE(*back == bytes) << size;
    const auto part = storage_->get(key, 100, ByteRange{size / 2, 100}, {});
    ASSERT_TRUE(part) << part.error().message;
    EXPECT_TRUE(std::ranges::equal(
        *part, std::span(bytes).subspan(size / 2, std::min<std::size_t>(100, size - size / 2))));
  }
}

TEST_P(EveryStorage, ListsManyKeys) {
  const int count = GetParam().many;
  Keys given;
  for (int i = 0; i < count; ++i) given.push_back(fmt::format("heads/{:026}.{}", i * 7919 % count, i));
  put_many(given);
  std::ranges::sort(given);
  EXPECT_TRUE(keys("heads/") == given);
  const auto near_end = static_cast<std::size_t>(count) - 3;
  EXPECT_EQ(keys("heads/", given[near_end]), (Keys{given[near_end + 1], given[near_end + 2]}));
}

TEST_P(EveryStorage, PassesOverWhatLiesBefore) {
  for (const char* key : {"clips/a/1", "clips/b/1", "clips/b/2", "clips/c/1"}) put(key, "x");
  EXPECT_EQ(keys("clips/", "clips/b/1"), (Keys{"clips/b/2", "clips/c/1"}));
  EXPECT_EQ(keys("clips/", "clips/b"), (Keys{"clips/b/1", "clips/b/2", "clips/c/1"}));
  EXPECT_EQ(keys("clips/", "z"), Keys());
}

TEST_P(EveryStorage, AStopLeavesAllOrNothing) {
  const Bytes bytes = patterned(kLargestObjectBytes);
  std::stop_source stop;
  Result<void> stored;
  {
    const std::jthread writer([&] { stored = storage_->put("big", bytes, stop.get_token()); });
    stop.request_stop();
  }
  EXPECT_TRUE(stored || stored.error().code == ErrorCode::Aborted) << stored.error().message;
  if (GetParam().shows_half_uploads) return;
  const auto there = storage_->stat("big", {});
  EXPECT_TRUE(there ? there->size_bytes == bytes.size() : there.error().code == ErrorCode::NotFound);
}

TEST_P(EveryStorage, ManyReadAtOnce) {
  const std::string text(300'000, 'x');
  for (int i = 0; i < 8; ++i) put(fmt::format("x/{}", i), text);
  std::vector<std::jthread> readers;
  for (int i = 0; i < 8; ++i)
    readers.emplace_back([this, i, &text] { EXPECT_TRUE(get(fmt::format("x/{}", i)) == text); });
}

}  // namespace
}  // namespace meanwhile
