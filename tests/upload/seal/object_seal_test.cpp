// The bytes of a sealed object: what FORMAT.md says, held to fixed values, so that another program can be
// written from that text.
#include "upload/seal/object_seal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr const char* kLibrary = "01jaaaaaaaaaaaaaaaaaaaaaaa";
constexpr const char* kSegment = "clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s";

SealSecret secret_of(unsigned char first) {
  std::array<unsigned char, SealSecret::kBytes> bytes;
  std::iota(bytes.begin(), bytes.end(), first);
  return SealSecret(bytes);
}

Bytes plain_of(std::size_t size) {
  Bytes plain(size);
  for (std::size_t i = 0; i < size; ++i) plain[i] = static_cast<std::byte>(i * 31 + i / 256);
  return plain;
}

// Made with Python's cryptography, from the format's words alone.
TEST(ObjectSeal, AClipsScopeIsTheSameForAllOfItsObjects) {
  const auto scope = clip_scope(secret_of(0), kLibrary, kSegment);
  EXPECT_EQ(to_base64(scope), "qDRJd2aWAJm0HfkJUDhhtqIaORhyRyGUhgDiozT36iY=");
  EXPECT_EQ(clip_scope(secret_of(0), kLibrary, "clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/poster.jpg"), scope);
  EXPECT_NE(clip_scope(secret_of(0), kLibrary, "clips/2026-11/01jccccccccccccccccccccccc/poster.jpg"), scope);
  EXPECT_NE(clip_scope(secret_of(1), kLibrary, kSegment), scope);
}

TEST(ObjectSeal, FixedKeysGiveFixedBytes) {
  const SealSecret secret = secret_of(0);
  EXPECT_EQ(secret.id(), "30015338fb2f3a14");
  struct Vector {
    const char* key;
    std::size_t size;
    const char* sha256;
  };
  for (const Vector& vector : {
           Vector{"events/4j2tsqra6jd6dzr6apk0nmv4m3/0/1.ev", 0,
                  "15d7c35b31a2d402131025f48590910ac431435345f39bcab7338187c030fe91"},
           Vector{"events/4j2tsqra6jd6dzr6apk0nmv4m3/0/1.ev", 1,
                  "d88254bc40b6fdca6c6a6c15b5ced3bf0dc57f7d77ccc3881478465ac684f08e"},
           Vector{"events/4j2tsqra6jd6dzr6apk0nmv4m3/0/1.ev", 500,
                  "ecf83e80400adec4a3cc29c9962df1e367c9e164fc7f8809a80ff657ba6773c0"},
           Vector{"clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s", 65535,
                  "7fb788d4a67243cfda6f3a7ba7b485f345404ec8e32901b39539202945980f32"},
           Vector{"clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s", 65536,
                  "8813fb7836e46872f2e55c576f09751d1d1a86fe5c59f7cfea1515989c704b83"},
           Vector{"clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s", 65537,
                  "aeab1a1edc710362784476c457376b91c73215f5968dc50f0cbad1f11dcc1ad9"},
           Vector{"clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s", 131072,
                  "70e3ee7704f093679f4cc7db1540cdea9595592b0798d2ca5c50b8d1dd4f1739"},
           Vector{"clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000001.m4s", 200000,
                  "bcb5113cca150a936365152fa051be1ba091128675e4c96afab9959d08ee07f6"},
       }) {
    const Bytes sealed = seal_object(secret, {kLibrary, vector.key}, plain_of(vector.size));
    EXPECT_EQ(sha256_hex(sealed), vector.sha256) << vector.key << ", " << vector.size << " bytes";
  }
}

TEST(ObjectSeal, AllLengthsAroundChunkBordersComeBack) {
  const SealSecret secret = secret_of(7);
  for (const std::size_t chunks : {0, 1, 2, 3}) {
    for (int around = -17; around <= 17; ++around) {
      const auto size = static_cast<std::int64_t>(chunks * kSealChunkBytes) + around;
      if (size < 0) continue;
      const Bytes plain = plain_of(static_cast<std::size_t>(size));
      const Bytes sealed = seal_object(secret, {kLibrary, kSegment}, plain);
      EXPECT_EQ(sealed.size(), sealed_size(plain.size()));
      EXPECT_EQ(plain_size(sealed.size()), plain.size());
      EXPECT_EQ(open_object(secret, {kLibrary, kSegment}, sealed).value(), plain) << size;
    }
  }
}

TEST(ObjectSeal, SizesThatNoObjectHasAreNone) {
  EXPECT_FALSE(plain_size(0));
  EXPECT_FALSE(plain_size(sealed_size(0) - 1));
  EXPECT_FALSE(plain_size(kSealHeaderBytes + kSealedChunkBytes + 1));
  EXPECT_FALSE(plain_size(kSealHeaderBytes + kSealedChunkBytes + kSealTagBytes)) << "an empty last chunk";
}

TEST(ObjectSeal, TheSameTwiceIsTheSameAndOtherBytesAreOtherwise) {
  const SealSecret secret = secret_of(1);
  const Bytes plain = plain_of(1000);
  const Bytes sealed = seal_object(secret, {kLibrary, kSegment}, plain);
  EXPECT_EQ(seal_object(secret, {kLibrary, kSegment}, plain), sealed);
  std::set<Bytes> salts;
  for (const Bytes& other :
       {sealed, seal_object(secret, {kLibrary, kSegment}, plain_of(1001)),
        seal_object(secret_of(2), {kLibrary, kSegment}, plain),
        seal_object(secret, {"01jcccccccccccccccccccccc0", kSegment}, plain),
        seal_object(secret, {kLibrary, "clips/2026-11/01jbbbbbbbbbbbbbbbbbbbbbbb/screen/000002.m4s"}, plain)})
    salts.emplace(other.begin() + 16, other.begin() + kSealHeaderBytes);
  EXPECT_EQ(salts.size(), 5u) << "no key is used for two different things";
}

TEST(ObjectSeal, APartOfAFileIsSealedAsItsBytesAre) {
  const SealSecret secret = secret_of(1);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1000}, 3 * kSealChunkBytes + 5}) {
    const Bytes plain = plain_of(size);
    Bytes file = plain_of(7);
    file.insert(file.end(), plain.begin(), plain.end());
    MemorySource source(file);
    const auto sealed = seal_payload(secret, {kLibrary, kSegment}, Payload(source, {7, size}));
    ASSERT_TRUE(sealed) << sealed.error().message;
    EXPECT_EQ(sealed->bytes, seal_object(secret, {kLibrary, kSegment}, plain));
    EXPECT_EQ(sealed->plain_sha256, sha256_hex(plain));
  }
  MemorySource shorter(plain_of(99));
  EXPECT_EQ(seal_payload(secret, {kLibrary, kSegment}, Payload(shorter, {0, 100})).error().code,
            ErrorCode::Corrupt);
}

TEST(ObjectSeal, WhatWasChangedMovedOrCutFails) {
  const SealSecret secret = secret_of(3);
  const SealedName name{kLibrary, kSegment};
  const Bytes sealed = seal_object(secret, name, plain_of(3 * kSealChunkBytes));
  const auto opens = [&](const Bytes& bytes) { return open_object(secret, name, bytes).has_value(); };
  ASSERT_TRUE(opens(sealed));
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{20}, kSealHeaderBytes,
                               kSealHeaderBytes + kSealChunkBytes, sealed.size() - 1}) {
    Bytes changed = sealed;
    changed[at] ^= std::byte{1};
    EXPECT_FALSE(opens(changed)) << at;
  }
  const auto chunk = [&](std::size_t n) {
    return std::span(sealed).subspan(kSealHeaderBytes + n * kSealedChunkBytes, kSealedChunkBytes);
  };
  Bytes swapped = sealed;
  std::ranges::copy(chunk(1), swapped.begin() + kSealHeaderBytes);
  std::ranges::copy(chunk(0), swapped.begin() + kSealHeaderBytes + kSealedChunkBytes);
  EXPECT_FALSE(opens(swapped));
  EXPECT_FALSE(opens(Bytes(sealed.begin(), sealed.end() - kSealedChunkBytes))) << "a chunk less";
  EXPECT_FALSE(opens(Bytes(sealed.begin(), sealed.begin() + kSealHeaderBytes)));
  Bytes longer = sealed;
  longer.insert(longer.end(), chunk(2).begin(), chunk(2).end());
  EXPECT_FALSE(opens(longer));
  EXPECT_FALSE(open_object(secret, {"01jcccccccccccccccccccccc0", kSegment}, sealed));
  EXPECT_FALSE(open_object(secret, {kLibrary, "clips/2026-11/x"}, sealed));
  EXPECT_FALSE(open_object(secret_of(4), name, sealed));
}

}  // namespace
}  // namespace meanwhile
