#include "app/page/share_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/app/page/opened_page.h"
#include "tests/app/page/page_fixture.h"
#include "tests/support/storage_server.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ShareFileTest : public PageTest {
 protected:
  fs::path out() const { return folder_.path() / "update.html"; }
  Result<ShareFile> prepared(FileRequest request) {
    if (request.out.empty()) request.out = out();
    return ShareFile::prepare(library(), clip_, std::move(request), {});
  }
  std::string written(const ShareFile& file) {
    const auto done = file.write({});
    EXPECT_TRUE(done) << done.error().message;
    return text_of(out());
  }
  static std::string bytes_in(const std::string& page, const std::string& name) {
    const auto bytes = from_base64(between(page, "id=\"bytes-" + name + "\">", "<"));
    return bytes ? std::string(bytes->begin(), bytes->end()) : "";
  }
};

TEST_F(ShareFileTest, HoldsEverythingAndIsAsLargeAsWasSaid) {
  begin(LibraryKind::Open);
  const auto file = prepared({});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_FALSE(fs::exists(out()));
  const std::string page = written(*file);
  EXPECT_EQ(page.size(), file->size_bytes());
  EXPECT_EQ(bytes_in(page, "screen"), screen());
  EXPECT_EQ(bytes_in(page, "poster.jpg"), as_text(part_bytes(clip_file_key(clip_.id, "poster.jpg"))));
  EXPECT_THAT(page, HasSubstr("<title>Budget &lt;3</title>"));
  const Json inner = outer_of(page)["open"];
  EXPECT_EQ(inner["media"]["kind"], "inline");
  EXPECT_EQ(inner["clip"]["title"], "Budget <3");
  EXPECT_THAT(inner["captions"][0]["vtt"].get<std::string>(), HasSubstr("--> 00:00:01.000\nHello\n"));
  EXPECT_EQ(inner["answers"]["kind"], "copy");
  EXPECT_EQ(file->fragment(), "");
  EXPECT_EQ(file->terms().form, ShareForm::File);
  EXPECT_EQ(outer_of(page)["share"], file->terms().share);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, Not(testing::Contains(testing::EndsWith(".tmp"))));
}

TEST_F(ShareFileTest, WhatIsThereStaysUnlessItIsToBeReplaced) {
  begin(LibraryKind::Open);
  std::ofstream(out()) << "precious";
  EXPECT_EQ(prepared({}).error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(text_of(out()), "precious");
  EXPECT_THAT(written(prepared({.out = out(), .may_replace = true}).value()), HasSubstr("<title>Budget"));
  EXPECT_EQ(prepared({.out = folder_.path(), .may_replace = true}).error().code, ErrorCode::AlreadyExists);
}

TEST_F(ShareFileTest, AFolderThatIsNotThereIsSaid) {
  begin(LibraryKind::Open);
  const auto file = prepared({.out = folder_.path() / "nowhere" / "update.html"});
  EXPECT_EQ(file.error().code, ErrorCode::NotFound);
  EXPECT_THAT(file.error().message, HasSubstr("there is no folder"));
}

// Who makes a file of that name meanwhile keeps it.
TEST_F(ShareFileTest, WhatComesMeanwhileStaysToo) {
  begin(LibraryKind::Open);
  const auto file = prepared({});
  std::ofstream(out()) << "precious";
  EXPECT_EQ(file->write({}).error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(text_of(out()), "precious");
}

TEST_F(ShareFileTest, AnUpdateThatIsStillRecordedIsRefused) {
  begin(LibraryKind::Open);
  clip_.is_live = true;
  const auto file = prepared({});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(file.error().message, HasSubstr("still being recorded"));
}

TEST_F(ShareFileTest, ADamagedPartLeavesNoFile) {
  begin(LibraryKind::Open);
  const auto file = prepared({});
  ASSERT_TRUE(session().storage().put(segment_key(clip_.id, "screen", 2), Bytes(kStoredPartBytes), {}));
  EXPECT_EQ(file->write({}).error().code, ErrorCode::Corrupt);
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ShareFileTest, AStoppedOneLeavesNoFile) {
  begin(LibraryKind::Open);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(prepared({})->write(stop.get_token()).error().code, ErrorCode::Aborted);
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ShareFileTest, OfASealedLibraryItOpensWithWhatStandsInTheAddress) {
  begin(LibraryKind::Sealed);
  const auto file = prepared({});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_THAT(file->fragment(), testing::StartsWith("#k="));
  const std::string page = written(*file);
  for (const char* secret : {"Budget", "Anna", "Why?", "Hello", "weekly", "Team"})
    EXPECT_THAT(page, Not(HasSubstr(secret)));
  EXPECT_EQ(page.size(), file->size_bytes());
  const Json outer = outer_of(page);
  EXPECT_TRUE(opened_page(outer, "#k=AAAAAAAAAAAAAAAAAAAAAA").is_null());
  const Json inner = opened_page(outer, file->fragment());
  ASSERT_EQ(inner["clip"]["title"], "Budget <3");
  EXPECT_TRUE(inner["answers"]["seal_to"].is_string());
  EXPECT_FALSE(file->terms().answers_key.empty());
  const std::string screen_bytes = bytes_in(page, "screen");
  EXPECT_EQ(open_box(from_base64(inner["inline_key"].get<std::string>()).value(),
                     Octets(screen_bytes.begin(), screen_bytes.end()),
                     "meanwhile share 1\n" + file->terms().share + "\nscreen"),
            screen());
}

TEST_F(ShareFileTest, WithAPasswordNothingStandsInTheAddress) {
  begin(LibraryKind::Sealed);
  const auto file = prepared({.out = out(), .password = "caf\u00E9"});
  EXPECT_EQ(file->fragment(), "");
  const Json outer = outer_of(written(*file));
  EXPECT_EQ(opened_page(outer, "", "caf\u00E9")["clip"]["title"], "Budget <3");
  EXPECT_TRUE(opened_page(outer, "", "cafe").is_null());
}

TEST_F(ShareFileTest, APasswordLocksItInAnOpenLibraryToo) {
  begin(LibraryKind::Open);
  const auto file = prepared({.out = out(), .password = "x"});
  const std::string page = written(*file);
  EXPECT_THAT(page, Not(HasSubstr("Budget")));
  EXPECT_EQ(opened_page(outer_of(page), "", "x")["answers"]["seal_to"], nullptr);
}

TEST_F(ShareFileTest, WhatFitsIsNotEncodedAgain) {
  begin(LibraryKind::Open);
  const auto file = prepared({.out = out(), .limit_bytes = 10'000'000});
  EXPECT_FALSE(file->is_rendition());
}

TEST_F(ShareFileTest, WhatCanNeverBeSoSmallIsSaid) {
  begin(LibraryKind::Open);
  const auto file = prepared({.out = out(), .limit_bytes = 5000});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(file.error().message, HasSubstr("as small as 5.0 kB: allow at least"));
}

TEST_F(ShareFileTest, WithoutAnswersThePageHasNoField) {
  begin(LibraryKind::Open);
  EXPECT_EQ(outer_of(written(*prepared({.out = out(), .takes_answers = false})))["open"]["answers"]["kind"],
            "none");
}

TEST_F(ShareFileTest, AFullDiskIsSaidBeforeAnythingIsWritten) {
  begin(LibraryKind::Open);
  const fs::path full = folder_.path() / "full";
  fs::create_directory(full);
  const auto disk = SmallDisk::mount(full, 1);
  if (!disk) GTEST_SKIP() << disk.error().message;
  std::ofstream(full / "other") << std::string((1u << 20) - 4096, 'x');
  const auto file = prepared({.out = full / "update.html"});
  ASSERT_TRUE(file) << file.error().message;
  const auto written = file->write({});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::NoSpace);
  EXPECT_FALSE(fs::exists(full / "update.html"));
}

}  // namespace
}  // namespace meanwhile::test
