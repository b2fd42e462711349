// What the command line says to whoever mistypes it.
#include "app/cli/usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::Optional;

class Usage : public testing::Test {
 protected:
  // Standard error of a command that must be refused as wrong usage.
  std::string complaint(const std::vector<std::string>& words) {
    const Answer answer = anna_.run(words);
    EXPECT_EQ(answer.status, 2) << answer.out;
    EXPECT_EQ(answer.out, "");
    return answer.err;
  }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
};

TEST_F(Usage, OfAnUnknownCommandNamesTheOneThatWasMeant) {
  EXPECT_EQ(
      complaint({"lst"}),
      "meanwhile: 'lst' is no command of 'meanwhile'. Did you mean 'list'? 'meanwhile --help' tells what it "
      "takes.\n");
  EXPECT_THAT(complaint({"library", "jion"}), HasSubstr("Did you mean 'join'?"));
  EXPECT_THAT(complaint({"xyzzy"}), HasSubstr("'xyzzy' is no command of 'meanwhile'. There are: "));
}

TEST_F(Usage, OfAnUnknownOptionNamesTheOneThatWasMeant) {
  EXPECT_THAT(
      complaint({"list", "--srot", "newest"}),
      AllOf(HasSubstr("'meanwhile list' has no option '--srot'."), HasSubstr("Did you mean '--sort'?")));
  EXPECT_THAT(complaint({"list", "--hoem=x"}), HasSubstr("Did you mean '--home'?"));
}

TEST_F(Usage, OfAnUnknownValueNamesThoseThatThereAre) {
  EXPECT_THAT(
      complaint({"list", "--sort", "newst"}),
      HasSubstr(
          "--sort: 'newst' is none of discussed, inbox, longest, newest, oldest. Did you mean 'newest'?"));
  EXPECT_THAT(complaint({"me", "--share-watching", "maybe"}), HasSubstr("'maybe' is none of on, off."));
}

TEST_F(Usage, OfWhatIsNoNumberSaysWhichThereAre) {
  EXPECT_THAT(complaint({"list", "--limit", "x"}),
              HasSubstr("--limit: 'x' is not a whole number from 1 to 1000000."));
  EXPECT_THAT(complaint({"sending", "limit", "abc"}), HasSubstr("kbit: 'abc' is not a number."));
}

TEST_F(Usage, OfHalfACommandSaysWhatIsMissing) {
  EXPECT_THAT(complaint({"library"}), HasSubstr("'meanwhile library' needs one of: use, "));
  EXPECT_THAT(complaint({"show"}), HasSubstr("'meanwhile show': clip is required."));
}

TEST_F(Usage, HelpSpeaksOfWhatTheCommandDoes) {
  const Answer list = anna_.run({"list", "--help"});
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, AllOf(HasSubstr("--sort ORDER"), Not(HasSubstr("->"))));
  EXPECT_THAT(anna_.run({"archive", "--help"}).out, HasSubstr("out of your inbox"));
  EXPECT_THAT(anna_.run({"unarchive", "--help"}).out, HasSubstr("back into your inbox"));
}

TEST(NearestWord, IsABeginningOrAThirdOfTheLettersOff) {
  const std::vector<std::string> known{"list", "library", "link", "publish"};
  EXPECT_THAT(nearest_word("lib", known), Optional(std::string("library")));
  EXPECT_THAT(nearest_word("ilst", known), Optional(std::string("list")));
  EXPECT_THAT(nearest_word("pubishl", known), Optional(std::string("publish")));
  EXPECT_EQ(nearest_word("export", known), std::nullopt);
  EXPECT_EQ(nearest_word("", known), std::nullopt);
}

}  // namespace
}  // namespace meanwhile::e2e
