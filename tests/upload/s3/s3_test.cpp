// Signing, and what S3 servers answer.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/scripted_http_server.h"
#include "upload/s3/s3_answers.h"
#include "upload/s3/s3_storage.h"
#include "upload/s3/sigv4.h"
#include "upload/signing.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

// The examples that Amazon publishes with its documentation of signing.
const Secret kPublished{.user = "AKIAIOSFODNN7EXAMPLE",
                        .password = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};

SigningScope published_scope() {
  return {.region = "us-east-1", .now = *parse_rfc3339("2013-05-24T00:00:00Z")};
}

std::string signature_of(SignedRequest request) {
  request.host = "examplebucket.s3.amazonaws.com";
  if (request.body_sha256.empty()) request.body_sha256 = kSha256OfNothing;
  const std::string line = sign_headers(request, kPublished, published_scope()).back();
  return line.substr(line.rfind('=') + 1);
}

TEST(SigV4, GivesThePublishedSignatures) {
  EXPECT_EQ(signature_of({.method = "GET", .path = "/test.txt", .headers = {{"range", "bytes=0-9"}}}),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_EQ(signature_of({.method = "GET", .path = "/", .query = {{"lifecycle", ""}}}),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  EXPECT_EQ(signature_of({.method = "GET", .path = "/", .query = {{"prefix", "J"}, {"max-keys", "2"}}}),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  EXPECT_EQ(signature_of({.method = "PUT",
                          .path = "/test$file.text",
                          .headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                                      {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                          .body_sha256 = sha256_hex(as_byte_span("Welcome to Amazon S3."))}),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(SigV4, GivesThePublishedLink) {
  const std::string query = sign_link("examplebucket.s3.amazonaws.com", "/test.txt", kPublished,
                                      published_scope(), std::chrono::seconds(86400));
  EXPECT_EQ(
      query,
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F"
      "aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-Signature="
      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404&X-Amz-SignedHeaders=host");
}

TEST(SigV4, EncodesAndSorts) {
  EXPECT_EQ(canonical_path("/a b/c+d/ü"), "/a%20b/c%2Bd/%C3%BC");
  EXPECT_EQ(canonical_query({{"b", "2 3"}, {"a", ""}, {"B", "/"}}), "B=%2F&a=&b=2%203");
}

TEST(S3Answers, AListIsRead) {
  const auto page = parse_s3_list(as_byte_span(
      "<ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><EncodingType>url</EncodingType>"
      "<IsTruncated>true</IsTruncated><NextContinuationToken>t&amp;k</NextContinuationToken>"
      "<Contents><Key>a%2Fb+c</Key><Size>12</Size></Contents><Contents><Key>d</Key><Size>0</Size></Contents>"
      "</ListBucketResult>"));
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->objects.size(), 2u);
  EXPECT_EQ(page->objects[0].key, "a/b c");
  EXPECT_EQ(page->objects[0].size_bytes, 12u);
  EXPECT_TRUE(page->is_truncated);
  EXPECT_EQ(page->next_token, "t&k");
}

TEST(S3Answers, WhatIsNoListIsSaid) {
  for (const char* text :
       {"", "<html/>", "<ListBucketResult>", "<ListBucketResult><Contents/></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>"}) {
    EXPECT_EQ(parse_s3_list(as_byte_span(text)).error().code, ErrorCode::Corrupt) << text;
  }
}

TEST(S3Answers, AFailureMayLackAnything) {
  EXPECT_EQ(parse_s3_failure(as_byte_span("<Error><Code>NoSuchKey</Code><Message></Message></Error>")).code,
            "NoSuchKey");
  EXPECT_EQ(parse_s3_failure({}).code, "");
  EXPECT_EQ(parse_s3_failure(as_byte_span("<html><body>503</body>")).code, "");
  EXPECT_EQ(parse_s3_failure(as_byte_span("<Error><Code>a b\ncc</Code></Error>")).code, "");
}

// Signed at the new year that the server has, or just before.
bool is_of_2030(const std::string& request) {
  return request.contains("x-amz-date: 20300101T0000") || request.contains("x-amz-date: 20291231T2359");
}

class S3Test : public testing::Test {
 protected:
  std::shared_ptr<S3Storage> open(const ScriptedHttpServer& server, const std::string& rest = "") {
    auto storage = S3Storage::open("s3://bucket/team?endpoint=" + server.origin() + rest,
                                   [this](const std::string& place) {
                                     places_.push_back(place);
                                     return Result<std::optional<Secret>>(secret_);
                                   });
    EXPECT_TRUE(storage) << storage.error().message;
    return *storage;
  }
  static std::string error_body(const std::string& code) {
    return "<?xml version='1.0'?><Error><Code>" + code + "</Code><Message/></Error>";
  }
  Error error_of(int status, const std::string& code) {
    ScriptedHttpServer server([&](const auto&, int) { return answer(status, "", error_body(code)); });
    const auto stored = open(server)->put("bell", {}, {});
    EXPECT_FALSE(stored) << code;
    return stored ? Error{ErrorCode::Internal, ""} : stored.error();
  }

  std::optional<Secret> secret_ =
      Secret{.user = "ACCESS", .password = "geheim", .session_token = "leihweise"};
  std::vector<std::string> places_;
};

TEST_F(S3Test, SignsWithHashAndToken) {
  ScriptedHttpServer server([](const auto&, int) { return answer(200); });
  ASSERT_TRUE(open(server)->put("heads/a.1", as_byte_span("x"), {}));
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("PUT /bucket/team/heads/a.1 HTTP/1.1\r\n")) << request;
  EXPECT_TRUE(request.contains("x-amz-content-sha256: " + sha256_hex(as_byte_span("x"))));
  EXPECT_TRUE(request.contains("x-amz-security-token: leihweise"));
  EXPECT_FALSE(request.contains("geheim"));
}

TEST_F(S3Test, PutsTheBucketWhereTheUrlSays) {
  ScriptedHttpServer server([](const auto&, int) { return answer(200); });
  // A name that no resolver knows: it is only to be seen whom it would ask.
  const auto stored = open(server, "&style=virtual")->put("bell", {}, {});
  EXPECT_EQ(stored.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(stored.error().message.contains("bucket.127.0.0.1")) << stored.error().message;
}

TEST_F(S3Test, TellsOutcomesApart) {
  EXPECT_EQ(error_of(403, "AccessDenied").code, ErrorCode::PermissionDenied);
  EXPECT_EQ(error_of(403, "InvalidAccessKeyId").code, ErrorCode::PermissionDenied);
  EXPECT_EQ(error_of(403, "SignatureDoesNotMatch").code, ErrorCode::PermissionDenied);
  EXPECT_EQ(error_of(403, "QuotaExceeded").code, ErrorCode::NoSpace);
  EXPECT_EQ(error_of(404, "NoSuchBucket").code, ErrorCode::Unavailable);
  EXPECT_EQ(error_of(400, "XAmzContentSHA256Mismatch").code, ErrorCode::Unavailable);
  EXPECT_EQ(error_of(503, "SlowDown").code, ErrorCode::Unavailable);
  EXPECT_EQ(error_of(500, "").code, ErrorCode::Unavailable);
  EXPECT_EQ(error_of(400, "NeverHeardOf").code, ErrorCode::Io);
  EXPECT_TRUE(error_of(404, "NoSuchBucket").message.contains("no bucket bucket"));
}

TEST_F(S3Test, SaysInWhichRegionTheBucketIs) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(400, "",
                  "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>");
  });
  const auto stored = open(server)->put("bell", {}, {});
  EXPECT_TRUE(stored.error().message.contains("?region=eu-west-3")) << stored.error().message;
}

TEST_F(S3Test, ALoginPageOfTheNetworkIsAnOutage) {
  for (const std::string head : {"Content-Type: text/html\r\n", "Location: http://login.invalid/\r\n"}) {
    ScriptedHttpServer portal([&](const auto&, int) {
      return answer(head.starts_with("C") ? 200 : 307, head, "<!DOCTYPE html><p>sign in");
    });
    const auto storage = open(portal);
    const auto expect_outage = [&](const auto& result) {
      ASSERT_FALSE(result) << head;
      EXPECT_EQ(result.error().code, ErrorCode::Unavailable);
      EXPECT_TRUE(result.error().message.contains("is there a login page")) << result.error().message;
    };
    expect_outage(storage->put("bell", as_byte_span("x"), {}));
    expect_outage(storage->remove("bell", {}));
    expect_outage(storage->get("bell", 100, {}, {}));
    expect_outage(storage->list("", "", {}));
    expect_outage(storage->stat("bell", {}));
  }
}

TEST_F(S3Test, TakesTheServersClockAndTriesOnceMore) {
  ScriptedHttpServer server([](const std::string& request, int) {
    const std::string date = "Date: Tue, 01 Jan 2030 00:00:00 GMT\r\n";
    return is_of_2030(request) ? answer(200, date) : answer(403, date, error_body("RequestTimeTooSkewed"));
  });
  const auto storage = open(server);
  EXPECT_TRUE(storage->put("bell", {}, {}));
  EXPECT_EQ(server.requests().size(), 2u);
  EXPECT_TRUE(storage->put("bell", {}, {}));
  EXPECT_EQ(server.requests().size(), 3u);
  EXPECT_LT(*storage->clock_ahead(), std::chrono::hours(-24));
}

// A HEAD's refusal has no words.
TEST_F(S3Test, TakesTheServersClockFromARefusalWithoutWords) {
  ScriptedHttpServer server([](const std::string& request, int) {
    const std::string head = "HTTP/1.1 403 No\r\nDate: Tue, 01 Jan 2030 00:00:00 GMT\r\n\r\n";
    if (!is_of_2030(request)) return ScriptedAnswer{.bytes = head, .hangs_up = true};
    return ScriptedAnswer{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"};
  });
  EXPECT_EQ(open(server)->stat("bell", {})->size_bytes, 7u);
}

TEST_F(S3Test, DoesntTryForEverOverAClock) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(403, "Date: Tue, 01 Jan 2030 00:00:00 GMT\r\n", error_body("RequestTimeTooSkewed"));
  });
  const auto stored = open(server)->put("bell", {}, {});
  EXPECT_EQ(stored.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(stored.error().message.contains("clock"));
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(S3Test, LooksForTheSecretAgainAfterARefusal) {
  ScriptedHttpServer server([](const auto&, int number) {
    return number == 0 ? answer(403, "", error_body("InvalidAccessKeyId")) : answer(200);
  });
  const auto storage = open(server);
  EXPECT_FALSE(storage->put("bell", {}, {}));
  EXPECT_TRUE(storage->put("bell", {}, {}));
  EXPECT_EQ(places_.size(), 2u);
  EXPECT_EQ(places_.at(0), "s3://bucket/team?endpoint=" + server.origin());
}

TEST_F(S3Test, AListThatNeverEndsIsGivenUp) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(200, "",
                  "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>same"
                  "</NextContinuationToken></ListBucketResult>");
  });
  EXPECT_EQ(open(server)->list("", "", {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(S3Test, ForeignKeysInAListAreLeftOut) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(
        200, "",
        "<ListBucketResult><Contents><Key>team/../x</Key><Size>1</Size></Contents><Contents>"
        "<Key>other/heads/a</Key><Size>1</Size></Contents><Contents><Key>team/heads/a</Key><Size>1</Size>"
        "</Contents></ListBucketResult>");
  });
  const auto found = open(server)->list("", "", {});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->at(0).key, "heads/a");
}

TEST_F(S3Test, WithoutASecretItSaysWhereToGiveIt) {
  secret_.reset();
  ScriptedHttpServer server([](const auto&, int) { return answer(200); });
  const auto stored = open(server)->put("bell", {}, {});
  EXPECT_EQ(stored.error().code, ErrorCode::PermissionDenied);
  EXPECT_TRUE(stored.error().message.contains("meanwhile library secret s3:")) << stored.error().message;
  EXPECT_EQ(server.connections(), 0);
}

TEST(S3Urls, AreRefusedWithASentence) {
  for (const char* url :
       {"s3://bucket", "s3://?region=eu-1", "s3://a?endpoint=https://host",
        "s3://bucket?endpoint=https://host&x=1", "s3://bucket?endpoint=https://host&style=odd",
        "s3://bucket?region=EU%20West", "s3://bucket?endpoint=https://host&ca=relative.pem",
        "s3://me:geheim@bucket?region=eu-1", "s3://me@bucket?region=eu-1",
        "s3://bucket?endpoint=https://me:geheim@host", "s3://bucket?endpoint=https://host/path",
        "s3://bucket?endpoint=http://host.example", "s3:bucket", "s3:https://host/bucket"}) {
    const auto opened = open_storage(url);
    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().code, ErrorCode::InvalidArgument) << url;
    EXPECT_FALSE(opened.error().message.contains("geheim"));
  }
  EXPECT_TRUE(open_storage("s3://bucket/team/a?endpoint=https://host&region=eu-central-1&style=virtual"));
  EXPECT_EQ((*open_storage("s3://bucket/team?region=eu-central-1"))->description(),
            "the bucket bucket/team at https://s3.eu-central-1.amazonaws.com");
}

TEST(S3Urls, ALinkIsForAWeekAtMost) {
  const auto storage = *S3Storage::open("s3://bucket?endpoint=https://host", [](const std::string&) {
    return Result<std::optional<Secret>>(Secret{.user = "a", .password = "geheim"});
  });
  EXPECT_EQ(signed_link(*storage, "bell", std::chrono::hours(24 * 8)).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(storage->sign_form("answers/", 10, std::chrono::hours(24 * 8)).error().code,
            ErrorCode::InvalidArgument);
  const auto link = signed_link(*storage, "bell", std::chrono::hours(1));
  EXPECT_TRUE(link->starts_with("https://host/bucket/bell?X-Amz-Algorithm=")) << *link;
  EXPECT_FALSE(link->contains("geheim"));
}

TEST(S3Urls, LinksOfOneTimeShareAllButTheirSignatures) {
  const auto storage = *S3Storage::open("s3://bucket?endpoint=https://host", [](const std::string&) {
    return Result<std::optional<Secret>>(Secret{.user = "a", .password = "geheim"});
  });
  const auto links = storage->sign_links({"bell", "clips/a"}, std::chrono::hours(1));
  ASSERT_EQ(links->signatures.size(), 2u);
  EXPECT_NE(links->signatures[0], links->signatures[1]);
  EXPECT_FALSE(links->query.contains("Signature="));
  EXPECT_EQ(storage->sign_links({"../bell"}, std::chrono::hours(1)).error().code, ErrorCode::InvalidArgument);
}

TEST(S3Urls, WithoutAKeyThereIsNothingToSignWith) {
  const auto storage = *S3Storage::open("s3://bucket?endpoint=https://host", [](const std::string&) {
    return Result<std::optional<Secret>>(std::nullopt);
  });
  EXPECT_EQ(storage->sign_links({"bell"}, std::chrono::hours(1)).error().code, ErrorCode::PermissionDenied);
  EXPECT_EQ(storage->sign_form("answers/", 10, std::chrono::hours(1)).error().code,
            ErrorCode::PermissionDenied);
}

TEST(S3Urls, AFolderHasNoLinks) {
  const ScopedFolder folder;
  const auto storage = open_storage("folder:" + folder.path().string());
  EXPECT_EQ(signed_link(**storage, "bell", std::chrono::hours(1)).error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile
