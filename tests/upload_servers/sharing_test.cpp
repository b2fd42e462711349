// What a page for people outside a library stands on: addresses, links and forms that real servers honour.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/gunzip.h"
#include "tests/upload_servers/servers.h"
#include "upload/http/http_client.h"

namespace meanwhile {
namespace {

using testing::HasSubstr;

HttpResponse fetch(const std::string& url) {
  auto response = HttpClient::shared()->send({.method = "GET", .url = url, .limit_bytes = 10'000}, {}, {});
  EXPECT_TRUE(response) << response.error().message;
  return response.value_or(HttpResponse{});
}

// As a browser sends a form: the file last.
int post(const PostForm& form, const std::string& key, std::string_view bytes) {
  std::string body;
  const auto add = [&](const std::string& name, std::string_view value) {
    body += fmt::format("--limit\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value);
  };
  add("key", key);
  for (const auto& [name, value] : form.fields) add(name, value);
  body += fmt::format(
      "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n{}\r\n--limit--\r\n",
      bytes);
  const auto response =
      HttpClient::shared()->send({.method = "POST",
                                  .url = form.url,
                                  .headers = {"Content-Type: multipart/form-data; boundary=limit"},
                                  .body = as_byte_span(body),
                                  .limit_bytes = 10'000},
                                 {}, {});
  EXPECT_TRUE(response) << response.error().message;
  return response ? response->status : 0;
}

class SharingOnCeph : public testing::Test {
 protected:
  void SetUp() override {
    ServerResult& server = ceph();
    if (!server && server.error().code == ErrorCode::Unsupported) GTEST_SKIP() << server.error().message;
    ASSERT_TRUE(server) << server.error().message;
    storage_ = open_url(new_url(**server, Transport::Plain), (*server)->secret()).value();
  }
  std::shared_ptr<Storage> storage_;
};

TEST_F(SharingOnCeph, APageIsShownAsOneToWhoeverHasItsLink) {
  const std::string key = "shares/a/index.html";
  ASSERT_TRUE(storage_->put(key, as_byte_span("<!doctype html>"), {}));
  const auto link = signed_link(*storage_, key, std::chrono::hours(1));
  ASSERT_TRUE(link) << link.error().message;
  const HttpResponse page = fetch(*link);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.find("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.find("cache-control"), "no-cache");
  EXPECT_EQ(as_text(storage_->get(key, 1000, {}, {}).value()), "<!doctype html>");
  EXPECT_EQ(storage_->stat(key, {})->size_bytes, 15u);
  const auto is_open = storage_->capabilities().addressed->is_open_to_all(key, {});
  ASSERT_TRUE(is_open) << is_open.error().message;
  EXPECT_FALSE(*is_open);
}

TEST_F(SharingOnCeph, ADocumentGoesOverTheLinePacked) {
  const std::string text(20'000, 'x');
  ASSERT_TRUE(put_document(*storage_, "shares/a/rest.json", "application/json", text, {}));
  const HttpResponse got = fetch(signed_link(*storage_, "shares/a/rest.json", std::chrono::hours(1)).value());
  EXPECT_EQ(got.headers.find("content-type"), "application/json");
  EXPECT_EQ(got.headers.find("content-encoding"), "gzip");
  EXPECT_EQ(got.headers.find("cache-control"), "no-cache");
  EXPECT_LT(got.body.size(), 1'000u);
  EXPECT_EQ(gunzip(got.body), text);
}

TEST_F(SharingOnCeph, LinksOfManyObjectsShareTheirQuery) {
  const std::vector<std::string> keys = {"clips/a/init.mp4", "clips/a/000001.m4s"};
  for (const std::string& key : keys) ASSERT_TRUE(storage_->put(key, as_byte_span(key), {}));
  const StorageCapabilities can = storage_->capabilities();
  const auto links = can.link_signer->sign_links(keys, std::chrono::hours(1));
  ASSERT_TRUE(links) << links.error().message;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const HttpResponse got = fetch(can.addressed->address(keys[i]) + "?" + links->query +
                                   "&X-Amz-Signature=" + links->signatures[i]);
    EXPECT_EQ(as_text(got.body), keys[i]);
    EXPECT_EQ(fetch(can.addressed->address(keys[i]) + "?" + links->query +
                    "&X-Amz-Signature=" + links->signatures[1 - i])
                  .status,
              403);
  }
}

TEST_F(SharingOnCeph, AFormStoresWhatItMayAndNothingElse) {
  const auto form =
      storage_->capabilities().link_signer->sign_form("shares/a/answers/", 100, std::chrono::hours(1));
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_THAT(post(*form, form->key_prefix + "one.json", "hello"), testing::AnyOf(200, 201, 204));
  EXPECT_EQ(as_text(storage_->get("shares/a/answers/one.json", 100, {}, {}).value()), "hello");
  EXPECT_GE(post(*form, form->key_prefix + "large.json", std::string(101, 'x')), 400);
  std::string elsewhere = form->key_prefix;
  elsewhere.replace(elsewhere.find("answers"), 7, "stolen");
  EXPECT_EQ(post(*form, elsewhere + "two.json", "hello"), 403);
  const auto there = storage_->list("shares/a/", "", {});
  ASSERT_EQ(there->size(), 1u);
}

TEST_F(SharingOnCeph, AStoreThatTakesFormsSaysSo) {
  const auto takes = storage_->capabilities().link_signer->takes_forms("shares/c/answers/", {});
  ASSERT_TRUE(takes) << takes.error().message;
  EXPECT_TRUE(*takes);
  EXPECT_THAT(storage_->list("shares/c/", "", {}).value(), testing::IsEmpty());
}

TEST_F(SharingOnCeph, ASlotIsStoredByItsLinkAndByNoOther) {
  const std::string key = "shares/d/answers/slot-a.json";
  const StorageCapabilities can = storage_->capabilities();
  const auto links = can.link_signer->sign_links({key}, std::chrono::hours(1), LinkUse::StoringOnce);
  ASSERT_TRUE(links) << links.error().message;
  const auto put = [&](const std::string& to, std::vector<std::string> headers) {
    const std::string url =
        can.addressed->address(to) + "?" + links->query + "&X-Amz-Signature=" + links->signatures.front();
    const auto response = HttpClient::shared()->send(
        {.method = "PUT", .url = url, .headers = std::move(headers), .body = as_byte_span("hello")}, {}, {});
    EXPECT_TRUE(response) << response.error().message;
    return response ? response->status : 0;
  };
  EXPECT_EQ(put(key, {}), 403) << "without the header that is signed";
  EXPECT_EQ(put("shares/d/answers/slot-b.json", {"If-None-Match: *"}), 403);
  EXPECT_EQ(put(key, {"If-None-Match: *"}), 200);
  EXPECT_EQ(put(key, {"If-None-Match: *"}), 412) << "the first one stays";
  EXPECT_EQ(as_text(storage_->get(key, 100, {}, {}).value()), "hello");
}

TEST_F(SharingOnCeph, AFormAndALinkEndWhenTheirTimeIsOver) {
  LinkSigner& signer = *storage_->capabilities().link_signer;
  ASSERT_TRUE(storage_->put("shares/b/index.html", as_byte_span("x"), {}));
  const auto form = signer.sign_form("shares/b/answers/", 100, std::chrono::seconds(1));
  const std::string link = signed_link(*storage_, "shares/b/index.html", std::chrono::seconds(1)).value();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  const auto ends = [&](const auto& status) {
    while (status() != 403 && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    return status();
  };
  EXPECT_EQ(ends([&] { return fetch(link).status; }), 403);
  EXPECT_EQ(ends([&] { return post(*form, form->key_prefix + "one.json", "late"); }), 403);
}

TEST(SharingOnApache, APageIsShownAsOne) {
  ServerResult& server = apache();
  if (!server && server.error().code == ErrorCode::Unsupported) GTEST_SKIP() << server.error().message;
  ASSERT_TRUE(server) << server.error().message;
  const auto storage = open_url(new_url(**server, Transport::Plain), (*server)->secret()).value();
  ASSERT_TRUE(storage->put("shares/a/index.html", as_byte_span("<!doctype html>"), {}));
  Addressed* addressed = storage->capabilities().addressed;
  ASSERT_NE(addressed, nullptr);
  EXPECT_EQ(storage->capabilities().link_signer, nullptr);
  EXPECT_FALSE(addressed->is_open_to_all("shares/a/index.html", {}).value());
  EXPECT_EQ(as_text(storage->get("shares/a/index.html", 1000, {}, {}).value()), "<!doctype html>");
  const Secret secret = (*server)->secret();
  const auto page =
      HttpClient::shared()->send({.method = "GET",
                                  .url = addressed->address("shares/a/index.html"),
                                  .login = HttpLogin{.user = secret.user, .password = secret.password},
                                  .limit_bytes = 1000},
                                 {}, {});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->status, 200);
  // Apache tells it by the name where it has mod_mime; of what has no type browsers look for themselves.
  EXPECT_THAT(std::string(page->headers.find("content-type")), testing::AnyOf("", HasSubstr("text/html")));
}

}  // namespace
}  // namespace meanwhile
