// The manual page and the shells' completions know every command and option, for they are made of them.
#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/context.h"
#include "app/platform/last_call.h"
#include "tests/e2e/person.h"
#include "tests/e2e/shells.h"
#include "tests/support/environment.h"

namespace meanwhile::e2e {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

// A command that people see, as the command line itself has it.
struct Known {
  std::string path;  // "meanwhile library use"
  std::set<std::string> commands;
  std::set<std::string> options;
};

void add_known(const CLI::App& app, const std::string& above, std::vector<Known>& all) {
  Known known{.path = above + app.get_name(), .commands = {}, .options = {}};
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_snames()) known.options.insert("-" + name);
    for (const auto& name : option->get_lnames()) known.options.insert("--" + name);
  }
  const auto below = app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
  for (const CLI::App* each : below) known.commands.insert(each->get_name());
  all.push_back(known);
  for (const CLI::App* each : below) add_known(*each, known.path + " ", all);
}

class Manual : public testing::Test {
 protected:
  Manual() {
    add_command_line(cli_, context_);
    add_known(cli_, "", known_);
    EXPECT_EQ(run_program({MEANWHILE_PROGRAM, "manual", folder().string(), "--date", "2026-12-01"}, {})
                  .value_or(-1),
              0);
    std::ofstream(folder() / "a film.mp4") << "x";
  }
  const std::filesystem::path& folder() const { return folder_.path(); }
  const std::vector<Known>& known() const { return known_; }

  // Everything that it says; "" if it is content.
  std::string complaints(const std::vector<std::string>& command) const {
    const auto said = folder() / "said";
    std::filesystem::remove(said);
    const auto status =
        run_program(command, {.environment = {{"LC_ALL", "C.UTF-8"}}, .output = "/dev/null", .errors = said});
    return text_of_file(said) + (status.value_or(-1) == 0 ? "" : "it failed");
  }
  std::string page() const { return text_of_file(folder() / "meanwhile.1"); }

 private:
  LastCall last_call_;
  Context context_{last_call_};
  CLI::App cli_{"Meanwhile", "meanwhile"};
  std::vector<Known> known_;
  ScopedFolder folder_;
};

std::string typed_in_page(const std::string& words) {
  std::string text;
  for (const char letter : words) text += letter == '-' ? std::string("\\-") : std::string(1, letter);
  return text;
}

// From the command's heading to the next.
std::string section_of(const std::string& page, const std::string& path) {
  const std::string heading = ".SS " + typed_in_page(path);
  std::size_t begin = page.find(heading + "\n");
  for (const char* behind : {" ", " ["})
    if (begin == page.npos) begin = page.find(heading + behind);
  while (begin != page.npos && std::islower(static_cast<unsigned char>(page[begin + heading.size() + 1])))
    begin = page.find(heading + " ", begin + 1);
  return begin == page.npos ? "" : page.substr(begin, page.find("\n.S", begin + 1) - begin);
}

TEST_F(Manual, PageTellsOfEveryCommandAndOption) {
  ASSERT_GT(known().size(), 60U);
  const std::string page = this->page();
  for (const Known& command : known()) {
    const bool is_program = command.path == "meanwhile";
    const std::string section =
        is_program ? page.substr(0, page.find(".SH COMMANDS")) : section_of(page, command.path);
    EXPECT_THAT(section, Not(IsEmpty())) << command.path;
    for (const auto& option : command.options) {
      if (!is_program && (option == "-h" || option == "--help" || option == "--json")) continue;
      EXPECT_THAT(section, HasSubstr("\\fB" + typed_in_page(option) + "\\fR")) << command.path;
    }
  }
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-json\\fR"));
}

TEST_F(Manual, HidesWhatIsForTheProgramItself) {
  for (const char* file : {"meanwhile.1", "meanwhile.bash", "_meanwhile", "meanwhile.fish"})
    EXPECT_THAT(text_of_file(folder() / file), Not(HasSubstr("demo-slides"))) << file;
}

TEST_F(Manual, PageIsAsReadersOfItWantIt) {
  const std::string page = (folder() / "meanwhile.1").string();
  EXPECT_EQ(complaints({"man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", page}), "");
  EXPECT_EQ(complaints({"groff", "-ww", "-man", "-Tutf8", page}), "");
  EXPECT_EQ(complaints({"sh", "-c", "mandoc -Tlint " + page + " >&2"}), "");
}

TEST_F(Manual, BashOffersEveryCommandAndOption) {
  std::vector<std::string> lines;
  for (const Known& command : known()) {
    lines.push_back(command.path + " ");
    lines.push_back(command.path + " -");
  }
  const Offers offers = bash_offers(folder(), lines);
  ASSERT_EQ(offers.size(), lines.size()) << testing::PrintToString(offers.back());
  for (std::size_t i = 0; i < known().size(); ++i) {
    EXPECT_THAT(offers[2 * i], IsSupersetOf(known()[i].commands)) << lines[2 * i];
    EXPECT_THAT(offers[2 * i + 1], IsSupersetOf(known()[i].options)) << lines[2 * i + 1];
    EXPECT_THAT(offers[2 * i + 1], Contains("--home")) << lines[2 * i + 1];
  }
}

// Lines that each shell should understand alike, and what is to be offered, besides perhaps more.
struct Line {
  std::string typed;
  std::set<std::string> offered;
};
const std::vector<Line>& lines_of_people() {
  static const std::vector<Line> lines{
      {"meanwhile open --page ", {"inbox", "record", "settings"}},
      {"meanwhile --home list open --page r", {"record"}},
      {"meanwhile list --limit 3 --sort old", {"oldest"}},
      {"meanwhile library use folder:/x --lib", {"--library"}},
      {"meanwhile captions latest --export s", {"srt"}},
      {"meanwhile captions eng", {"engine"}},
      {"meanwhile comments latest --format m", {"md"}},
      {"meanwhile chapters latest --add 1:23 record --rem", {"--remove"}},
  };
  return lines;
}

void expect_offers(const Offers& offers) {
  const auto& lines = lines_of_people();
  ASSERT_EQ(offers.size(), lines.size()) << testing::PrintToString(offers.back());
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(offers[i], lines[i].offered) << lines[i].typed;
}

std::vector<std::string> typed_by_people() {
  std::vector<std::string> typed;
  for (const auto& line : lines_of_people()) typed.push_back(line.typed);
  return typed;
}

TEST_F(Manual, BashOffersWhatFitsTheLine) {
  expect_offers(bash_offers(folder(), typed_by_people()));
  EXPECT_THAT(
      bash_offers(folder(), {"meanwhile open --page=in", "meanwhile open --page=", "meanwhile import a"}),
      ElementsAre(ElementsAre("inbox"), ElementsAre("inbox", "record", "settings"),
                  ElementsAre("a film.mp4")));
}

TEST_F(Manual, FishOffersWhatFitsTheLine) {
  expect_offers(fish_offers(folder(), typed_by_people()));
  const Offers more = fish_offers(folder(), {"meanwhile open --page=in", "meanwhile import a", "meanwhile "});
  ASSERT_EQ(more.size(), 3U) << testing::PrintToString(more.back());
  EXPECT_THAT(more[0], ElementsAre("--page=inbox"));
  EXPECT_THAT(more[1], ElementsAre("a film.mp4"));
  EXPECT_THAT(more[2], IsSupersetOf(known().front().commands));
}

TEST_F(Manual, FishIsToldOfEveryCommandAndOption) {
  const std::string script = text_of_file(folder() / "meanwhile.fish");
  for (const Known& command : known()) {
    for (const auto& name : command.commands)
      EXPECT_THAT(script, HasSubstr("__meanwhile_at \\'" + command.path + "\\'' -a '" + name + "'"));
    for (const auto& name : command.options) {
      if (!name.starts_with("--")) continue;
      EXPECT_THAT(script, testing::ContainsRegex("__meanwhile_below .'" + command.path +
                                                 ".''( -s [a-z])* -l " + name.substr(2) + "[ \n]"));
    }
  }
}

TEST_F(Manual, ZshOffersWhatFitsTheLine) {
  expect_offers(zsh_offers(folder(), typed_by_people()));
  const Offers more = zsh_offers(
      folder(), {"meanwhile open --page=in", "meanwhile import a", "meanwhile ", "meanwhile record --"});
  ASSERT_EQ(more.size(), 4U) << testing::PrintToString(more.back());
  EXPECT_THAT(more[0], ElementsAre("inbox"));
  EXPECT_THAT(more[1], ElementsAre("a\\ film.mp4"));
  EXPECT_THAT(more[2], IsSupersetOf(known().front().commands));
  EXPECT_THAT(more[3], IsSupersetOf({"--title", "--screen", "--json", "--home"}));
}

TEST_F(Manual, ZshIsToldOfEveryCommandAndOption) {
  const std::string script = text_of_file(folder() / "_meanwhile");
  for (const Known& command : known()) {
    std::string name = "_" + command.path;
    std::ranges::replace(name, ' ', '_');
    const auto begin = script.find("\n" + name + "() {");
    ASSERT_NE(begin, script.npos) << name;
    const std::string body = script.substr(begin, script.find("\n}\n", begin) - begin);
    for (const auto& below : command.commands) EXPECT_THAT(body, HasSubstr("\n        " + below + ") "));
    for (const auto& option : command.options)
      EXPECT_THAT(body, testing::ContainsRegex("[)*]" + option + "[=[]"));
  }
}

}  // namespace
}  // namespace meanwhile::e2e
