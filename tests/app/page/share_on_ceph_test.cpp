// A share on a real S3 server, as somebody has it who holds nothing but the link.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/page/share_end.h"
#include "app/page/share_page.h"
#include "tests/app/page/opened_page.h"
#include "tests/app/page/page_fixture.h"
#include "tests/support/gunzip.h"
#include "tests/support/storage_server.h"
#include "upload/http/http_client.h"

namespace meanwhile::test {
namespace {

using testing::HasSubstr;

HttpResponse got(const std::string& url) {
  auto response = HttpClient::shared()->send(
      {.method = "GET", .url = url.substr(0, url.find('#')), .limit_bytes = 1 << 20}, {}, {});
  EXPECT_TRUE(response) << response.error().message;
  return response.value_or(HttpResponse{});
}

// A document as it came: packed.
std::string text_in(const HttpResponse& response) {
  EXPECT_EQ(response.headers.find("content-encoding"), "gzip");
  return gunzip(response.body);
}

// As a browser resolves it: below the page's folder's folder's folder.
std::string resolved(const std::string& page, std::string relative) {
  std::string folder = page.substr(0, page.find_first_of("?#"));
  folder.erase(folder.rfind('/'));
  while (relative.starts_with("../")) {
    relative.erase(0, 3);
    folder.erase(folder.rfind('/'));
  }
  return folder + "/" + relative;
}

class ShareOnCeph : public PageTest {
 protected:
  static void SetUpTestSuite() {
    authority_ = TestAuthority::create().value();
    if (!CephServer::missing_program_of().empty()) return;
    auto started = CephServer::start(*authority_);
    if (!started) return;
    server_ = std::move(*started);
    const Secret secret = server_->secret();
    environment_ = std::make_unique<ScopedEnvironment>(
        Environment{{"MEANWHILE_S3_ACCESS_KEY", secret.user}, {"MEANWHILE_S3_SECRET_KEY", secret.password}});
  }
  static void TearDownTestSuite() {
    environment_.reset();
    server_.reset();
    authority_.reset();
  }
  void SetUp() override {
    if (!server_) GTEST_SKIP() << "Ceph isn't installed, or doesn't come up";
  }

  static inline std::unique_ptr<TestAuthority> authority_;
  static inline std::unique_ptr<CephServer> server_;
  static inline std::unique_ptr<ScopedEnvironment> environment_;
};

TEST_F(ShareOnCeph, TheLinkShowsThePageAndThePageFindsItsObjects) {
  begin(LibraryKind::Open, server_->url("open"));
  const auto page = make_page(library(), clip_, {}, {});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->place, PagePlace::Signed);
  ASSERT_TRUE(page->terms.until);
  const HttpResponse shown = got(page->link);
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.headers.find("content-type"), "text/html; charset=utf-8");
  Json inner = outer_of(text_in(shown))["open"];
  const HttpResponse beside = got(resolved(page->link, inner["media"]["rest"].get<std::string>()));
  ASSERT_EQ(beside.status, 200);
  EXPECT_EQ(beside.headers.find("content-type"), "application/json");
  inner = joined_document(std::move(inner), text_in(beside));
  const Json& media = inner["media"];
  for (const char* name : {"screen/init.mp4", "screen/000003.m4s", "poster.jpg"}) {
    const std::string address = resolved(page->link, media["base"].get<std::string>() + name);
    EXPECT_EQ(got(address).status, 403) << "only with its signature";
    const HttpResponse object = got(address + "?" + media["query"].get<std::string>() +
                                    "&X-Amz-Signature=" + media["signatures"][name].get<std::string>());
    EXPECT_EQ(object.status, 200) << name;
    EXPECT_EQ(object.body, part_bytes(clip_prefix(clip_.id) + name));
  }
  EXPECT_EQ(inner["answers"]["kind"], "post");
  EXPECT_THAT(inner["answers"]["key_prefix"].get<std::string>(),
              testing::EndsWith("shares/" + page->terms.share + "/answers/"));
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = page->terms}));
  const Share share = session().index().share(page->terms.share).value();
  EXPECT_THAT(what_stays(session(), share, wall_now(), "UTC"), HasSubstr("at the latest"));
  ASSERT_TRUE(end_share(library(), share, {}));
  EXPECT_EQ(got(page->link).status, 404);
  EXPECT_EQ(got(resolved(page->link, media["rest"].get<std::string>())).status, 404);
}

// Last: it is for the whole bucket.
TEST_F(ShareOnCeph, WhereEverybodyMayReadOneLinkStaysGood) {
  begin(LibraryKind::Open, server_->url("public"));
  const auto set = server_->let_all_read("public/shares/");
  ASSERT_TRUE(set) << set.error().message;
  const auto page = make_page(library(), clip_, {.is_for_ever = true}, {});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_FALSE(page->link.contains("X-Amz-")) << page->link;
  EXPECT_FALSE(page->ends);
  EXPECT_EQ(got(page->link).status, 200);
  EXPECT_EQ(page_of(session(), page->terms, wall_now())->link, page->link);
}

TEST_F(ShareOnCeph, OfASealedLibraryTheServerSeesNoKey) {
  begin(LibraryKind::Sealed, server_->url("sealed"));
  const auto page = make_page(library(), clip_, {}, {});
  ASSERT_TRUE(page) << page.error().message;
  const auto at = page->link.find("#k=");
  ASSERT_NE(at, std::string::npos);
  const std::string text = text_in(got(page->link));
  EXPECT_THAT(text, testing::Not(HasSubstr("Budget")));
  const Json inner = opened_page(outer_of(text), page->link.substr(at));
  EXPECT_EQ(inner["clip"]["title"], "Budget <3");
  EXPECT_TRUE(inner["seal"]["scope"].is_string());
}

}  // namespace
}  // namespace meanwhile::test
