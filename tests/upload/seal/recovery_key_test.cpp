#include "upload/seal/recovery_key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace meanwhile {
namespace {

TEST(RecoveryKey, ComesBackFromItsTextHoweverItIsTyped) {
  for (int i = 0; i < 50; ++i) {
    const KeyPair key = KeyPair::generate();
    std::string text = recovery_text(key);
    EXPECT_EQ(text.size(), 14u * 4 + 13);
    EXPECT_EQ(read_recovery_text(text)->public_key(), key.public_key()) << text;
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return c == '-' ? ' ' : std::toupper(c); });
    std::ranges::replace(text, '0', 'O');
    std::ranges::replace(text, '1', 'l');
    EXPECT_EQ(read_recovery_text(" " + text + "\n")->public_key(), key.public_key()) << text;
  }
}

TEST(RecoveryKey, ASlipIsNoticed) {
  const std::string text = recovery_text(KeyPair::generate());
  int taken = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    std::string slip = text;
    slip[i] = text[i] == '7' ? '8' : '7';
    if (const auto read = read_recovery_text(slip)) ++taken;
  }
  EXPECT_EQ(taken, 0) << text;
  EXPECT_EQ(read_recovery_text("").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(read_recovery_text(text.substr(1)).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(read_recovery_text("u" + text.substr(1)).error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
