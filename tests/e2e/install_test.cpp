// What `cmake --install` leaves, as a desktop sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/support/environment.h"

namespace meanwhile::e2e {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Installation : public testing::Test {
 protected:
  Installation() {
    EXPECT_EQ(said_by({"cmake", "--install", MEANWHILE_BUILD_DIR, "--prefix", prefix().string()}).status, 0);
  }
  std::filesystem::path prefix() const { return folder_.path() / "usr"; }
  std::filesystem::path share(const std::string& path) const { return prefix() / "share" / path; }
  std::filesystem::path scratch(const std::string& name) const { return folder_.path() / name; }

  struct Said {
    int status = 0;
    std::string text;
  };
  Said said_by(const std::vector<std::string>& command) const {
    const auto output = scratch("said");
    std::filesystem::remove(output);
    const Environment alone{{"HOME", folder_.path().string()}, {"LC_ALL", "C.UTF-8"}};
    const int status = run_program(command, {.environment = alone, .output = output}).value_or(-1);
    return {status, text_of_file(output)};
  }
  // The installed program, of a person of its own.
  Said meanwhile(std::vector<std::string> words) const {
    words.insert(words.begin(), {(prefix() / "bin/meanwhile").string(), "--home", scratch("home").string()});
    return said_by(words);
  }

 private:
  ScopedFolder folder_;
};

TEST_F(Installation, HasProgramIconsAndPapers) {
  for (const char* file :
       {"icons/hicolor/scalable/apps/meanwhile.svg", "icons/hicolor/symbolic/apps/meanwhile-symbolic.svg",
        "icons/hicolor/48x48/apps/meanwhile.png", "icons/hicolor/128x128/apps/meanwhile.png",
        "man/man1/meanwhile.1", "bash-completion/completions/meanwhile", "zsh/site-functions/_meanwhile",
        "fish/vendor_completions.d/meanwhile.fish", "doc/meanwhile/copyright", "doc/meanwhile/changelog"})
    EXPECT_TRUE(std::filesystem::exists(share(file))) << file;
}

TEST_F(Installation, ProgramWorksFromThere) {
  const std::string library = "folder:" + scratch("library").string();
  EXPECT_EQ(meanwhile({"library", "create", library, "--name", "Team"}).status, 0);
  const auto list = meanwhile({"list", "--json"});
  EXPECT_EQ(list.status, 0) << list.text;
  const auto version = meanwhile({"--version"});
  EXPECT_THAT(text_of_file(share("doc/meanwhile/changelog")),
              HasSubstr("(" + version.text.substr(0, version.text.find('\n')) + "-"));
}

TEST_F(Installation, HasAnEntryThatOpensLinksAndStartsWhatPeopleDo) {
  const auto entry = share("applications/meanwhile.desktop");
  const auto said = said_by({"desktop-file-validate", entry.string()});
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.text, "");
  EXPECT_THAT(text_of_file(entry), HasSubstr("MimeType=x-scheme-handler/meanwhile;"));
}

// What the entry starts are commands that there are: each is tried with --help behind it.
TEST_F(Installation, EntryStartsCommandsThatThereAre) {
  const std::string entry = text_of_file(share("applications/meanwhile.desktop"));
  const std::regex line("Exec=meanwhile ([^\n]*)");
  int count = 0;
  for (auto found = std::sregex_iterator(entry.begin(), entry.end(), line); found != std::sregex_iterator();
       ++found) {
    std::istringstream words((*found)[1]);
    std::vector<std::string> command;
    for (std::string word; words >> word;) command.push_back(word == "%u" ? "meanwhile://a/b" : word);
    command.push_back("--help");
    EXPECT_EQ(meanwhile(command).status, 0) << (*found)[1];
    ++count;
  }
  EXPECT_EQ(count, 3);
}

TEST_F(Installation, TellsSoftwareCentresWhatItIs) {
  const auto file = share("metainfo/com.meanwhile.Meanwhile.metainfo.xml");
  const auto said = said_by({"appstreamcli", "validate", "--no-net", file.string()});
  EXPECT_EQ(said.status, 0) << said.text;
}

// Whoever has a place on the web names it; the picture lies there as it does here.
TEST_F(Installation, SoftwareCentresGetPicturesFromTheWeb) {
  const auto script = scratch("website.cmake");
  const std::string package = MEANWHILE_SOURCE_DIR "/app/package/";
  std::ofstream(script)
      << "set(PROJECT_VERSION 1.2.3)\nset(release_date 2026-12-01)\nset(metainfo_template " << package
      << "com.meanwhile.Meanwhile.metainfo.xml.in)\ninclude(" << package << "metainfo.cmake)\n"
      << "meanwhile_metainfo(com.meanwhile.Meanwhile.metainfo.xml https://meanwhile.example)\n";
  ASSERT_EQ(said_by({"sh", "-c", "cd " + scratch("").string() + " && cmake -P website.cmake"}).status, 0);
  const auto file = scratch("com.meanwhile.Meanwhile.metainfo.xml");
  const auto said = said_by({"appstreamcli", "validate", "--no-net", file.string()});
  EXPECT_EQ(said.status, 0) << said.text;
  EXPECT_THAT(text_of_file(file), HasSubstr(">https://meanwhile.example/app/window.png<"));
  EXPECT_TRUE(std::filesystem::exists(MEANWHILE_SOURCE_DIR "/app/window.png"));
}

TEST_F(Installation, IconsOfAllSizesLookAlike) {
  for (const int size : {48, 128}) {
    const std::string side = std::to_string(size);
    const auto drawn = scratch("drawn.png").string();
    const auto kept = share("icons/hicolor/" + side + "x" + side + "/apps/meanwhile.png").string();
    ASSERT_EQ(said_by({"rsvg-convert", "-w", side, "-h", side,
                       share("icons/hicolor/scalable/apps/meanwhile.svg").string(), "-o", drawn})
                  .status,
              0);
    EXPECT_THAT(said_by({"compare", "-metric", "AE", "-fuzz", "10%", drawn, kept, "null:"}).text,
                testing::MatchesRegex("0( .*)?"))
        << size;
  }
}

// Portals, no files of the host. It leaves a folder where it is run.
TEST(Flatpak, AsksForNoMoreThanItNeeds) {
  const ScopedFolder folder;
  const auto said = folder.path() / "said";
  const std::string manifest = MEANWHILE_SOURCE_DIR "/app/package/com.meanwhile.Meanwhile.yml";
  const auto status = run_program(
      {"sh", "-c", "cd " + folder.path().string() + " && flatpak-builder --show-manifest " + manifest},
      {.environment = {{"HOME", folder.path().string()}}, .output = said, .errors = "/dev/null"});
  ASSERT_EQ(status.value_or(-1), 0) << text_of_file(said);
  const Json json = parse_json(text_of_file(said)).value();
  std::vector<std::string> asked;
  for (const Json& each : json.at("finish-args"))
    if (const auto word = each.get<std::string>(); !word.starts_with("--env=")) asked.push_back(word);
  EXPECT_THAT(asked, testing::UnorderedElementsAre("--socket=wayland", "--socket=fallback-x11", "--share=ipc",
                                                   "--socket=pulseaudio", "--share=network", "--device=dri"));
  for (const Json& module : json.at("modules"))
    for (const Json& source : module.at("sources"))
      EXPECT_TRUE(source.at("type") == "dir" || source.contains("commit") || source.contains("sha256"))
          << module.at("name");
}

}  // namespace
}  // namespace meanwhile::e2e
