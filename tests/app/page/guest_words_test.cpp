// What guests said, on its way in: opened, checked, told in words.
#include "app/page/guest_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/library/guest_line.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"
#include "upload/seal/guest_seal.h"

namespace meanwhile {
namespace {

const GuestPlace kPlace{.share = id_from("s1"), .clip = id_from("c1")};

class GuestWords : public testing::Test {
 protected:
  std::string document(const std::string& text = "Hi") {
    return sam_.document(kPlace, {guest_comment(1, text)});
  }

  GuestWriter sam_{"Sam"};
  const OpenShare share_{.id = kPlace.share, .clip = kPlace.clip};
};

TEST_F(GuestWords, ADocumentOfTheShareIsAnEvent) {
  const auto event = guest_event_of(to_bytes(document()), share_);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->said->name, "Sam");
}

TEST_F(GuestWords, ForAnotherShareOrClipItIsRefused) {
  const std::string text = document();
  for (const OpenShare& other : {OpenShare{.id = id_from("s2"), .clip = kPlace.clip},
                                 OpenShare{.id = kPlace.share, .clip = id_from("c2")}}) {
    const auto event = guest_event_of(to_bytes(text), other);
    ASSERT_FALSE(event);
    EXPECT_EQ(refusal_of(event.error()), Refused::Elsewhere);
  }
}

TEST_F(GuestWords, OneOfAnotherVersionIsToldApartFromAForgedOne) {
  const auto refusal = [&](const std::string& text) {
    return refusal_of(guest_event_of(to_bytes(text), share_).error());
  };
  EXPECT_EQ(refusal(sam_.document_with(kPlace, {guest_comment(1, "Hi")}, {{"format", 2}})), Refused::Newer);
  EXPECT_EQ(refusal(sam_.document(kPlace, {{{"type", "sing"}}})), Refused::Newer);
  std::string forged = document();
  forged[forged.find("Sam")] = 'P';
  EXPECT_EQ(refusal(forged), Refused::Forged);
}

TEST_F(GuestWords, WhatWasSealedIsOpenedByItsShareAlone) {
  const SealKeys keys = new_seal_keys();
  const OpenShare sealed{.id = kPlace.share, .clip = kPlace.clip, .secret = keys.secret};
  const Bytes bytes = sealed_to(keys.open, kPlace.share, document());
  EXPECT_EQ(bytes.size(), document().size() + kGuestSealBytes);
  ASSERT_TRUE(guest_event_of(bytes, sealed));
  const OpenShare stranger{.id = kPlace.share, .clip = kPlace.clip, .secret = new_seal_keys().secret};
  EXPECT_EQ(refusal_of(guest_event_of(bytes, stranger).error()), Refused::Forged);
  const OpenShare other{.id = id_from("s2"), .clip = kPlace.clip, .secret = keys.secret};
  EXPECT_EQ(refusal_of(guest_event_of(bytes, other).error()), Refused::Forged);
  // Neither passes for the other.
  EXPECT_EQ(refusal_of(guest_event_of(bytes, share_).error()), Refused::Forged);
  EXPECT_EQ(refusal_of(guest_event_of(to_bytes(document()), sealed).error()), Refused::Forged);
}

TEST_F(GuestWords, SealedBytesThatWereChangedOrCutAreRefused) {
  const SealKeys keys = new_seal_keys();
  const Bytes bytes = sealed_to(keys.open, kPlace.share, "{}");
  ASSERT_TRUE(open_guest_seal(bytes, keys.secret, kPlace.share));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= std::byte{1};
    EXPECT_FALSE(open_guest_seal(changed, keys.secret, kPlace.share)) << i;
    EXPECT_FALSE(open_guest_seal(std::span(bytes).first(i), keys.secret, kPlace.share)) << i;
  }
  // With a key of zeros everybody agrees on the same.
  Bytes weak = bytes;
  std::fill(weak.begin() + 8, weak.begin() + 40, std::byte{0});
  EXPECT_FALSE(open_guest_seal(weak, keys.secret, kPlace.share));
}

TEST_F(GuestWords, WhatCameInIsToldInWords) {
  TakenUp taken;
  EXPECT_EQ(taken_up_words(taken), "Nothing new");
  EXPECT_EQ(refused_words(taken.refused), "");
  taken.add(read_guest_document(document()).value());
  taken.add(read_guest_document(document()).value());
  EXPECT_EQ(taken_up_words(taken), "2 comments from Sam (guest)");
  taken.refused[Refused::Repeated] = 2;
  taken.refused[Refused::TooLarge] = 1;
  EXPECT_EQ(refused_words(taken.refused), "1 is too long, 2 were here already");
}

// Pasted text.

bool is_document(std::span<const std::byte> bytes) {
  return read_guest_document(as_text(bytes)).has_value();
}

class AnswersText : public GuestWords {
 protected:
  std::string line() {
    return answers_text(to_bytes(document("a longer comment, so that a mail breaks it")));
  }
  static std::size_t documents_in(const std::string& text) {
    return read_answers_text(text, is_document).documents.size();
  }
};

TEST_F(AnswersText, SeveralAreFoundInOneText) {
  const std::string one = line();
  const std::string two = line();
  EXPECT_FALSE(has_answers("answers: yes"));
  EXPECT_TRUE(has_answers("Hi! " + one));
  EXPECT_EQ(documents_in(one), 1U);
  EXPECT_EQ(documents_in(one + " " + two), 2U);
  EXPECT_EQ(documents_in("Here you are:\n\n" + one + "\n" + two + "\n\nBest, Sam"), 2U);
  // A field of one line drops line ends.
  EXPECT_EQ(documents_in(one + two), 2U);
  // One scheme for all.
  EXPECT_EQ(documents_in(one + " " + two.substr(kAnswersScheme.size())), 2U);
  EXPECT_EQ(read_answers_text(one + " " + two, is_document).damaged, 0);
}

TEST_F(AnswersText, QuotingAndBrokenLinesAreUndone) {
  const std::string one = line();
  std::string broken;
  for (std::size_t i = 0; i < one.size(); i += 60) broken += "> " + one.substr(i, 60) + "\r\n";
  EXPECT_EQ(documents_in("On Monday Sam wrote:\n" + broken + "> Best, Sam"), 1U);
  EXPECT_EQ(documents_in("`" + one + "`"), 1U);
  EXPECT_EQ(documents_in("<" + one + ">"), 1U);
  EXPECT_EQ(documents_in("\"" + one + "\", she says"), 1U);
  EXPECT_EQ(documents_in(one + " thanks and see you"), 1U);
}

TEST_F(AnswersText, WhatBrokeOnTheWayIsCounted) {
  const std::string one = line();
  const auto read = read_answers_text(one.substr(0, one.size() - 10) + " " + line(), is_document);
  EXPECT_EQ(read.documents.size(), 1U);
  EXPECT_EQ(read.damaged, 1);
  EXPECT_EQ(read_answers_text("meanwhile-answers:", is_document).damaged, 1);
  EXPECT_EQ(read_answers_text("meanwhile-answers:%%%", is_document).damaged, 1);
}

TEST_F(AnswersText, AMadeUpTextIsSoonDoneWith) {
  std::string text(kAnswersScheme);
  while (text.size() < kLongestAnswersText) text += "eyJ a b c d e f g h ";
  int tries = 0;
  const auto read = read_answers_text(text, [&](std::span<const std::byte>) { return ++tries, false; });
  EXPECT_TRUE(read.documents.empty());
  EXPECT_LE(tries, 5000);
}

}  // namespace
}  // namespace meanwhile
