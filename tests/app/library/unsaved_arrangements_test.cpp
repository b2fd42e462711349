// What an author works on and hasn't saved.
#include "app/library/unsaved_arrangements.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr const char* kUnsavedClip = "01hf00000000000000000000aa";

TEST(UnsavedArrangements, IsThereAgainUntilItIsRemoved) {
  const ScopedFolder folder;
  const UnsavedArrangements kept(folder.path() / "arranging");
  EXPECT_FALSE(kept.load(kUnsavedClip));
  const Arrangement arrangement{.parts = {{seconds(1), seconds(5)}}};
  ASSERT_TRUE(kept.save(kUnsavedClip, arrangement));
  EXPECT_EQ(kept.load(kUnsavedClip), arrangement);
  ASSERT_TRUE(kept.save(kUnsavedClip, {}));
  EXPECT_EQ(kept.load(kUnsavedClip), Arrangement{}) << "that everything was undone is a change, too";
  ASSERT_TRUE(kept.remove(kUnsavedClip));
  EXPECT_FALSE(kept.load(kUnsavedClip));
  EXPECT_TRUE(kept.remove(kUnsavedClip));
}

TEST(UnsavedArrangements, WhatIsDamagedIsNone) {
  const ScopedFolder folder;
  const UnsavedArrangements kept(folder.path());
  ASSERT_TRUE(
      write_file_durably(folder.path() / (std::string(kUnsavedClip) + ".json"), to_bytes("{\"format\":1,")));
  EXPECT_FALSE(kept.load(kUnsavedClip));
}

TEST(UnsavedArrangements, ANameThatIsNoClipsLeadsNowhere) {
  const ScopedFolder folder;
  const UnsavedArrangements kept(folder.path() / "arranging");
  for (const char* name : {"../settings", "", "a"}) {
    EXPECT_FALSE(kept.save(name, {}));
    EXPECT_FALSE(kept.load(name));
    EXPECT_FALSE(kept.remove(name));
  }
}

}  // namespace
}  // namespace meanwhile
