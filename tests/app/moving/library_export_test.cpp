#include "app/moving/library_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "media/base/files.h"
#include "tests/app/fetching/stored_clips.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

TEST(SafeFileName, LeavesNothingThatAFileSystemTrips) {
  EXPECT_EQ(safe_file_name("a/b\\c:d", 100), "a-b-c-d");
  EXPECT_EQ(safe_file_name("../../etc", 100), "-..-etc");
  EXPECT_EQ(safe_file_name("..", 100), "");
  EXPECT_EQ(safe_file_name(" .hidden. ", 100), "hidden");
  EXPECT_EQ(safe_file_name("CON", 100), "_CON");
  EXPECT_EQ(safe_file_name("lpt1.txt", 100), "_lpt1.txt");
  EXPECT_EQ(safe_file_name("a\x01\u202E"
                           "b",
                           100),
            "ab");
}

TEST(SafeFileName, KeepsOtherScriptsAndCutsBetweenCharacters) {
  EXPECT_EQ(safe_file_name("\u5C4F\u5E55", 100), "\u5C4F\u5E55");
  EXPECT_EQ(safe_file_name("\u05E9\u05DC\u05D5\u05DD", 100), "\u05E9\u05DC\u05D5\u05DD");
  EXPECT_EQ(safe_file_name("\u5C4F\u5E55", 5), "\u5C4F");
}

class LibraryExportTest : public testing::Test {
 protected:
  LibraryExportTest() {
    for (int number : {1, 2}) contents_.clips.push_back(store_clip(*storage_, number, 2));
    contents_.id = "abcdefghijkl";
    contents_.name = "Team";
  }
  LibraryExport run() {
    const ClipStore clips(home_.path() / "takes", storage_, home_.path() / "cache");
    const auto done = export_library(contents_, clips, *storage_, out_.path(), {.zone = "UTC"}, {});
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(LibraryExport());
  }
  static std::string text_in(const fs::path& path) {
    const auto bytes = read_file(path, 1u << 20);
    return bytes ? std::string(as_text(*bytes)) : "";
  }
  std::string screen_of(const Clip& clip) const {
    std::string text;
    for (const std::string& key :
         {init_key(clip.id, "screen"), segment_key(clip.id, "screen", 1), segment_key(clip.id, "screen", 2)})
      text += as_text(part_bytes(key));
    return text;
  }

  ScopedFolder home_;
  ScopedFolder out_;
  std::shared_ptr<FlakyStorage> storage_ =
      std::make_shared<FlakyStorage>(std::make_shared<MemoryStorage>("library"));
  LibraryContents contents_;
};

TEST_F(LibraryExportTest, WhatWasAddedLaterIsThere) {
  add_captions(*storage_, contents_.clips[0], "", "hello");
  add_captions(*storage_, contents_.clips[0], "pt-BR", "oi");
  add_captions(*storage_, contents_.clips[0], "de", "falsch");
  contents_.clips[0].additions.back().object.sha256 = std::string(64, 'a');
  const LibraryExport done = run();
  const fs::path folder = done.folder / done.clips[0].folder;
  EXPECT_FALSE(done.clips[0].failure);
  EXPECT_THAT(text_in(folder / "captions.vtt"), testing::HasSubstr("hello"));
  EXPECT_THAT(text_in(folder / "captions-pt-br.vtt"), testing::HasSubstr("oi"));
  EXPECT_FALSE(fs::exists(folder / "captions-de.vtt"));
}

TEST_F(LibraryExportTest, TracksAreWholeAndClipsOfOneTitleApart) {
  contents_.clips[1].title = contents_.clips[0].title;
  const LibraryExport done = run();
  ASSERT_EQ(done.clips.size(), 2u);
  EXPECT_NE(done.clips[0].folder, done.clips[1].folder);
  for (const ExportedClip& clip : done.clips) {
    EXPECT_FALSE(clip.failure);
    EXPECT_EQ(clip.folder.parent_path(), "No channel");
    EXPECT_EQ(text_in(done.folder / clip.folder / "screen.mp4"), screen_of(clip.clip));
    EXPECT_TRUE(fs::exists(done.folder / clip.folder / "poster.jpg"));
    EXPECT_TRUE(fs::exists(done.folder / clip.folder / "comments.md"));
  }
  EXPECT_TRUE(fs::exists(done.folder / "library.json"));
}

TEST_F(LibraryExportTest, ASecondRunWritesOnlyWhatIsMissingOrDamaged) {
  const LibraryExport first = run();
  const fs::path screen = first.folder / first.clips[0].folder / "screen.mp4";
  std::ofstream(screen) << std::string(3 * kStoredPartBytes, 'x');
  std::ofstream(screen.string() + ".part") << "left by a crash";
  const LibraryExport second = run();
  EXPECT_EQ(second.clips[0].written_bytes, 3 * kStoredPartBytes);
  EXPECT_EQ(second.clips[1].written_bytes, 0u);
  EXPECT_EQ(second.clips[1].present_bytes, 4 * kStoredPartBytes);
  EXPECT_EQ(text_in(screen), screen_of(second.clips[0].clip));
  EXPECT_FALSE(fs::exists(screen.string() + ".part"));
}

TEST_F(LibraryExportTest, ARenamedClipKeepsItsFolder) {
  const LibraryExport first = run();
  contents_.clips[0].title = "Called otherwise now";
  contents_.clips[0].channel_name = "Moved";
  // A clip that comes later and is called as the other one was.
  contents_.clips.push_back(store_clip(*storage_, 3, 2));
  contents_.clips[2].title = "Clip 1";
  const LibraryExport second = run();
  EXPECT_EQ(second.clips[0].folder, first.clips[0].folder);
  EXPECT_EQ(second.clips[0].written_bytes, 0u);
  EXPECT_NE(second.clips[2].folder, first.clips[0].folder);
  EXPECT_NE(text_in(second.folder / "index.html").find("Called otherwise now"), std::string::npos);
}

TEST_F(LibraryExportTest, ADamagedObjectFailsItsClipOnly) {
  const std::string key = segment_key(contents_.clips[0].id, "screen", 2);
  ASSERT_TRUE(storage_->put(key, Bytes(kStoredPartBytes, std::byte{'x'}), {}));
  const LibraryExport done = run();
  ASSERT_TRUE(done.clips[0].failure);
  EXPECT_EQ(done.clips[0].failure->code, ErrorCode::Corrupt);
  EXPECT_FALSE(fs::exists(done.folder / done.clips[0].folder / "screen.mp4"));
  EXPECT_FALSE(fs::exists(done.folder / done.clips[0].folder / "screen.mp4.part"));
  EXPECT_FALSE(done.clips[1].failure);
  ASSERT_TRUE(storage_->put(key, part_bytes(key), {}));
  EXPECT_FALSE(run().clips[0].failure);
}

TEST_F(LibraryExportTest, ForeignTextIsTextOnThePages) {
  contents_.clips[0].title = "<script>alert(1)</script>";
  contents_.clips[0].author_name = "\"><img src=x>";
  Thread thread;
  thread.comment.text = "<b>bold</b>\n# heading";
  contents_.threads[contents_.clips[0].id] = {thread};
  const LibraryExport done = run();
  const std::string page = text_in(done.folder / "index.html");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
  const std::string words = text_in(done.folder / done.clips[0].folder / "comments.md");
  EXPECT_EQ(words.find("<b>"), std::string::npos);
  EXPECT_NE(words.find("> # heading"), std::string::npos);
}

}  // namespace
}  // namespace meanwhile
