#include "media/base/plural_samples.h"

#include <gmock/gmock.h>

namespace meanwhile::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(PluralSamples, AreANumberOfEachCategory) {
  EXPECT_THAT(plural_samples("de"), ElementsAre(Pair("one", 1), Pair("other", 0)));
  EXPECT_THAT(plural_samples("ja"), ElementsAre(Pair("other", 0)));
}

TEST(PluralSamples, OfWhatIsSaidOfFractionsThereIsNone) {
  EXPECT_THAT(plural_samples("pl"), ElementsAre(Pair("few", 2), Pair("many", 0), Pair("one", 1)));
}

}  // namespace
}  // namespace meanwhile::test
