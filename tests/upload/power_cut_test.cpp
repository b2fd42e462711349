// The power goes: what was promised had been synced.
#include "tests/support/power_cut.h"

#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

class UploadPowerCut : public testing::Test {
 protected:
  // What is left when it goes now.
  const std::filesystem::path& left() {
    cut_.leave(after_.path());
    return after_.path();
  }

  ScopedFolder home_;
  ScopedFolder after_;
  const PowerCut cut_{home_.path()};
  std::shared_ptr<MemoryStorage> library_ = std::make_shared<MemoryStorage>("library");
};

TEST_F(UploadPowerCut, WhatWasAddedOrSaidIsInTheJournalAfterIt) {
  const LibraryPlace place = LibraryPlace::open(home_.path(), library_, "Ada");
  ASSERT_TRUE(place.outbox->add("clip", {{.key = "clips/clip/clip.json", .source = to_bytes("manifest")}},
                                {say("published")}));
  ASSERT_TRUE(place.log->append({say("words")}));
  const LibraryPlace after = LibraryPlace::open(left(), library_, "Ada");
  EXPECT_EQ(after.identity->device().id(), place.identity->device().id());
  EXPECT_EQ(*after.log->waiting(), 1);
  ASSERT_EQ(after.outbox->objects("clip")->size(), 1u);
  after.outbox->start();
  EXPECT_EQ(*after.outbox->wait_until_stored("clip", far_deadline()), StoredOutcome::Stored);
}

TEST_F(UploadPowerCut, WhatAFolderAcknowledgedIsThereAfterIt) {
  const auto storage = *FolderStorage::open(home_.path() / "team", MissingFolder::Make);
  ASSERT_TRUE(storage->put("clips/clip/1.m4s", as_byte_span("segment"), {}));
  ASSERT_TRUE(storage->put("clips/clip/1.m4s", as_byte_span("replaced"), {}));
  const auto after = *FolderStorage::open(left() / "team", MissingFolder::Make);
  const auto bytes = after->get("clips/clip/1.m4s", 100, {}, {});
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(as_text(*bytes), "replaced");
  EXPECT_EQ(after->list("", "", {})->size(), 1u);
}

}  // namespace
}  // namespace meanwhile
