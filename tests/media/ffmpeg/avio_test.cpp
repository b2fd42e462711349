#include "media/ffmpeg/avio.h"

extern "C" {
#include <libavutil/error.h>
}

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace meanwhile {
namespace {

class BrokenSource final : public ByteSource {
 public:
  explicit BrokenSource(ErrorCode code) : code_(code) {}
  Result<std::size_t> read_at(std::uint64_t, std::span<std::byte>) override {
    return fail(code_, "the cable is out");
  }
  Result<std::uint64_t> size() override { return fail(code_, "the cable is out"); }

 private:
  ErrorCode code_;
};

class MemorySink final : public ByteSink {
 public:
  Result<void> append(std::span<const std::byte> bytes) override {
    if (is_full) return fail(ErrorCode::NoSpace, "the disk is full");
    text += as_text(bytes);
    return {};
  }
  Result<void> sync() override { return {}; }

  std::string text;
  bool is_full = false;
};

std::string read_text(AvioReader& reader, int size) {
  std::string text(static_cast<std::size_t>(size), '\0');
  const int count = avio_read(reader.context(), reinterpret_cast<unsigned char*>(text.data()), size);
  text.resize(static_cast<std::size_t>(std::max(count, 0)));
  return text;
}

TEST(AvioReader, ReadsSeeksAndTellsTheSize) {
  MemorySource source(to_bytes("0123456789"));
  AvioReader reader(source);

  EXPECT_EQ(avio_size(reader.context()), 10);
  EXPECT_EQ(read_text(reader, 4), "0123");
  EXPECT_EQ(avio_seek(reader.context(), 8, SEEK_SET), 8);
  EXPECT_EQ(read_text(reader, 4), "89");
  EXPECT_EQ(read_text(reader, 4), "");
  EXPECT_FALSE(reader.take_error());
}

TEST(AvioReader, KeepsTheSourcesOwnError) {
  BrokenSource source(ErrorCode::Unavailable);
  AvioReader reader(source);

  std::array<unsigned char, 4> bytes{};
  EXPECT_EQ(avio_read(reader.context(), bytes.data(), 4), AVERROR(EIO));
  const auto error = reader.take_error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "the cable is out");
  EXPECT_FALSE(reader.take_error());
}

TEST(AvioReader, TellsAnAbortedReadApart) {
  BrokenSource source(ErrorCode::Aborted);
  AvioReader reader(source);

  std::array<unsigned char, 4> bytes{};
  EXPECT_EQ(avio_read(reader.context(), bytes.data(), 4), AVERROR_EXIT);
}

AvioWriter::Write append_to(MemorySink& sink) {
  return [&sink](std::span<const std::byte> bytes) { return sink.append(bytes); };
}

TEST(AvioWriter, HandsEverythingOverInOrder) {
  MemorySink sink;
  AvioWriter writer(append_to(sink));

  avio_write(writer.context(), reinterpret_cast<const unsigned char*>("one "), 4);
  avio_write(writer.context(), reinterpret_cast<const unsigned char*>("two"), 3);

  EXPECT_TRUE(writer.flush());
  EXPECT_EQ(sink.text, "one two");
}

TEST(AvioWriter, KeepsTheSinksError) {
  MemorySink sink;
  sink.is_full = true;
  AvioWriter writer(append_to(sink));

  avio_write(writer.context(), reinterpret_cast<const unsigned char*>("one"), 3);

  const auto flushed = writer.flush();
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().code, ErrorCode::NoSpace);
}

}  // namespace
}  // namespace meanwhile
