#include "app/library/invitation.h"

#include <gtest/gtest.h>

#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

Invitation sample() {
  return {.url = "webdavs://anna@files.example.org/team",
          .library = id_from("team"),
          .name = "Team für Ölförderung",
          .founder = KeyPair::generate().public_key(),
          .secret = {}};
}

TEST(Invitation, ComesBackAsItWasWritten) {
  Invitation invitation = sample();
  invitation.secret = Secret{.user = "anna", .password = "pass word/+=", .session_token = "t"};
  const auto text = to_text(invitation);
  ASSERT_TRUE(text) << text.error().message;
  const auto read = parse_invitation(*text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->url, invitation.url);
  EXPECT_EQ(read->library, invitation.library);
  EXPECT_EQ(read->name, invitation.name);
  EXPECT_EQ(read->founder, invitation.founder);
  ASSERT_TRUE(read->secret);
  EXPECT_EQ(read->secret->user, "anna");
  EXPECT_EQ(read->secret->password, "pass word/+=");
  EXPECT_EQ(read->secret->session_token, "t");
}

TEST(Invitation, ToASealedLibraryComesBackAsItWasWritten) {
  Invitation invitation = sample();
  invitation.invite = KeyPair::generate();
  invitation.recovery = KeyPair::generate().public_key();
  for (const bool names_inviter : {false, true}) {
    if (names_inviter) invitation.inviter = KeyPair::generate().public_key();
    const auto read = parse_invitation(to_text(invitation).value());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->invite->public_key(), invitation.invite->public_key());
    EXPECT_EQ(read->recovery, invitation.recovery);
    EXPECT_EQ(read->inviter, invitation.inviter);
  }
}

TEST(Invitation, HoldsNoSecretUnlessOneIsGiven) {
  const auto read = parse_invitation(to_text(sample()).value());
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->secret);
}

TEST(Invitation, SurvivesTheLineBreaksOfAMailProgram) {
  std::string text = to_text(sample()).value();
  text.insert(60, "\r\n");
  text = "  " + text + "\n\n";
  EXPECT_TRUE(parse_invitation(text));
}

TEST(Invitation, IsOneLineOfCharactersThatNoProgramChanges) {
  const std::string text = to_text(sample()).value();
  EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"),
            std::string::npos);
}

TEST(Invitation, CutOffOneIsRefusedWithAWayOut) {
  const std::string text = to_text(sample()).value();
  for (std::size_t length = 1; length < text.size(); ++length) {
    const auto read = parse_invitation(text.substr(0, length));
    ASSERT_FALSE(read) << length;
    EXPECT_EQ(read.error().code, ErrorCode::InvalidArgument);
  }
}

TEST(Invitation, OtherTextIsRefused) {
  for (const char* text : {"", "folder:/srv/team", "meanwhile-invitation:", "meanwhile-invitation:e30",
                           "meanwhile-invitation:!!!!", "meanwhile-invitation:eyJmb3JtYXQiOjF9"}) {
    EXPECT_FALSE(parse_invitation(text)) << text;
  }
}

TEST(Invitation, TooLongTextIsRefusedBeforeItIsRead) {
  EXPECT_FALSE(parse_invitation("meanwhile-invitation:" + std::string(100'000, 'A')));
  EXPECT_FALSE(parse_invitation("meanwhile-invitation:" + std::string(10'000, ' ') + "AAAA"));
}

TEST(Invitation, ControlCharactersInAnAddressAreRefused) {
  Invitation invitation = sample();
  invitation.url = "folder:/srv/\x1b[31mteam";
  EXPECT_FALSE(to_text(invitation));
}

TEST(Invitation, NewerFormatIsRefusedPolitely) {
  // {"format":2}
  const auto read = parse_invitation("meanwhile-invitation:eyJmb3JtYXQiOjJ9");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile
