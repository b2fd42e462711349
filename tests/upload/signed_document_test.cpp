#include "upload/signed_document.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "media/base/files.h"
#include "tests/support/environment.h"
#include "upload/event_batch.h"
#include "upload/library_marker.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

TEST(Signing, HashesAsEverybodyDoes) {
  EXPECT_EQ(sha256_hex(as_byte_span("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  MemorySource source(to_bytes("xxabcxx"));
  EXPECT_EQ(*sha256_hex(source, 2, 3), sha256_hex(as_byte_span("abc")));
  EXPECT_EQ(sha256_hex(source, 5, 3).error().code, ErrorCode::Corrupt);
}

TEST(Signing, DecodesOnlyOneFormOfBase64) {
  const std::vector<unsigned char> bytes{1, 2, 3, 250};
  EXPECT_EQ(*from_base64(to_base64(bytes)), bytes);
  for (const char* text : {"AQID+", "AQID+g", "AQID+g=", "AQID+h==", "AQID +g==", "AQID+g==x", "A", "===="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(KeyPair, SurvivesBeingSaved) {
  const ScopedFolder scratch;
  const auto path = scratch.path() / "key";
  const KeyPair key = KeyPair::generate();
  ASSERT_TRUE(key.save(path));
  struct stat info{};
  ::stat(path.c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const auto loaded = KeyPair::load(path);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(is_signed_by(key.public_key(), as_byte_span("words"), loaded->sign(as_byte_span("words"))));
  EXPECT_EQ(KeyPair::generate().save(path).error().code, ErrorCode::AlreadyExists);
}

TEST(KeyPair, RefusesGarbage) {
  const ScopedFolder scratch;
  const auto path = scratch.path() / "key";
  ASSERT_TRUE(KeyPair::generate().save(scratch.path() / "good"));
  const std::string good(as_text(*read_file(scratch.path() / "good", 1000)));
  for (const std::string& text :
       {std::string(), std::string("garbage"), good.substr(0, good.size() - 1), good + "\n",
        good.substr(0, 24) + "\n", std::string(5000, 'x'), std::string(80, '\0')}) {
    std::ofstream(path, std::ios::trunc) << text;
    EXPECT_EQ(KeyPair::load(path).error().code, ErrorCode::Corrupt);
  }
  EXPECT_EQ(KeyPair::load(scratch.path() / "none").error().code, ErrorCode::NotFound);
  EXPECT_EQ(KeyPair::load(scratch.path()).error().code, ErrorCode::Corrupt);
}

class SignedDocumentTest : public testing::Test {
 protected:
  const KeyPair key_ = KeyPair::generate();
  const Json object_{
      {"format", 1}, {"text", "Grüße \"quoted\" \\ ,\"signature\":\""}, {"deep", {{"a", {1, 2}}}}};
  const Bytes bytes_ = sign_document(object_, key_);
};

TEST_F(SignedDocumentTest, OpensAsWhatWasSigned) {
  const auto opened = open_document(bytes_, key_.public_key(), 10'000);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, object_);
}

TEST_F(SignedDocumentTest, IsOrdinaryJsonThatEndsInItsSignature) {
  const auto json = parse_json(as_text(bytes_));
  ASSERT_TRUE(json);
  EXPECT_EQ(std::prev(json->end()).key(), "signature");
}

TEST_F(SignedDocumentTest, EveryChangedBitIsSeen) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    Bytes changed = bytes_;
    changed[i] ^= std::byte{1};
    EXPECT_EQ(open_document(changed, key_.public_key(), 10'000).error().code, ErrorCode::Corrupt) << i;
  }
}

TEST_F(SignedDocumentTest, EveryTruncationIsSeen) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    EXPECT_FALSE(open_document(std::span(bytes_).first(i), key_.public_key(), 10'000));
    EXPECT_FALSE(open_document(std::span(bytes_).subspan(i + 1), key_.public_key(), 10'000));
  }
}

TEST_F(SignedDocumentTest, NothingMayFollowOrLead) {
  for (const std::string& text : {std::string(as_text(bytes_)) + "\n", " " + std::string(as_text(bytes_))}) {
    EXPECT_FALSE(open_document(as_byte_span(text), key_.public_key(), 10'000));
  }
}

TEST_F(SignedDocumentTest, AnotherKeyDoesNotOpenIt) {
  EXPECT_EQ(open_document(bytes_, KeyPair::generate().public_key(), 10'000).error().code, ErrorCode::Corrupt);
}

TEST_F(SignedDocumentTest, TheLimitComesFirst) {
  EXPECT_EQ(open_document(bytes_, key_.public_key(), bytes_.size() - 1).error().code, ErrorCode::Corrupt);
}

TEST(EventBatchTest, NamesFollowTheFormat) {
  const std::string device = KeyPair::generate().public_key().id();
  EXPECT_EQ(batch_key(device, 7), "events/" + device + "/0/7.ev");
  EXPECT_EQ(batch_key(device, 1000), "events/" + device + "/1/1000.ev");
  EXPECT_EQ(head_key({device, 12}), "heads/" + device + ".12");
  EXPECT_EQ(parse_head_key("heads/" + device + ".12")->seq, 12);
}

TEST(EventBatchTest, HostileHeadsAreNoHeads) {
  const std::string device = KeyPair::generate().public_key().id();
  for (const std::string& key :
       {"heads/" + device, "heads/" + device + ".", "heads/" + device + ".0", "heads/" + device + ".-1",
        "heads/" + device + ".01", "heads/" + device + ".1x", "heads/" + device + ".99999999999999999999",
        "heads/" + device + ".10000001", std::string("heads/../../etc.1"),
        "heads/u" + device.substr(1) + ".1", "events/" + device + ".1", std::string("heads/.1"),
        std::string("")}) {
    EXPECT_FALSE(parse_head_key(key)) << key;
  }
}

TEST(EventBatchTest, AHeadIsSignedAndNeverEmpty) {
  const KeyPair key = KeyPair::generate();
  const std::string device = key.public_key().id();
  const Bytes head = make_head({device, 12}, std::string(64, 'a'), "one", key);
  const auto document = open_document(head, key.public_key(), 1024);
  ASSERT_TRUE(document);
  EXPECT_EQ(string_member(*document, "device"), device);
  EXPECT_EQ(integer_member(*document, "seq"), 12);
  EXPECT_EQ(string_member(*document, "batch"), std::string(64, 'a'));
  EXPECT_EQ(string_member(*document, "library"), "one");
}

TEST(EventBatchTest, WhatWasSaidInAnotherLibraryIsRefused) {
  const KeyPair key = KeyPair::generate();
  const Json event{{"n", 1}, {"hlc", 5}, {"at", "2026-11-22T00:00:00.000Z"}, {"type", "said"}};
  const auto made = [&](const std::string& library) {
    return make_batch({key.public_key().id(), 1, "", Json::array({event}), library}, key);
  };
  EXPECT_EQ(read_batch(made("one"), key.public_key(), 1, "one")->library, "one");
  EXPECT_EQ(read_batch(made("one"), key.public_key(), 1, "two").error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(read_batch(made("one"), key.public_key(), 1, ""));
  EXPECT_TRUE(read_batch(made(""), key.public_key(), 1, "two")) << "an older version didn't name it";
}

TEST(EventBatchTest, ShapesThatAreNotOursAreRefused) {
  const KeyPair key = KeyPair::generate();
  const std::string id = key.public_key().id();
  const Json event{{"n", 1}, {"hlc", 5}, {"at", "2026-11-22T00:00:00.000Z"}, {"type", "said"}};
  const auto read = [&](const Json& document) {
    return read_batch(sign_document(document, key), key.public_key(), 1, "");
  };
  const Json good{{"format", 1}, {"device", id}, {"seq", 1}, {"prev", ""}, {"events", Json::array({event})}};
  EXPECT_TRUE(read(good));
  const auto with = [&](const char* name, Json value) {
    Json changed = good;
    changed[name] = std::move(value);
    return read(changed);
  };
  EXPECT_TRUE(with("later", "an unknown field"));
  EXPECT_EQ(with("format", 2).error().code, ErrorCode::Unsupported);
  EXPECT_EQ(with("format", "1").error().code, ErrorCode::Corrupt);
  EXPECT_FALSE(with("device", "another"));
  EXPECT_TRUE(with("library", 1)) << "where none is asked for";
  EXPECT_FALSE(with("seq", 2));
  EXPECT_FALSE(with("seq", 1.0));
  EXPECT_FALSE(with("prev", "00"));
  EXPECT_FALSE(with("events", Json::array()));
  EXPECT_FALSE(with("events", Json::array({1})));
  EXPECT_FALSE(with("events", Json(std::vector<Json>(65, event))));
  for (const char* member : {"n", "hlc", "at", "type"}) {
    Json bad = event;
    bad[member] = Json::array();
    EXPECT_FALSE(with("events", Json::array({bad}))) << member;
  }
  EXPECT_FALSE(read(Json::array({1})));
}

class LibraryMarkerTest : public testing::Test {
 protected:
  Result<StoredMarker> found(const KeyPair& founder, const std::string& name = "Team") {
    return found_library(storage_, {founder, name, wall_now()}, {});
  }
  MemoryStorage storage_{"library"};
  const KeyPair founder_ = KeyPair::generate();
};

TEST_F(LibraryMarkerTest, AnEmptyPlaceBecomesALibraryOnce) {
  EXPECT_EQ(find_library(storage_, {}).error().code, ErrorCode::NotFound);
  const auto first = found(founder_);
  ASSERT_TRUE(first) << first.error().message;
  const auto again = found(KeyPair::generate(), "Other");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->library.id, first->library.id);
  EXPECT_EQ(again->library.name, "Team");
  EXPECT_EQ(again->library.founder, founder_.public_key());
  EXPECT_EQ(again->bytes, first->bytes);
  EXPECT_EQ(find_library(storage_, {})->bytes, first->bytes);
}

TEST_F(LibraryMarkerTest, ALibraryWhoseMarkerIsStillToComeIsNotFoundedAgain) {
  ASSERT_TRUE(storage_.put("heads/x.1", {}, {}));
  EXPECT_EQ(found(founder_).error().code, ErrorCode::Unavailable);
  EXPECT_FALSE(storage_.stat(kLibraryMarkerKey, {}));
}

TEST_F(LibraryMarkerTest, WhatAKilledProbeLeftIsNoLibrary) {
  ASSERT_TRUE(storage_.put("heads/probe-x.0", {}, {}));
  EXPECT_TRUE(found(founder_));
}

TEST_F(LibraryMarkerTest, NewerAndDamagedOnesAreRefused) {
  ASSERT_TRUE(storage_.put(kLibraryMarkerKey, sign_document(Json{{"format", 2}}, founder_), {}));
  EXPECT_EQ(found(founder_).error().code, ErrorCode::Unsupported);
  ASSERT_TRUE(storage_.put(kLibraryMarkerKey, as_byte_span("{}"), {}));
  EXPECT_EQ(found(founder_).error().code, ErrorCode::Corrupt);
  const LibraryMarker marker{new_clip_id(wall_now()), "Team", founder_.public_key(), wall_now()};
  Bytes forged = make_library_marker(marker, founder_);
  forged[30] ^= std::byte{1};
  EXPECT_FALSE(read_library_marker(forged));
}

}  // namespace
}  // namespace meanwhile
