#include "media/base/escapes.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(PercentEncode, KeepsWhatIsUnreservedAndWhatItIsTold) {
  EXPECT_EQ(percent_encode("a b+c/ü~%-._"), "a%20b%2Bc%2F%C3%BC~%25-._");
  EXPECT_EQ(percent_encode("a/b", "/"), "a/b");
}

TEST(EscapeMarkup, LeavesNothingThatBeginsOrEndsMarkup) {
  EXPECT_EQ(escape_markup("<a b=\"c\" d='e'> & ü"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt; &amp; ü");
}

}  // namespace
}  // namespace meanwhile
