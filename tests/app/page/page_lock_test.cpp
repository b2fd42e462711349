#include "app/page/page_lock.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/app/page/opened_page.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

const std::string kShare = "01arz3ndektsv4rrffq69g5fav";

PageSecret counted_secret() {
  PageSecret secret;
  for (unsigned char i = 0; i < secret.size(); ++i) secret[i] = i;
  return secret;
}

PagePassword counted_password(std::string_view text) {
  std::array<unsigned char, 16> salt;
  for (unsigned char i = 0; i < salt.size(); ++i) salt[i] = 100 + i;
  return derive_password(text, salt, 1000);
}

std::string box_under(const PageLock& lock) {
  PageCipher::Nonce nonce;
  for (unsigned char i = 0; i < nonce.size(); ++i) nonce[i] = i + 1;
  return locked_page(kShare, {{"a", "<b>"}}, lock, nonce)["locked"]["box"];
}

// Made with the WebCrypto of Node 20, from the format's words alone.
TEST(PageLock, IsWhatABrowserOpens) {
  EXPECT_EQ(to_base64(counted_password("caf\u00E9 9").key), "/UAAaKKkZx3zd2q/G7omZ9yvjonsops8QTE8xQ3AJeQ=");
  EXPECT_EQ(box_under({.secret = counted_secret(), .password = {}}),
            "AQIDBAUGBwgJCgsMdWVpKSvWj5TjusFbEFCN/K9c3MFOtfCzoS1G");
  EXPECT_EQ(box_under({.secret = counted_secret(), .password = counted_password("caf\u00E9 9")}),
            "AQIDBAUGBwgJCgsM1n9E92tqMpn5iqAfm3ZZz/1JPDFDRh17qXtq");
  EXPECT_EQ(box_under({.secret = {}, .password = counted_password("caf\u00E9 9")}),
            "AQIDBAUGBwgJCgsMgJ4QNmR/befLjZTY0KBcEjk3rCfQ8K9aETak");
  EXPECT_EQ(page_fragment(counted_secret()), "#k=AAECAwQFBgcICQoLDA0ODw");
}

TEST(PageLock, APasswordIsTheSameHoweverItsLettersAreWritten) {
  EXPECT_EQ(counted_password("cafe\u0301 9"), counted_password("caf\u00E9 9"));
  EXPECT_NE(counted_password("cafe 9"), counted_password("caf\u00E9 9"));
}

TEST(PageLock, EachHasItsOwnSaltSecretAndNonce) {
  EXPECT_NE(new_page_secret(), new_page_secret());
  EXPECT_NE(PageCipher::new_nonce(), PageCipher::new_nonce());
  EXPECT_EQ(kPasswordRounds, 600'000);
  EXPECT_NE(new_password("a").salt, new_password("a").salt);
}

TEST(PageLock, SaysInTheOpenOnlyWhatOpeningNeeds) {
  const Json page =
      locked_page(kShare, {{"title", "Plans"}}, {.secret = {}, .password = counted_password("x")});
  EXPECT_EQ(to_text(page).find("Plans"), std::string::npos);
  EXPECT_TRUE(page["open"].is_null());
  EXPECT_EQ(page["locked"]["password"]["rounds"], 1000);
  EXPECT_EQ(page["locked"]["password"].size(), 2u);
  EXPECT_TRUE(
      locked_page(kShare, {}, {.secret = counted_secret(), .password = {}})["locked"]["password"].is_null());
}

TEST(PageLock, WhatLiesBesideThePageIsLockedAsSomethingElse) {
  const PageLock lock{.secret = counted_secret(), .password = {}};
  const Json rest = locked_rest(kShare, {{"title", "Plans"}}, lock);
  EXPECT_EQ(to_text(rest).find("Plans"), std::string::npos);
  const auto box = from_base64(rest["box"].get<std::string>()).value();
  const auto key = test::box_key_from({counted_secret().begin(), counted_secret().end()});
  const std::string about = std::string("meanwhile share 1\n") + kShare;
  EXPECT_EQ(test::open_box(key, box, about), "");
  EXPECT_EQ(test::open_box(key, box, about + "\nrest"), R"({"title":"Plans"})");
  EXPECT_EQ(open_rest({{"title", "Plans"}})["open"]["title"], "Plans");
}

TEST(PageCipher, PiecesGiveTheSameAsTheWhole) {
  const std::array<unsigned char, 32> key{1, 2, 3};
  const PageCipher::Nonce nonce{4, 5};
  const auto text = as_byte_span("one two three");
  PageCipher whole(key, nonce, "x");
  Bytes expected = whole.add(text);
  for (const std::byte byte : whole.finish()) expected.push_back(byte);
  PageCipher pieces(key, nonce, "x");
  Bytes got = pieces.add(text.first(1));
  for (const std::byte byte : pieces.add(text.subspan(1))) got.push_back(byte);
  for (const std::byte byte : pieces.finish()) got.push_back(byte);
  EXPECT_EQ(got, expected);
  EXPECT_EQ(expected.size(), 12 + text.size() + 16);
}

}  // namespace
}  // namespace meanwhile
