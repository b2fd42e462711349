// A share on a real WebDAV server: for whoever may log in there.
#include <gmock/gmock.h>

#include "app/page/page_keys.h"
#include "app/page/share_page.h"
#include "tests/app/page/page_fixture.h"
#include "tests/support/storage_server.h"
#include "upload/http/http_client.h"

namespace meanwhile::test {
namespace {

class ShareOnApache : public PageTest {
 protected:
  static void SetUpTestSuite() {
    authority_ = TestAuthority::create().value();
    if (!WebDavServer::missing_program_of(WebDavKind::Apache).empty()) return;
    auto started = WebDavServer::start(WebDavKind::Apache, *authority_);
    if (!started) return;
    server_ = std::move(*started);
    const Secret secret = server_->secret();
    environment_ = std::make_unique<ScopedEnvironment>(
        Environment{{"MEANWHILE_WEBDAV_USER", secret.user}, {"MEANWHILE_WEBDAV_PASSWORD", secret.password}});
  }
  static void TearDownTestSuite() {
    environment_.reset();
    server_.reset();
    authority_.reset();
  }
  void SetUp() override {
    if (!server_) GTEST_SKIP() << "Apache isn't installed, or doesn't come up";
    begin(LibraryKind::Open, server_->url("team"));
  }
  int status_of(const std::string& method, const std::string& url, bool is_known,
                std::string_view body = "") {
    HttpRequest request{.method = method, .url = url, .limit_bytes = 1 << 20};
    const Secret secret = server_->secret();
    if (is_known) request.login = HttpLogin{.user = secret.user, .password = secret.password};
    if (!body.empty()) request.body = as_byte_span(body);
    const auto response = HttpClient::shared()->send(request, {}, {});
    EXPECT_TRUE(response) << response.error().message;
    return response ? response->status : 0;
  }

  static inline std::unique_ptr<TestAuthority> authority_;
  static inline std::unique_ptr<WebDavServer> server_;
  static inline std::unique_ptr<ScopedEnvironment> environment_;
};

TEST_F(ShareOnApache, WhoMayLogInThereSeesItAndLeavesAnswersBesideIt) {
  const auto page = make_page(library(), clip_, {}, {});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->place, PagePlace::Server);
  EXPECT_FALSE(page->ends);
  EXPECT_EQ(status_of("GET", page->link, false), 401);
  EXPECT_EQ(status_of("GET", page->link, true), 200);
  const std::string folder_key = share_prefix(page->terms.share);
  const Json inner =
      joined_document(outer_of(object(folder_key + "index.html"))["open"], object(folder_key + "rest.json"));
  EXPECT_EQ(inner["media"]["query"], "");
  EXPECT_EQ(inner["answers"]["kind"], "put");
  const std::string folder = page->link.substr(0, page->link.rfind('/') + 1);
  const std::string answer = folder + inner["answers"]["put_base"].get<std::string>() + "one.json";
  EXPECT_EQ(status_of("PUT", answer, true, "hello"), 201);
  EXPECT_EQ(object(share_prefix(page->terms.share) + "answers/one.json"), "hello");
  std::string beside = folder.substr(0, folder.find("shares/")) + clip_prefix(clip_.id) + "screen/init.mp4";
  EXPECT_EQ(status_of("GET", beside, true), 200);
}

}  // namespace
}  // namespace meanwhile::test
