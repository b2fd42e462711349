#include "upload/gzip.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/gunzip.h"

namespace meanwhile {
namespace {

TEST(Gzip, GivesBackWhatItWasGiven) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919);
  for (const std::string& one : {std::string(), std::string("a"), text})
    EXPECT_EQ(gunzip(gzip(as_byte_span(one))), one);
}

TEST(Gzip, MakesAPageSmaller) {
  const std::string page(100'000, '<');
  EXPECT_LT(gzip(as_byte_span(page)).size(), 1'000u);
}

}  // namespace
}  // namespace meanwhile
