// What a second start says to the window.
#include "app/library/window_call.h"

#include <gtest/gtest.h>

#include <chrono>

namespace meanwhile {
namespace {

TEST(WindowCall, IsReadAsItWasWritten) {
  const WindowCall call{
      .page = "record", .clip = "meanwhile://a/b?t=83", .at = std::chrono::seconds(83), .play = true};
  EXPECT_EQ(parse_window_call(to_line(call)).value(), call);
  EXPECT_EQ(to_line(call).find('\n'), std::string::npos);
  EXPECT_TRUE(parse_window_call(to_line({.clip = "\xff\xfe"})));
}

TEST(WindowCall, WhatCantBeUnderstoodIsRefused) {
  for (const char* line : {"", "x", "[]", "{}", "{\"format\":0}", "\xff"})
    EXPECT_FALSE(parse_window_call(line)) << line;
  EXPECT_EQ(parse_window_call("{\"format\":2}").error().code, ErrorCode::Unsupported);
  EXPECT_EQ(parse_window_call("{\"format\":1,\"at_us\":-5,\"more\":[]}").value(), WindowCall());
}

}  // namespace
}  // namespace meanwhile
