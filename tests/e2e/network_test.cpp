// Two people at one library on a server: the secret is given once, a clip goes over, words come back.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/person.h"
#include "tests/support/environment.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

class OnAServer : public testing::Test {
 protected:
  // Runs `meanwhile words`, with that on standard input.
  Answer run(const std::string& name, std::vector<std::string> words, const std::string& typed = "") {
    const fs::path home = folder_.path() / name;
    const fs::path in = folder_.path() / fmt::format("{}.in", ++commands_);
    const fs::path out = folder_.path() / fmt::format("{}.out", commands_);
    const fs::path err = folder_.path() / fmt::format("{}.err", commands_);
    std::ofstream(in) << typed;
    words.insert(words.begin(), {"sh", "-c", "exec \"$@\" < \"$0\"", in.string(), MEANWHILE_PROGRAM, "--home",
                                 home.string()});
    words.emplace_back("--json");
    const auto status = run_program(words, {.environment = bare(), .output = out, .errors = err});
    EXPECT_TRUE(status);
    Answer answer{
        .status = status.value_or(-1), .out = text_of_file(out), .err = text_of_file(err), .json = {}};
    answer.json = Json::parse(answer.out, nullptr, false);
    return answer;
  }
  Json done(const std::string& name, const std::vector<std::string>& words, const std::string& typed = "") {
    const Answer answer = run(name, words, typed);
    EXPECT_EQ(answer.status, 0) << words[0] << ": " << answer.err;
    return answer.json.is_object() ? answer.json : Json::object();
  }
  Environment bare() const {
    return {{"HOME", folder_.path().string()},
            {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder_.path() / "no-bus").string()},
            {"DISPLAY", ""},
            {"WAYLAND_DISPLAY", ""}};
  }
  // No file of the homes but the secrets' has the password in it.
  void expect_no_secret_elsewhere(const std::string& password) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
      if (!entry.is_regular_file() || entry.path().filename() == "secrets.json" ||
          entry.path().extension() == ".in")
        continue;
      EXPECT_FALSE(text_of_file(entry.path()).contains(password)) << entry.path();
    }
  }

  void share_over(const StorageServer& server, const std::string& url) {
    const std::string typed = server.secret().user + "\n" + server.secret().password + "\n";
    const Answer early = run("anna", {"library", "use", url});
    EXPECT_EQ(early.status, 1);
    EXPECT_TRUE(early.err.contains("library secret")) << early.err;
    for (const char* name : {"anna", "ben"})
      EXPECT_EQ(done(name, {"library", "secret", url}, typed)["kept"], "file");
    const Answer none = run("ben", {"library", "use", url});
    EXPECT_EQ(none.status, 1);
    EXPECT_TRUE(none.err.contains("there is no library at " + url + " yet")) << none.err;
    done("anna", {"library", "create", url, "--name", "Team"});
    EXPECT_EQ(done("ben", {"library", "use", url})["reachable"], true);
    const std::string clip =
        done("anna", {"record", "--screen", "lavfi:testsrc2=size=320x240:rate=10", "--camera", "none",
                      "--mic", "none", "--for", "3s", "--title", "Over the net", "--publish"})["clip"];
    const Json listed = done("ben", {"list"});
    ASSERT_EQ(listed["clips"].size(), 1U) << listed.dump(1);
    EXPECT_EQ(listed["clips"][0]["title"], "Over the net");
    EXPECT_GT(done("ben", {"fetch", clip})["bytes"].get<std::int64_t>(), 1000);
    EXPECT_EQ(done("ben", {"verify", clip})["whole"], true);
    done("ben", {"comment", clip, "--at", "1", "Seen"});
    const Json shown = done("anna", {"show", clip});
    ASSERT_EQ(shown["comments"].size(), 1U) << shown.dump(1);
    EXPECT_EQ(shown["comments"][0]["text"], "Seen");
    expect_no_secret_elsewhere(server.secret().password);
  }

  ScopedFolder folder_;
  int commands_ = 0;
};

TEST_F(OnAServer, TwoPeopleShareAClipOverWebDav) {
  const std::string missing = WebDavServer::missing_program_of(WebDavKind::Nginx);
  if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
  const auto authority = TestAuthority::create();
  const auto server = WebDavServer::start(WebDavKind::Nginx, **authority);
  ASSERT_TRUE(server) << server.error().message;
  share_over(**server, (*server)->tls_url("team"));
}

TEST_F(OnAServer, TwoPeopleShareAClipOverS3) {
  const std::string missing = CephServer::missing_program_of();
  if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
  const auto authority = TestAuthority::create();
  const auto server = CephServer::start(**authority);
  ASSERT_TRUE(server) << server.error().message;
  share_over(**server, (*server)->tls_url("team"));
}

TEST_F(OnAServer, DoctorSaysWhatIsWrongWithTheLibrary) {
  const std::string missing = WebDavServer::missing_program_of(WebDavKind::Apache);
  if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
  const auto authority = TestAuthority::create();
  auto server = WebDavServer::start(WebDavKind::Apache, **authority, WebDavServer::Transport::Plain, 8);
  if (!server && server.error().code == ErrorCode::PermissionDenied) GTEST_SKIP() << server.error().message;
  ASSERT_TRUE(server) << server.error().message;
  const std::string url = (*server)->tls_url("team");
  const auto type = [&](const std::string& password) {
    done("anna", {"library", "secret", url}, (*server)->secret().user + "\n" + password + "\n");
  };
  const auto diagnosis = [&](const std::string& library = "") {
    std::vector<std::string> words{"doctor"};
    if (!library.empty()) words.insert(words.end(), {"--library", library});
    const Json document = done("anna", words);
    for (const Json& finding : document["findings"]) {
      if (finding["what"] == "library") return finding["found"].get<std::string>();
    }
    return std::string();
  };
  type((*server)->secret().password);
  const Json used = done("anna", {"library", "create", url, "--name", "Team"});
  EXPECT_EQ(used["probe"]["troubles"].size(), 0U) << used.dump(1);
  EXPECT_LT(std::abs(used["probe"]["clock_ahead_s"].get<int>()), 60) << used.dump(1);
  EXPECT_TRUE(diagnosis().contains("stores, shows at once")) << diagnosis();

  type("falsch");
  EXPECT_TRUE(diagnosis().contains("doesn't take the user name or the password")) << diagnosis();
  type((*server)->secret().password);
  const std::string without_ca = diagnosis(url.substr(0, url.find('?')));
  EXPECT_TRUE(without_ca.contains("certificate")) << without_ca;

  std::ofstream((*server)->data() / "filler") << std::string(10 << 20, 'x');
  EXPECT_TRUE(diagnosis().contains("no space left")) << diagnosis();
  fs::remove((*server)->data() / "filler");
  EXPECT_TRUE(diagnosis().contains("stores, shows at once")) << diagnosis();
  server->reset();
  EXPECT_TRUE(diagnosis().contains("nobody answers")) << diagnosis();
}

TEST_F(OnAServer, APasswordInAUrlIsRefusedAndNotRepeated) {
  for (const char* url : {"webdavs://anna:geheim@host/team", "s3://key:geheim@bucket/team?region=eu-1"}) {
    for (const char* command : {"use", "secret"}) {
      const Answer answer = run("anna", {"library", command, url}, "a\nb\n");
      EXPECT_EQ(answer.status, 2) << answer.err;
      EXPECT_TRUE(answer.err.contains("library secret")) << answer.err;
      EXPECT_FALSE(answer.err.contains("geheim")) << answer.err;
    }
  }
  expect_no_secret_elsewhere("geheim");
}

}  // namespace
}  // namespace meanwhile::e2e
