// What goes wrong with real servers: each is told apart, in a sentence with the way out.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/desktop_services.h"
#include "tests/upload_servers/servers.h"
#include "upload/http/http_client.h"
#include "upload/http/url.h"
#include "upload/s3/s3_storage.h"
#include "upload/s3/sigv4.h"
#include "upload/signing.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

std::shared_ptr<Storage> must_open(const std::string& url, const Secret& secret) {
  auto storage = open_url(url, secret);
  EXPECT_TRUE(storage) << storage.error().message;
  return storage ? *storage : nullptr;
}

Error put_error(Storage& storage, std::span<const std::byte> bytes = as_byte_span("x")) {
  const auto stored = storage.put("bell", bytes, {});
  EXPECT_FALSE(stored);
  return stored ? Error{ErrorCode::Internal, "stored"} : stored.error();
}

void expect_says(const Error& error, ErrorCode code, const std::string& words) {
  EXPECT_EQ(error.code, code) << error.message;
  EXPECT_TRUE(error.message.contains(words)) << error.message;
}

// Sends a PUT's head and half of its body, and hangs up.
void cut_upload(int port, const std::string& head, std::size_t length) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string bytes =
      head + fmt::format("Content-Length: {}\r\n\r\n", length) + std::string(length / 2, 'h');
  ASSERT_EQ(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  ::close(socket);
}

struct DavCase {
  std::string name;
  WebDavKind kind;
  ServerResult& (*server)();
};
void PrintTo(const DavCase& dav, std::ostream* stream) {
  *stream << dav.name;
}

class WebDavTrouble : public testing::TestWithParam<DavCase> {
 protected:
  void SetUp() override {
    ServerResult& started = GetParam().server();
    if (!started && started.error().code == ErrorCode::Unsupported) GTEST_SKIP() << started.error().message;
    ASSERT_TRUE(started) << started.error().message;
    server_ = started->get();
  }
  StorageServer* server_ = nullptr;
};

TEST_P(WebDavTrouble, AWrongPasswordIsSaid) {
  const auto opened = open_url(new_url(*server_, Transport::Plain), {.user = "anna", .password = "falsch"});
  ASSERT_FALSE(opened);
  expect_says(opened.error(), ErrorCode::PermissionDenied, "meanwhile library secret");
  EXPECT_FALSE(opened.error().message.contains("falsch"));
}

TEST_P(WebDavTrouble, AFullDiskIsNeverTakenForSuccess) {
  auto small = WebDavServer::start(GetParam().kind, test_authority(), WebDavServer::Transport::Plain, 3);
  if (!small && small.error().code == ErrorCode::PermissionDenied) GTEST_SKIP() << small.error().message;
  ASSERT_TRUE(small) << small.error().message;
  const auto storage = must_open((*small)->url("team"), (*small)->secret());
  ASSERT_TRUE(storage->put("heads/a.1", as_byte_span("x"), {}));
  const Error error = put_error(*storage, Bytes(4 << 20));
  EXPECT_TRUE(error.may_pass()) << error.message;  // it waits in the outbox
  EXPECT_TRUE(storage->get("heads/a.1", 10, {}, {}));
  ASSERT_TRUE(storage->remove("bell", {}));
  // nginx lets go of what it had taken when it is done with the connection.
  EXPECT_TRUE(becomes_true([&] { return storage->put("heads/a.2", as_byte_span("x"), {}).has_value(); }));
}

TEST_P(WebDavTrouble, AnUploadThatWasCutIsNotTrusted) {
  const std::string url = new_url(*server_, Transport::Plain);
  const auto storage = must_open(url, server_->secret());
  const std::string path = url.substr(url.find('/', url.find("//") + 2));
  // anna:pass word+1:%
  cut_upload(server_->port(),
             "PUT " + path + "/seg HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YW5uYTpwYXNzIHdvcmQrMTol\r\n",
             500'000);
  const auto seen = storage->get("seg", 1 << 20, {}, {});
  if (GetParam().kind != WebDavKind::Rclone) {
    EXPECT_FALSE(seen);
  } else if (seen) {
    EXPECT_LT(seen->size(), 500'000u);  // what its hash or signature would show
  }
  const Bytes whole(500'000, std::byte{'w'});
  const auto stored = put_checked(*storage, "seg", whole, {});
  EXPECT_TRUE(stored) << stored.error().message;
}

INSTANTIATE_TEST_SUITE_P(Real, WebDavTrouble,
                         testing::Values(DavCase{"Apache", WebDavKind::Apache, apache},
                                         DavCase{"Nginx", WebDavKind::Nginx, nginx},
                                         DavCase{"Rclone", WebDavKind::Rclone, rclone}),
                         [](const auto& dav) { return dav.param.name; });

TEST(ApacheTrouble, AnAuthorityThatNobodyKnowsIsSaid) {
  ServerResult& server = apache();
  if (!server) GTEST_SKIP() << server.error().message;
  std::string url = new_url(**server, Transport::Tls);
  url.resize(url.find('?'));
  const auto opened = open_url(url, (*server)->secret());
  ASSERT_FALSE(opened);
  expect_says(opened.error(), ErrorCode::Unavailable, "?ca=");
}

TEST(ApacheTrouble, PlainHttpWhereTlsIsExpectedIsSaid) {
  ServerResult& server = apache();
  if (!server) GTEST_SKIP() << server.error().message;
  std::string url = new_url(**server, Transport::Plain);
  url.insert(url.find("://"), "s");
  const auto opened = open_url(url, (*server)->secret());
  ASSERT_FALSE(opened);
  expect_says(opened.error(), ErrorCode::Unavailable, "encrypted");
}

class CephTrouble : public testing::Test {
 protected:
  void SetUp() override {
    ServerResult& started = ceph();
    if (!started && started.error().code == ErrorCode::Unsupported) GTEST_SKIP() << started.error().message;
    ASSERT_TRUE(started) << started.error().message;
    server_ = static_cast<CephServer*>(started->get());
    url_ = new_url(*server_, Transport::Plain);
  }
  CephServer* server_ = nullptr;
  std::string url_;
};

TEST_F(CephTrouble, AWrongAccessKeyIsSaid) {
  expect_says(put_error(*must_open(url_, {.user = "NOBODY", .password = "x"})), ErrorCode::PermissionDenied,
              "doesn't know the access key");
}

TEST_F(CephTrouble, AWrongSecretKeyIsSaid) {
  const auto storage = must_open(url_, {.user = server_->secret().user, .password = "falsch"});
  const Error error = put_error(*storage);
  expect_says(error, ErrorCode::PermissionDenied, "secret key doesn't belong");
  EXPECT_FALSE(error.message.contains("falsch"));
}

TEST_F(CephTrouble, ABucketThatIsNotThereIsSaid) {
  const std::string url = fmt::format("s3://nowhere/team?endpoint=http://127.0.0.1:{}", server_->port());
  const auto storage = must_open(url, server_->secret());
  expect_says(put_error(*storage), ErrorCode::Unavailable, "no bucket nowhere");
  EXPECT_EQ(storage->get("meanwhile.json", 100, {}, {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(storage->list("", "", {}).error().code, ErrorCode::Unavailable);
}

TEST_F(CephTrouble, AKeyThatMayOnlyReadIsSaid) {
  const auto reader = server_->make_reader();
  ASSERT_TRUE(reader) << reader.error().message;
  ASSERT_TRUE(must_open(url_, server_->secret())->put("heads/a.1", as_byte_span("x"), {}));
  const auto storage = must_open(url_, *reader);
  EXPECT_TRUE(storage->get("heads/a.1", 10, {}, {}));
  expect_says(put_error(*storage), ErrorCode::PermissionDenied, "may not do that");
}

TEST_F(CephTrouble, AQuotaThatIsUsedUpIsSaidAndReadingGoesOn) {
  const auto storage = must_open(url_, server_->secret());
  ASSERT_TRUE(storage->put("heads/a.1", Bytes(100'000), {}));
  ASSERT_TRUE(server_->set_quota(4096));
  Error error{ErrorCode::Internal, ""};
  const bool refused = becomes_true([&] {  // the gateway counts now and then
    const auto stored = storage->put("bell", Bytes(100'000), {});
    if (!stored) error = stored.error();
    return !stored;
  });
  const auto read = storage->get("heads/a.1", 1 << 20, {}, {});
  ASSERT_TRUE(server_->set_quota(0));
  ASSERT_TRUE(refused);
  expect_says(error, ErrorCode::NoSpace, "quota");
  EXPECT_TRUE(read);
  EXPECT_TRUE(becomes_true([&] { return storage->put("bell", Bytes(100'000), {}).has_value(); }));
}

TEST_F(CephTrouble, AnUploadThatWasCutIsNeverSeen) {
  const auto storage = must_open(url_, server_->secret());
  const std::string link = *signed_link(*storage, "seg", std::chrono::hours(1));
  const std::string path = link.substr(link.find('/', 8));
  cut_upload(server_->port(), "PUT " + path + " HTTP/1.1\r\nHost: x\r\n", 500'000);
  EXPECT_EQ(storage->get("seg", 1 << 20, {}, {}).error().code, ErrorCode::NotFound);
}

TEST_F(CephTrouble, ALinkGivesTheObjectToWhoeverHasIt) {
  const auto storage = must_open(url_, server_->secret());
  ASSERT_TRUE(storage->put("clips/2026-11/a/clip.m3u8", as_byte_span("0123456789"), {}));
  const auto link = signed_link(*storage, "clips/2026-11/a/clip.m3u8", std::chrono::hours(1));
  ASSERT_TRUE(link) << link.error().message;
  const auto fetch = [&](const std::string& url, std::optional<ByteRange> range = {}) {
    return HttpClient::shared()->send({.method = "GET", .url = url, .range = range, .limit_bytes = 1000}, {},
                                      {});
  };
  EXPECT_EQ(as_text(fetch(*link)->body), "0123456789");
  EXPECT_EQ(as_text(fetch(*link, ByteRange{2, 3})->body), "234");
  std::string forged = *link;
  forged.replace(forged.find("clip.m3u8"), 9, "clip.json");
  EXPECT_EQ(fetch(forged)->status, 403);
}

TEST_F(CephTrouble, DamageOnTheWayIsRefused) {
  const Secret secret = server_->secret();
  const std::string host = fmt::format("127.0.0.1:{}", server_->port());
  const SignedRequest request{.method = "PUT",
                              .host = host,
                              .path = "/meanwhile/damaged",
                              .body_sha256 = sha256_hex(as_byte_span("what was meant"))};
  const auto response = HttpClient::shared()->send(
      {.method = "PUT",
       .url = "http://" + host + "/meanwhile/damaged",
       .headers = sign_headers(request, secret, {.region = "us-east-1", .now = wall_now()}),
       .body = as_byte_span("what came here"),
       .limit_bytes = 1000},
      {}, {});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 400);
  const S3Failure failure = parse_s3_failure(response->body);
  EXPECT_EQ(error_from_s3(*response, failure, {.endpoint = "http://" + host, .bucket = "meanwhile"}).code,
            ErrorCode::Unavailable);
}

}  // namespace
}  // namespace meanwhile
