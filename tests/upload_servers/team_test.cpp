// The same as tests/upload/simulation_test.cpp, with real servers.
#include <gtest/gtest.h>

#include "tests/support/team_simulation.h"
#include "tests/upload_servers/servers.h"

namespace meanwhile {
namespace {

constexpr int kWords = 200;

void expect_in_step_on(const char* name, ServerResult& server, TeamLibrary library) {
  if (!server && server.error().code == ErrorCode::Unsupported) GTEST_SKIP() << server.error().message;
  ASSERT_TRUE(server) << server.error().message;
  expect_teams_in_step(name, library, kWords, [&] {
    return [url = new_url(**server, Transport::Plain), secret = (*server)->secret()]() {
      return *open_url(url, secret);
    };
  });
}

TEST(CephTeam, IsInStep) {
  expect_in_step_on("S3 (Ceph)", ceph(), TeamLibrary::Open);
}
TEST(CephTeam, ThatIsSealedIsInStep) {
  expect_in_step_on("S3 (Ceph)", ceph(), TeamLibrary::Sealed);
}
TEST(ApacheTeam, IsInStep) {
  expect_in_step_on("WebDAV (Apache)", apache(), TeamLibrary::Open);
}
TEST(ApacheTeam, ThatIsSealedIsInStep) {
  expect_in_step_on("WebDAV (Apache)", apache(), TeamLibrary::Sealed);
}
TEST(NginxTeam, ThatIsSealedIsInStep) {
  expect_in_step_on("WebDAV (nginx)", nginx(), TeamLibrary::Sealed);
}

}  // namespace
}  // namespace meanwhile
