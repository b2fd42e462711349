// What servers and networks do to a request, and what we make of it.
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/environment.h"
#include "tests/support/scripted_http_server.h"
#include "upload/http/http_client.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/http/http_server.h"
#include "upload/http/url.h"
#include "upload/http/xml.h"

namespace meanwhile {
namespace {

class HttpTest : public testing::Test {
 protected:
  Result<HttpResponse> get(const ScriptedHttpServer& server, std::uint64_t limit = 1000,
                           std::optional<ByteRange> range = {}, std::stop_token stop = {}) {
    return client_->send(
        {.method = "GET", .url = server.origin() + "/x", .range = range, .limit_bytes = limit}, settings_,
        std::move(stop));
  }
  std::shared_ptr<HttpClient> client_ = HttpClient::shared();
  HttpSettings settings_;
};

TEST_F(HttpTest, ManyRequestsShareAConnection) {
  ScriptedHttpServer server([](const auto&, int) { return answer(200, "", "hello"); });
  for (int i = 0; i < 20; ++i) {
    const auto response = get(server);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(as_text(response->body), "hello");
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(HttpTest, ManyThreadsAskAtOnce) {
  ScriptedHttpServer server([](const auto&, int) { return answer(200, "", "hello"); });
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 32; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 20; ++k) EXPECT_TRUE(get(server));
      });
    }
  }
  EXPECT_EQ(server.requests().size(), 640u);
  EXPECT_LE(server.connections(), 16);
}

TEST_F(HttpTest, ABodyGoesAsItIs) {
  ScriptedHttpServer server([](const auto&, int) { return answer(201); });
  const std::string text(300'000, 'x');
  const auto response = client_->send({.method = "PUT",
                                       .url = server.origin() + "/a%20b",
                                       .headers = {"X-One: 1"},
                                       .body = as_byte_span(text)},
                                      settings_, {});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 201);
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("PUT /a%20b HTTP/1.1\r\n")) << request.substr(0, 300);
  EXPECT_TRUE(request.contains("X-One: 1\r\n"));
  EXPECT_TRUE(request.ends_with("\r\n\r\n" + text));
  EXPECT_FALSE(request.contains("Expect:"));
}

TEST_F(HttpTest, APartOfAFileGoesAsItIs) {
  ScriptedHttpServer server([](const auto&, int) { return answer(201); });
  const std::string text(300'000, 'x');
  MemorySource source(to_bytes("before" + text + "behind"));
  const auto put = [&](std::uint64_t length) {
    return client_->send(
        {.method = "PUT", .url = server.origin() + "/a", .body = Payload(source, {6, length})}, settings_,
        {});
  };
  ASSERT_TRUE(put(text.size()));
  EXPECT_TRUE(server.requests().at(0).ends_with("\r\n\r\n" + text));
  EXPECT_EQ(put(text.size() + 7).error().code, ErrorCode::Corrupt);  // it ends before
}

TEST_F(HttpTest, NoAnswerIsLongerThanItMayBe) {
  ScriptedHttpServer announced([](const auto&, int) { return answer(200, "", std::string(1001, 'x')); });
  EXPECT_EQ(get(announced).error().code, ErrorCode::Corrupt);
  ScriptedHttpServer endless([](const auto&, int) {
    return ScriptedAnswer{.bytes = "HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'), .hangs_up = true};
  });
  EXPECT_EQ(get(endless).error().code, ErrorCode::Corrupt);
  ScriptedHttpServer wordy([](const auto&, int) { return answer(404, "", std::string(1'000'000, 'x')); });
  EXPECT_EQ(get(wordy)->body.size(), 65'536u);
}

TEST_F(HttpTest, AnAnswerThatIsCutOffIsNone) {
  ScriptedHttpServer server([](const auto&, int) {
    return ScriptedAnswer{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", .hangs_up = true};
  });
  EXPECT_EQ(get(server).error().code, ErrorCode::Unavailable);
}

TEST_F(HttpTest, ARangeIsCutOutWhereTheServerKnowsNone) {
  ScriptedHttpServer server(
      [](const auto&, int) { return answer(200, "", "0123456789" + std::string(100'000, 'x')); });
  EXPECT_EQ(as_text(get(server, 1000, ByteRange{2, 3})->body), "234");
  EXPECT_EQ(as_text(get(server, 1000, ByteRange{200'000, 3})->body), "");
  EXPECT_TRUE(server.requests().at(0).contains("Range: bytes=2-4\r\n"));
}

TEST_F(HttpTest, ALoginIsSentAtOnceAndFollowsNoRedirection) {
  ScriptedHttpServer elsewhere([](const auto&, int) { return answer(200); });
  ScriptedHttpServer server(
      [&](const auto&, int) { return answer(302, "Location: " + elsewhere.origin() + "/stolen\r\n"); });
  const auto response = client_->send({.method = "GET",
                                       .url = server.origin() + "/",
                                       .login = HttpLogin{.user = "anna", .password = "secret"}},
                                      settings_, {});
  EXPECT_EQ(response->status, 302);
  EXPECT_TRUE(server.requests().at(0).contains("Authorization: Basic YW5uYTpzZWNyZXQ=\r\n"));
  EXPECT_EQ(elsewhere.connections(), 0);
  const Error error = error_from_status(*response, server.origin());
  EXPECT_TRUE(error.message.contains(elsewhere.origin())) << error.message;
}

TEST_F(HttpTest, AStopEndsWhatHangs) {
  std::stop_source stop;
  ScriptedHttpServer server([&](const auto&, int) {
    stop.request_stop();
    return ScriptedAnswer{.bytes = {}, .says_nothing = true};
  });
  EXPECT_EQ(get(server, 1000, {}, stop.get_token()).error().code, ErrorCode::Aborted);
}

TEST_F(HttpTest, AServerThatSaysNothingMoreIsGivenUp) {
  ScriptedHttpServer server(
      [](const auto&, int) { return ScriptedAnswer{.bytes = {}, .says_nothing = true}; });
  settings_.stalled_after = std::chrono::seconds(1);
  const auto response = get(server);
  EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(response.error().message.contains("doesn't answer")) << response.error().message;
}

TEST_F(HttpTest, NobodyThereIsSaid) {
  std::string origin;
  {
    ScriptedHttpServer gone([](const auto&, int) { return answer(200); });
    origin = gone.origin();
  }
  const auto response = client_->send({.method = "GET", .url = origin + "/"}, settings_, {});
  EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(response.error().message.contains("nobody answers at " + origin)) << response.error().message;
}

TEST_F(HttpTest, ANameThatNobodyHasIsSaid) {
  const auto response = client_->send({.method = "GET", .url = "http://nobody.invalid/"}, settings_, {});
  EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

TEST_F(HttpTest, ARefusalCountsThoughTheServerHangsUpAtOnce) {
  ScriptedHttpServer server([](const auto&, int) {
    return ScriptedAnswer{.bytes = "HTTP/1.1 507 Full\r\nContent-Length: 900\r\n\r\nno", .hangs_up = true};
  });
  EXPECT_EQ(get(server)->status, 507);
}

TEST_F(HttpTest, WhatStaysOnThisMachineGoesPastEachProxy) {
  ScriptedHttpServer proxy([](const auto&, int) { return answer(502); });
  ScriptedHttpServer server([](const auto&, int) { return answer(200, "", "hello"); });
  const ScopedEnvironment environment(
      {{"http_proxy", proxy.origin()}, {"all_proxy", proxy.origin()}, {"no_proxy", "spared.invalid"}});
  const std::string port = std::to_string(server.port());
  for (const char* host : {"127.0.0.1", "localhost", "LocalHost", "files.localhost", "127.1", "0x7f000001",
                           "2130706433", "0177.0.0.1"}) {
    const auto response = client_->send(
        {.method = "GET", .url = "http://" + std::string(host) + ":" + port + "/x", .limit_bytes = 9},
        settings_, {});
    EXPECT_TRUE(response && response->status == 200) << host;
  }
  EXPECT_EQ(proxy.connections(), 0);
  EXPECT_EQ(client_->send({.method = "GET", .url = "http://far.invalid/x"}, settings_, {})->status, 502);
  EXPECT_TRUE(proxy.requests().at(0).starts_with("GET http://far.invalid/x "));
  EXPECT_FALSE(client_->send({.method = "GET", .url = "http://spared.invalid/x"}, settings_, {}));
  EXPECT_EQ(proxy.requests().size(), 1u);
}

// Of a server that takes a login by Digest alone: each request without one is refused.
ScriptedAnswer digest_only(const std::string& request) {
  if (request.contains("\r\nAuthorization: Digest ")) return answer(201);
  return answer(401, "WWW-Authenticate: Digest realm=\"a, b\", nonce=\"abc\", qop=\"auth\"\r\n");
}

TEST(HttpServerTest, SpeaksDigestWhereNothingElseIsOffered) {
  ScriptedHttpServer server([](const std::string& request, int) { return digest_only(request); });
  HttpServer asked{HttpSettings{}};
  const std::string body(100'000, 'x');
  const HttpRequest request{.method = "PUT",
                            .url = server.origin() + "/x",
                            .body = as_byte_span(body),
                            .login = HttpLogin{.user = "anna", .password = "secret"}};
  EXPECT_EQ(asked.send(request, {})->status, 201);
  EXPECT_EQ(asked.send(request, {})->status, 201);
  const auto requests = server.requests();
  const auto bodies = std::ranges::count_if(requests, [&](const auto& text) { return text.ends_with(body); });
  EXPECT_EQ(bodies, 3);  // the first one by Basic, which the server may have taken
  EXPECT_FALSE(requests.back().contains("secret"));
  EXPECT_TRUE(requests.back().contains("username=\"anna\"")) << requests.back().substr(0, 500);
}

TEST(HttpServerTest, SpeaksBasicWhereBothAreOffered) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(
        401,
        "WWW-Authenticate: Digest realm=\"a\", nonce=\"abc\"\r\nWWW-Authenticate: Basic realm=\"a\"\r\n");
  });
  HttpServer asked{HttpSettings{}};
  const auto response = asked.send({.method = "GET",
                                    .url = server.origin() + "/x",
                                    .login = HttpLogin{.user = "anna", .password = "secret"}},
                                   {});
  EXPECT_EQ(response->status, 401);
  EXPECT_EQ(server.requests().size(), 1u);
  EXPECT_TRUE(error_from_status(*response, "https://host").message.contains("doesn't take the user name"));
}

TEST(HttpServerTest, IsLeftAloneForAsLongAsItAsks) {
  ScriptedHttpServer server([](const auto&, int) { return answer(503, "Retry-After: 100\r\n"); });
  HttpServer polite{HttpSettings{}};
  const HttpRequest request{.method = "GET", .url = server.origin() + "/", .limit_bytes = 10};
  EXPECT_EQ(polite.send(request, {})->status, 503);
  EXPECT_EQ(polite.send(request, {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(HttpServerTest, AShortWaitIsWaited) {
  ScriptedHttpServer server(
      [](const auto&, int number) { return number == 0 ? answer(429, "Retry-After: 1\r\n") : answer(200); });
  HttpServer polite{HttpSettings{}};
  const HttpRequest request{.method = "GET", .url = server.origin() + "/", .limit_bytes = 10};
  EXPECT_EQ(polite.send(request, {})->status, 429);
  EXPECT_EQ(polite.send(request, {})->status, 200);
}

TEST(HttpOutcome, TellsWhatMayPassFromWhatWont) {
  const auto code_of = [](int status) {
    HttpResponse response;
    response.status = status;
    const Error error = error_from_status(response, "https://host");
    EXPECT_FALSE(error.message.empty());
    return error.code;
  };
  for (const int status : {408, 409, 423, 429, 500, 502, 503, 504, 301, 307})
    EXPECT_EQ(code_of(status), ErrorCode::Unavailable) << status;
  for (const int status : {401, 403, 413}) EXPECT_EQ(code_of(status), ErrorCode::PermissionDenied) << status;
  EXPECT_EQ(code_of(404), ErrorCode::NotFound);
  EXPECT_EQ(code_of(507), ErrorCode::NoSpace);
  EXPECT_EQ(code_of(400), ErrorCode::Io);
}

HttpResponse response_of(int status, const std::string& header, std::string_view body = "") {
  HttpResponse response;
  response.status = status;
  response.headers.add_line(header);
  response.body.assign(as_byte_span(body).begin(), as_byte_span(body).end());
  return response;
}

// Hotels, trains, offices.
TEST(HttpOutcome, APageOfSomebodyInBetweenIsAnOutage) {
  const std::string host = "https://files.example:8443";
  for (const HttpResponse& response :
       {response_of(200, "Content-Type: text/html; charset=utf-8"),
        response_of(207, "Content-Type: TEXT/HTML"),
        response_of(200, "", "\xEF\xBB\xBF\r\n <!DOCTYPE html><p>sign in"), response_of(200, "", "<HTML>"),
        response_of(200, "", "<script>location='http://login.invalid'</script>"),
        response_of(200, "", "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html/>"),
        response_of(302, "Location: http://login.invalid/?u=1"),
        response_of(307, "Location: //login.invalid/"),
        response_of(301, "Location: https://files.example.login.invalid/"), response_of(511, "", ""),
        response_of(302, "Content-Type: text/html")}) {
    EXPECT_TRUE(is_foreign_page(response, host)) << response.status;
    const Error error = error_from_status(response, host);
    EXPECT_EQ(error.code, ErrorCode::Unavailable);
    EXPECT_TRUE(error.message.contains("answered with a web page instead of the library")) << error.message;
    EXPECT_FALSE(error.message.contains("login.invalid"));
  }
  for (const HttpResponse& response :
       {response_of(200, "Content-Type: application/json", "{}"), response_of(404, "Content-Type: text/html"),
        response_of(206, "Content-Type: text/html"), response_of(302, "Location: /other"),
        response_of(207, "", "<?xml version='1.0'?><multistatus xmlns='DAV:'/>"),
        response_of(301, "Location: http://FILES.example/other"),
        response_of(503, "Content-Type: text/html")})
    EXPECT_FALSE(is_foreign_page(response, host)) << response.status;
}

// A page is longer than what was asked for.
TEST_F(HttpTest, APageThatIsTooLongIsNoObjectThatIsTooLarge) {
  ScriptedHttpServer server([](const auto&, int number) {
    return answer(200, number == 0 ? "Content-Type: text/html\r\n" : "",
                  "<!doctype html>" + std::string(5000, 'x'));
  });
  for (int i = 0; i < 2; ++i) EXPECT_EQ(get(server).error().code, ErrorCode::Unavailable);
}

TEST(HttpHeadersTest, LoginSchemesAreFoundInListsAndLines) {
  HttpHeaders headers;
  headers.add_line(
      "WWW-Authenticate: Basic realm=\"a, Negotiate \\\" b\", charset=UTF-8, DIGEST nonce=\"x\",qop=auth");
  headers.add_line("www-authenticate: Negotiate");
  headers.add_line("WWW-Authenticate: Digest realm=x");
  EXPECT_EQ(headers.login_schemes(), (std::vector<std::string>{"basic", "digest", "negotiate"}));
}

TEST(HttpOutcome, ALoginThatWeDontHaveIsNamed) {
  const Error error = error_from_status(response_of(401, "WWW-Authenticate: Negotiate"), "https://host");
  EXPECT_EQ(error.code, ErrorCode::PermissionDenied);
  EXPECT_TRUE(error.message.contains("(negotiate)")) << error.message;
}

TEST(HttpHeadersTest, OnlyTheLastAnswerCounts) {
  HttpHeaders headers;
  headers.add_line("HTTP/1.1 100 Continue\r\n");
  headers.add_line("Retry-After: 9\r\n");
  headers.add_line("HTTP/1.1 200 OK\r\n");
  headers.add_line("CONTENT-Range:  bytes 5-9/10\r\n");
  headers.add_line("no colon\r\n");
  EXPECT_EQ(headers.find("retry-after"), "");
  EXPECT_EQ(headers.range_start(), 5u);
}

TEST(HttpHeadersTest, RetryAfterIsSecondsOrADate) {
  const WallTime now = *parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  const auto wait = [&](const std::string& value) {
    HttpHeaders headers;
    headers.add_line("Retry-After: " + value);
    return headers.retry_after(now);
  };
  EXPECT_EQ(wait("120"), std::chrono::seconds(120));
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:50:37 GMT"), std::chrono::seconds(60));
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:00:00 GMT"), std::chrono::seconds(0));
  EXPECT_EQ(wait("99999999999999"), std::chrono::hours(24));
  EXPECT_EQ(wait("soon"), std::nullopt);
}

TEST(Url, ThisMachineHasManyNames) {
  for (const char* host :
       {"localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.LocalHost.", "127.0.0.1", "127.3.2.1",
        "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "::1"})
    EXPECT_TRUE(is_this_machine(host)) << host;
  for (const char* host : {"", "localhost.example", "notlocalhost", "127.evil.example", "128.0.0.1", "[::2]",
                           "[::ffff:10.0.0.1]", "10.127.0.1", "[localhost]"})
    EXPECT_FALSE(is_this_machine(host)) << host;
}

TEST(Url, IsTakenApart) {
  const auto url = parse_server_url("https://Host.example:8443/a%20b/c/?region=eu-1&style=path&empty");
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(url->origin(), "https://Host.example:8443");
  EXPECT_EQ(url->host_name(), "Host.example");
  EXPECT_EQ(url->path, "/a b/c");
  EXPECT_EQ(url->query.at("region"), "eu-1");
  EXPECT_EQ(url->query.at("empty"), "");
  EXPECT_EQ(parse_server_url("https://host:443")->origin(), "https://host");
  EXPECT_EQ(parse_server_url("https://host/")->path, "");
  EXPECT_EQ(parse_server_url("http://[::1]:80/x")->host_name(), "[::1]");
}

TEST(Url, RefusesWhatItShouldNotHold) {
  for (const char* text : {"https://anna:geheim@host/x", "https://:geheim@host/x", "http://host.example/x",
                           "http://127.evil.example/x", "ftp://host/x", "host/x", "", "https://host/a//b",
                           "https://host/../x", "https://host/a/%2e%2e/b"}) {
    const auto url = parse_server_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, ErrorCode::InvalidArgument) << text;
    EXPECT_FALSE(url.error().message.contains("geheim")) << text;
  }
  EXPECT_TRUE(parse_server_url("http://127.0.0.1:80/x"));
}

TEST(Url, OfAWebDavLibraryMayNameItsUser) {
  const auto url = webdav_server_url("webdavs://anna@host/team");
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(url->origin() + url->path, "https://host/team");
  EXPECT_EQ(url->user, "anna");
  EXPECT_EQ(webdav_server_url("webdav://localhost:81/x")->origin(), "http://localhost:81");
  EXPECT_FALSE(webdav_server_url("webdav://host.example/x"));
  EXPECT_FALSE(webdav_server_url("webdav:https://host/x"));
}

TEST(Url, EncodesAsRfc3986) {
  EXPECT_EQ(percent_decode("a%20b%2bc%c3%BC%zz%"), "a b+cü%zz%");
}

std::string read_names(std::string_view text) {
  std::string names;
  const auto read = read_xml(as_byte_span(text), {.open = {}, .close = [&](auto name, auto inner) {
                                                    names +=
                                                        std::string(name) + "=" + std::string(inner) + " ";
                                                  }});
  return read ? names : "error";
}

TEST(Xml, IsReadWithoutRegardToPrefixes) {
  EXPECT_EQ(read_names("<a xmlns='x'><b> 1 &amp; 2 </b></a>"), "b=1 & 2 a= ");
  EXPECT_EQ(read_names("<D:a xmlns:D='DAV:'><D:b/></D:a>"), "b= a= ");
}

TEST(Xml, HasNoBombsAndReachesNowhere) {
  EXPECT_EQ(read_names("<!DOCTYPE a [<!ENTITY x 'xx'>]><a>&x;</a>"), "error");
  EXPECT_EQ(read_names("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "error");
  EXPECT_EQ(read_names("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), "error");
  EXPECT_EQ(read_names("<a>&x;</a>"), "error");
  EXPECT_EQ(read_names("<a><b>"), "error");
  EXPECT_EQ(read_names(""), "error");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(read_names(deep), "error");
  EXPECT_EQ(read_names("<a>" + std::string(100'000, 'x') + "</a>"), "error");
}

}  // namespace
}  // namespace meanwhile
