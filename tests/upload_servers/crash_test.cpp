// The same as tests/upload/outbox_crash_test.cpp, with real servers at the other end.
#include <gtest/gtest.h>

#include "tests/support/promised_outbox.h"
#include "tests/upload_servers/servers.h"

namespace meanwhile {
namespace {

TEST(OutboxCrash, DISABLED_Child) {
  promise_until_killed();
}

Environment secrets_for(const std::string& url, const Secret& secret) {
  if (url.starts_with("s3:"))
    return {{"MEANWHILE_S3_ACCESS_KEY", secret.user}, {"MEANWHILE_S3_SECRET_KEY", secret.password}};
  return {{"MEANWHILE_WEBDAV_USER", secret.user}, {"MEANWHILE_WEBDAV_PASSWORD", secret.password}};
}

void expect_promises_survive_on(ServerResult& server) {
  if (!server && server.error().code == ErrorCode::Unsupported) GTEST_SKIP() << server.error().message;
  ASSERT_TRUE(server) << server.error().message;
  const std::string url = new_url(**server, Transport::Plain);
  expect_promises_survive({.library_url = url,
                           .secrets = secrets_for(url, (*server)->secret()),
                           .kills = kills_from_environment(10)});
}

TEST(CephCrash, EveryPromiseIsKeptThroughKills) {
  expect_promises_survive_on(ceph());
}
TEST(ApacheCrash, EveryPromiseIsKeptThroughKills) {
  expect_promises_survive_on(apache());
}
TEST(NginxCrash, EveryPromiseIsKeptThroughKills) {
  expect_promises_survive_on(nginx());
}
TEST(RcloneCrash, EveryPromiseIsKeptThroughKills) {
  expect_promises_survive_on(rclone());
}

}  // namespace
}  // namespace meanwhile
