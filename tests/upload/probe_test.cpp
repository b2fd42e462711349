#include "upload/probe.h"

#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/event_batch.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kNoPause{0};

// What is wrong with it.
enum class Fault {
  RefusesEmpty,
  LosesEmpty,
  HidesEmptyInLists,
  RefusesLarge,
  CutsLarge,
  ListsLate,
  ListsNothing,
  TellsNoSizes,
  TellsWrongSizes,
  ForgetsAfterALook,
  GivesOtherParts,
  KeepsHeadsOnlyForOthers
};

class FaultyStorage final : public ForwardingStorage {
 public:
  FaultyStorage(std::shared_ptr<Storage> inner, Fault fault) : inner_(std::move(inner)), fault_(fault) {}

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override {
    const bool is_large = bytes.size() > 1 << 20;
    if (fault_ == Fault::RefusesEmpty && bytes.empty()) return fail(ErrorCode::Io, "status 415");
    if (fault_ == Fault::RefusesLarge && is_large) return fail(ErrorCode::PermissionDenied, "status 413");
    if (fault_ == Fault::LosesEmpty && bytes.empty()) return {};
    if (fault_ == Fault::CutsLarge && is_large) bytes = bytes.first(1 << 20);
    if (fault_ == Fault::KeepsHeadsOnlyForOthers && key.starts_with(kHeadsPrefix))
      return fail(ErrorCode::PermissionDenied, "heads/ belongs to somebody else");
    return ForwardingStorage::put(key, bytes, std::move(stop));
  }
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override {
    if (fault_ == Fault::ForgetsAfterALook && lists_ > 0) return fail(ErrorCode::NotFound, "it isn't there");
    if (fault_ == Fault::GivesOtherParts && range) range->offset += 1;
    return ForwardingStorage::get(key, limit_bytes, range, std::move(stop));
  }
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override {
    auto found = ForwardingStorage::list(prefix, after, std::move(stop));
    ++lists_;
    const bool is_blind = fault_ == Fault::ListsNothing || (fault_ == Fault::ListsLate && lists_ <= 2);
    std::erase_if(*found, [&](const ObjectInfo& info) {
      return is_blind || (fault_ == Fault::HidesEmptyInLists && info.size_bytes == 0U);
    });
    for (ObjectInfo& info : *found) {
      if (fault_ == Fault::TellsNoSizes) info.size_bytes.reset();
      if (fault_ == Fault::TellsWrongSizes) info.size_bytes = *info.size_bytes + 1;
    }
    return found;
  }
  std::string description() const override { return "the place"; }

 private:
  Result<Storage*> inner() override { return inner_.get(); }
  const std::shared_ptr<Storage> inner_;
  const Fault fault_;
  int lists_ = 0;
};

class ProbeTest : public testing::Test {
 protected:
  std::string troubles() {
    const auto report = probe_storage(*flaky_, {}, kNoPause);
    std::string all;
    for (const std::string& trouble : report->troubles) all += trouble + "\n";
    return all;
  }
  ProbeReport report_of(Fault fault) {
    FaultyStorage storage(memory_, fault);
    return probe_storage(storage, {}, kNoPause).value();
  }
  std::string loss_of(Fault fault) {
    const auto report = report_of(fault);
    EXPECT_EQ(report.losses.empty(), check_loses_nothing(report).has_value());
    return report.losses.empty() ? "" : report.losses.front();
  }
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("place");
  std::shared_ptr<FlakyStorage> flaky_ = std::make_shared<FlakyStorage>(memory_);
};

constexpr const char* kAll =
    "stores, shows at once, keeps empty files, keeps large ones, lists, gives parts, replaces and removes";

TEST_F(ProbeTest, AGoodStorageDoesAllAndKeepsNothing) {
  const auto report = probe_storage(*memory_, {}, kNoPause);
  EXPECT_EQ(describe_steps(report->done), kAll);
  EXPECT_TRUE(report->troubles.empty());
  EXPECT_TRUE(report->may_store);
  EXPECT_TRUE(memory_->list("", "", {})->empty());
}

TEST_F(ProbeTest, LeavesNoFoldersOfItsOwn) {
  const ScopedFolder scratch;
  const auto folder = *FolderStorage::open(scratch.path() / "library", MissingFolder::Make);
  EXPECT_EQ(describe_steps(probe_storage(*folder, {}, kNoPause)->done), kAll);
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path() / "library"))
    left.push_back(entry.path().filename());
  std::ranges::sort(left);
  EXPECT_EQ(left, (std::vector<std::string>{"clips", "heads"}));
}

TEST_F(ProbeTest, SaysWhatALossMeansForPeople) {
  const std::string unsaid = "what you say would not reach the others";
  const std::string unseen = "what you record would not reach the others";
  EXPECT_EQ(loss_of(Fault::RefusesEmpty), "the place takes no empty file: " + unsaid + " (status 415)");
  EXPECT_EQ(loss_of(Fault::LosesEmpty), "the place loses empty files: " + unsaid);
  EXPECT_EQ(loss_of(Fault::HidesEmptyInLists), "the place doesn't list empty files: " + unsaid);
  EXPECT_EQ(loss_of(Fault::RefusesLarge), "the place takes no file of 2 MB: " + unseen + " (status 413)");
  EXPECT_EQ(loss_of(Fault::CutsLarge), "the place damages files of 2 MB: " + unseen);
  EXPECT_EQ(loss_of(Fault::ListsNothing), "the place doesn't list what it was given: " + unsaid);
  EXPECT_EQ(loss_of(Fault::TellsWrongSizes), "the place lists wrong sizes: " + unsaid);
  EXPECT_EQ(loss_of(Fault::ForgetsAfterALook), "the place doesn't keep what it was given: " + unsaid);
  EXPECT_TRUE(loss_of(Fault::KeepsHeadsOnlyForOthers).contains("heads/ belongs to somebody else"));
}

TEST_F(ProbeTest, WhatIsOnlyLateOrUnsaidLosesNothing) {
  EXPECT_EQ(describe_steps(report_of(Fault::TellsNoSizes).done), kAll);
  const auto late = report_of(Fault::ListsLate);
  EXPECT_TRUE(late.losses.empty());
  ASSERT_EQ(late.troubles.size(), 1U);
  EXPECT_TRUE(late.troubles.front().contains("only some time later")) << late.troubles.front();
  const auto parts = report_of(Fault::GivesOtherParts);
  EXPECT_TRUE(parts.losses.empty());
  ASSERT_EQ(parts.troubles.size(), 1U);
  EXPECT_TRUE(parts.troubles.front().contains("doesn't give parts")) << parts.troubles.front();
}

// What a killed probe leaves is nobody's head, and nobody's clip.
TEST_F(ProbeTest, ItsNamesArePassedOver) {
  struct Watching final : ForwardingStorage {
    Result<void> put(const std::string& key, std::span<const std::byte> bytes,
                     std::stop_token stop) override {
      keys.push_back(key);
      return to->put(key, bytes, std::move(stop));
    }
    std::string description() const override { return "the place"; }
    Result<Storage*> inner() override { return to; }
    Storage* to = nullptr;
    std::vector<std::string> keys;
  } watching;
  watching.to = memory_.get();
  ASSERT_TRUE(probe_storage(watching, {}, kNoPause));
  int heads = 0;
  for (const std::string& key : watching.keys) {
    EXPECT_FALSE(parse_head_key(key)) << key;
    heads += key.starts_with("heads/probe-") ? 1 : 0;
  }
  EXPECT_EQ(heads, 1);
}

TEST_F(ProbeTest, WhereNothingCanBeStoredReadingIsTriedAllTheSame) {
  flaky_->set_rates({.error_before = 1});
  const auto report = probe_storage(*flaky_, {}, kNoPause);
  EXPECT_FALSE(report->may_store);
  EXPECT_EQ(report->troubles.size(), 2u);  // storing and listing
}

TEST_F(ProbeTest, SaysWhatComesLateOrDamaged) {
  flaky_->set_rates({.late = 1});
  EXPECT_TRUE(troubles().contains("doesn't show at once"));
  flaky_->set_rates({.flipped_get = 1});
  EXPECT_TRUE(troubles().contains("doesn't keep what it was given"));
}

TEST_F(ProbeTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(probe_storage(*memory_, stop.get_token()).error().code, ErrorCode::Aborted);
}

}  // namespace
}  // namespace meanwhile
