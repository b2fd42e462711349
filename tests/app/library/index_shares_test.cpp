// Shares, as the index lists them.
#include <gtest/gtest.h>

#include "tests/app/library/index_fixture.h"

namespace meanwhile {
namespace {

class IndexShares : public IndexTest {
 protected:
  ShareEvent share(const std::string& id, ShareForm form = ShareForm::Link) {
    return {.clip = clip_, .terms = {.share = id_from(id), .form = form}};
  }
};

TEST_F(IndexShares, AreListedWithWhoMadeThem) {
  say(anna_, share("s1"));
  say(ben_, share("s2", ShareForm::File));
  const auto shares = index_->shares().value();
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(shares[0].terms.share, id_from("s2"));
  EXPECT_EQ(shares[0].terms.form, ShareForm::File);
  EXPECT_EQ(shares[0].person, ben_.person);
  EXPECT_EQ(shares[1].clip, clip_);
  EXPECT_EQ(index_->share(id_from("s1"))->person, anna_.person);
  EXPECT_EQ(index_->share(id_from("s3")).error().code, ErrorCode::NotFound);
}

TEST_F(IndexShares, TheLastTermsCountAndAnybodyMaySayThem) {
  ShareEvent event = share("s1");
  event.terms.until = WallTime(std::chrono::milliseconds(now_ + 5000));
  event.terms.secret = std::string(22, 'A') + "==";
  say(anna_, event);
  event.terms.takes_answers = false;
  say(ben_, event);
  const Share there = index_->share(id_from("s1")).value();
  EXPECT_EQ(there.terms, event.terms);
  EXPECT_EQ(there.person, anna_.person);
  EXPECT_TRUE(there.is_open(*event.terms.until - std::chrono::milliseconds(1)));
  EXPECT_FALSE(there.is_open(*event.terms.until));
}

TEST_F(IndexShares, WhatEndedStaysEndedWhateverComesLater) {
  ShareEvent event = share("s1");
  say(anna_, event);
  event.is_off = true;
  say(ben_, event);
  event.is_off = false;
  say(anna_, event);
  const Share there = index_->share(id_from("s1")).value();
  EXPECT_TRUE(there.is_off);
  EXPECT_FALSE(there.is_open(WallTime{}));
}

TEST_F(IndexShares, AreThereAfterTheIndexIsBuiltAnew) {
  say(anna_, share("s1"));
  open();
  EXPECT_EQ(index_->shares()->size(), 1u);
}

}  // namespace
}  // namespace meanwhile
