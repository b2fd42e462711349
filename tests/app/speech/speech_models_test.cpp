#include "app/speech/speech_models.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "media/base/files.h"
#include "tests/support/environment.h"
#include "tests/support/scripted_http_server.h"
#include "upload/running_hash.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kBytes = (8u << 20) + 1000;  // two pieces

std::string model_bytes() {
  std::string bytes = "lmgg";
  bytes.resize(kBytes, 'm');
  return bytes;
}

// Sends parts, as a store of files does.
ScriptedAnswer part_of(const std::string& whole, const std::string& request) {
  std::smatch range;
  if (!std::regex_search(request, range, std::regex("[Rr]ange: bytes=(\\d+)-(\\d+)")))
    return answer(200, "", whole);
  const std::size_t from = std::stoull(range[1]);
  if (from >= whole.size()) return answer(416);
  const std::size_t to = std::min<std::size_t>(std::stoull(range[2]), whole.size() - 1);
  return answer(206, fmt::format("Content-Range: bytes {}-{}/{}\r\n", from, to, whole.size()),
                whole.substr(from, to - from + 1));
}

class SpeechModels : public testing::Test {
 protected:
  Result<TakenModel> add(const std::string& what) {
    return add_model(models(), what,
                     {.on_size = [this](std::uint64_t bytes) { size_ = bytes; },
                      .on_progress = [this](double done) { progress_ = done; }},
                     {});
  }
  fs::path models() const { return folder_.path() / "models"; }
  fs::path file(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_.path() / name) << bytes;
    return folder_.path() / name;
  }

  ScopedFolder folder_;
  std::uint64_t size_ = 0;
  double progress_ = 0;
};

TEST_F(SpeechModels, OneIsTakenFromAFile) {
  const auto taken = add(file("ggml-mine.bin", "lmgg and more").string());
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->model.name, "ggml-mine");
  EXPECT_EQ(taken->known, nullptr);
  EXPECT_EQ(size_, 13u);
  EXPECT_EQ(progress_, 1);
  EXPECT_EQ(model_to_use(models(), ""), models() / "ggml-mine.bin");
  EXPECT_EQ(models_in(models()).size(), 1u);
}

TEST_F(SpeechModels, TheLargestIsUsedUnlessOneIsNamed) {
  ASSERT_TRUE(add(file("ggml-a.bin", "lmgg and more").string()));
  ASSERT_TRUE(add(file("ggml-b.bin", "lmgg").string()));
  EXPECT_EQ(model_to_use(models(), ""), models() / "ggml-a.bin");
  EXPECT_EQ(model_to_use(models(), "b"), models() / "ggml-b.bin");
  EXPECT_EQ(model_to_use(models(), "gone"), models() / "ggml-a.bin");
}

TEST_F(SpeechModels, WhatIsNoneIsRefusedAndLeavesNothing) {
  EXPECT_EQ(add(file("ggml-film.bin", "a film").string()).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(add(file("ggml-base.bin", "lmgg but another").string()).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(add(file("notes.txt", "lmgg").string()).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(add((folder_.path() / "ggml-gone.bin").string()).error().code, ErrorCode::NotFound);
  EXPECT_TRUE(fs::is_empty(models()));
}

TEST_F(SpeechModels, OneIsFetchedInPiecesFromWhereTheAddressLeads) {
  ScriptedHttpServer store([](const std::string& request, int) { return part_of(model_bytes(), request); });
  ScriptedHttpServer site([&](const std::string&, int) {
    return answer(302, "Location: " + store.origin() + "/somewhere?key=1\r\n");
  });
  const auto taken = add(site.origin() + "/models/ggml-far.bin?download=true");
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(size_, kBytes);
  EXPECT_EQ(progress_, 1);
  EXPECT_EQ(as_text(read_file(models() / "ggml-far.bin", kBytes).value()), model_bytes());
  EXPECT_EQ(store.requests().size(), 2u);
}

TEST_F(SpeechModels, AFetchThatBrokeOffGoesOn) {
  std::atomic<bool> is_away = true;
  ScriptedHttpServer store([&](const std::string& request, int number) {
    if (is_away && number == 1) return answer(503);
    return part_of(model_bytes(), request);
  });
  EXPECT_FALSE(add(store.origin() + "/ggml-far.bin"));
  EXPECT_TRUE(models_in(models()).empty());
  is_away = false;
  ASSERT_TRUE(add(store.origin() + "/ggml-far.bin"));
  EXPECT_EQ(store.requests().size(), 3u) << "what was here isn't fetched again";
  EXPECT_EQ(as_text(read_file(models() / "ggml-far.bin", kBytes).value()), model_bytes());
}

TEST_F(SpeechModels, SaysWhyOneCannotBeFetched) {
  ScriptedHttpServer whole([](const std::string&, int) { return answer(200, "", "lmgg"); });
  EXPECT_EQ(add(whole.origin() + "/ggml-x.bin").error().code, ErrorCode::Unsupported);
  ScriptedHttpServer gone([](const std::string&, int) { return answer(404); });
  EXPECT_EQ(add(gone.origin() + "/ggml-y.bin").error().code, ErrorCode::NotFound);
  ScriptedHttpServer unsafe(
      [](const std::string&, int) { return answer(302, "Location: http://example.org/\r\n"); });
  EXPECT_THAT(add(unsafe.origin() + "/ggml-z.bin").error().message, HasSubstr("isn't safe"));
}

TEST(Sha1, IsThatOfEverybody) {
  RunningHash hash(HashKind::Sha1);
  const std::string text = "abc";
  hash.update(as_byte_span(text));
  EXPECT_EQ(hash.hex(), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

}  // namespace
}  // namespace meanwhile
