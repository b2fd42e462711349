#include "media/capture/x11/window_words.h"

#include <gtest/gtest.h>

#include <string>

namespace meanwhile {
namespace {

using namespace std::string_literals;

TEST(WindowName, HasTheProgramWhereTheTitleDoesNot) {
  EXPECT_EQ(window_name("Quarterly figures", "LibreOffice"), "Quarterly figures (LibreOffice)");
  EXPECT_EQ(window_name("Inbox - Thunderbird", "thunderbird"), "Inbox - Thunderbird");
  EXPECT_EQ(window_name("", "XTerm"), "XTerm");
  EXPECT_EQ(window_name("", ""), "");
}

TEST(WindowName, HoldsNothingThatATerminalWouldObey) {
  EXPECT_EQ(window_name("\x1b[31mred\a\n title\x7f",
                        "a\x1b"
                        "b"),
            "[31mred title (ab)");
  EXPECT_EQ(window_name("\xff\xfe", ""), "\uFFFD\uFFFD");
}

TEST(WindowName, IsShort) {
  const std::string name = window_name(std::string(10'000, 'x'), std::string(10'000, 'y'));

  EXPECT_LT(name.size(), 100U);
}

TEST(ProgramIn, IsTheClassBehindTheInstance) {
  EXPECT_EQ(program_in("xterm\0XTerm\0"s), "XTerm");
  EXPECT_EQ(program_in("xterm\0XTerm"s), "XTerm");
  EXPECT_EQ(program_in("xterm"s), "");
  EXPECT_EQ(program_in(""s), "");
}

TEST(Latin1, BecomesUtf8) {
  EXPECT_EQ(utf8_from_latin1("caf\xe9"), "café");
}

}  // namespace
}  // namespace meanwhile
