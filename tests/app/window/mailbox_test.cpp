// Letters to the window's thread, and whether a frame follows.
#include "app/window/mailbox.h"

#include <gtest/gtest.h>

#include <string>

namespace meanwhile {
namespace {

TEST(Mailbox, OnlyNewsAreWorthAFrame) {
  int knocks = 0;
  Mailbox mailbox([&] { ++knocks; });
  std::string read;
  mailbox.post_quietly([&] { return read += "a", false; });
  mailbox.post_quietly([&] { return read += "b", false; });
  EXPECT_FALSE(mailbox.deliver());
  mailbox.post([&] { read += "c"; });
  mailbox.post_quietly([&] { return read += "d", false; });
  EXPECT_TRUE(mailbox.deliver());
  EXPECT_FALSE(mailbox.deliver());
  EXPECT_EQ(read, "abcd");
  EXPECT_EQ(knocks, 4);
}

TEST(Mailbox, ALetterThatIsWrittenMeanwhileWaits) {
  Mailbox mailbox([] {});
  int answers = 0;
  mailbox.post([&] { mailbox.post([&] { ++answers; }); });
  EXPECT_TRUE(mailbox.deliver());
  EXPECT_EQ(answers, 0);
  EXPECT_TRUE(mailbox.deliver());
  EXPECT_EQ(answers, 1);
}

}  // namespace
}  // namespace meanwhile
