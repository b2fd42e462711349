#include "media/base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("meanwhile-files-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Files, WrittenBytesAreReadBack) {
  const fs::path path = folder_ / "a.json";
  ASSERT_TRUE(write_file_durably(path, as_byte_span("old")));
  ASSERT_TRUE(write_file_durably(path, as_byte_span("newer")));
  EXPECT_EQ(as_text(*read_file(path, 100)), "newer");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);  // no temporary name is left
}

TEST_F(Files, LimitsAndKindsAreChecked) {
  ASSERT_TRUE(write_file_durably(folder_ / "big", as_byte_span("0123456789")));
  EXPECT_EQ(read_file(folder_ / "big", 9).error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(read_file(folder_ / "big", 10));
  EXPECT_EQ(read_file(folder_, 10).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read_file(folder_ / "none", 10).error().code, ErrorCode::NotFound);
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(folder_ / "pipe", 10).error().code,
            ErrorCode::Corrupt);  // and doesn't wait for a writer
}

TEST_F(Files, WritingIntoAMissingFolderIsSaid) {
  EXPECT_EQ(write_file_durably(folder_ / "no" / "a", as_byte_span("x")).error().code, ErrorCode::NotFound);
}

TEST_F(Files, SinkNeverOverwrites) {
  const fs::path path = folder_ / "track.mp4";
  auto sink = FileSink::create(path);
  ASSERT_TRUE(sink);
  EXPECT_TRUE((*sink)->append(as_byte_span("one")));
  EXPECT_TRUE((*sink)->append(as_byte_span("two")));
  EXPECT_TRUE((*sink)->sync());
  EXPECT_EQ(as_text(*read_file(path, 100)), "onetwo");
  EXPECT_EQ(FileSink::create(path).error().code, ErrorCode::AlreadyExists);
}

TEST_F(Files, SourceSeesAFileGrow) {
  const fs::path path = folder_ / "growing";
  auto sink = FileSink::create(path);
  auto source = FileSource::open(path);
  ASSERT_TRUE(sink && source);
  EXPECT_EQ((*source)->size(), 0u);
  ASSERT_TRUE((*sink)->append(as_byte_span("hello")));
  EXPECT_EQ((*source)->size(), 5u);
  Bytes bytes(10);
  EXPECT_EQ((*source)->read_at(2, bytes), 3u);
  EXPECT_EQ((*source)->read_at(5, bytes), 0u);
  EXPECT_EQ((*source)->read_at(500, bytes), 0u);
}

TEST_F(Files, ErrnoIsToldInOurTerms) {
  EXPECT_EQ(error_from_errno(ENOSPC, "writing").code, ErrorCode::NoSpace);
  EXPECT_EQ(error_from_errno(EROFS, "writing").code, ErrorCode::PermissionDenied);
  EXPECT_EQ(error_from_errno(ESTALE, "writing").code, ErrorCode::Unavailable);
  EXPECT_TRUE(error_from_errno(EIO, "writing x").message.starts_with("writing x: "));
}

TEST_F(Files, FreeSpaceIsKnown) {
  EXPECT_GT(free_space(folder_).value_or(0), 0u);
  EXPECT_EQ(free_space(folder_ / "none").error().code, ErrorCode::NotFound);
}

TEST(MemorySource, ReadsLikeAFile) {
  MemorySource source(to_bytes("hello"));
  Bytes bytes(3);
  EXPECT_EQ(source.read_at(1, bytes), 3u);
  EXPECT_EQ(as_text(bytes), "ell");
  EXPECT_EQ(source.read_at(4, bytes), 1u);
  EXPECT_EQ(source.read_at(~0ull, bytes), 0u);
}

TEST_F(Files, WhatWasJustWrittenHasNoStampYet) {
  const fs::path path = folder_ / "file";
  ASSERT_TRUE(write_file_durably(path, as_byte_span("text")));
  EXPECT_FALSE((*FileSource::open(path))->stamp());
}

TEST_F(Files, AStampStaysWhileNobodyWrites) {
  const auto old = FileSource::open("/etc/os-release");
  ASSERT_TRUE(old);
  ASSERT_TRUE((*old)->stamp());
  EXPECT_EQ((*old)->stamp(), (*old)->stamp());
}

}  // namespace
}  // namespace meanwhile::test
