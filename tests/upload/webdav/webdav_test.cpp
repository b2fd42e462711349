// What WebDAV servers answer, and what we make of it.
#include <gtest/gtest.h>

#include "tests/support/scripted_http_server.h"
#include "upload/signing.h"
#include "upload/webdav/propfind.h"
#include "upload/webdav/webdav_storage.h"

namespace meanwhile {
namespace {

std::string response_of(const std::string& href, const std::string& properties) {
  return "<D:response><D:href>" + href + "</D:href><D:propstat><D:prop>" + properties +
         "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";
}
std::string multistatus(const std::string& responses) {
  return "<?xml version='1.0'?><D:multistatus xmlns:D='DAV:'>" + responses + "</D:multistatus>";
}
const std::string kFolder = "<D:resourcetype><D:collection/></D:resourcetype>";
std::string file(int size) {
  return "<D:resourcetype/><D:getcontentlength>" + std::to_string(size) + "</D:getcontentlength>";
}

TEST(Propfind, IsReadWhateverItsEncoding) {
  const auto entries = parse_propfind(as_byte_span(multistatus(
      response_of("/te%c3%bcm+a/", kFolder) + response_of("https://host/te%C3%BCm%2Ba/x", file(7)))));
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ(entries->at(0).path, "/teüm+a");
  EXPECT_TRUE(entries->at(0).is_collection);
  EXPECT_EQ(entries->at(1).path, "/teüm+a/x");
  EXPECT_EQ(entries->at(1).size_bytes, 7u);
}

TEST(Propfind, WhatIsNoneIsSaid) {
  for (const char* text : {"", "<html><body>login</body></html>", "<multistatus>"})
    EXPECT_EQ(parse_propfind(as_byte_span(text)).error().code, ErrorCode::Corrupt) << text;
}

class WebDavTest : public testing::Test {
 protected:
  std::shared_ptr<WebDavStorage> open(const ScriptedHttpServer& server) {
    return *WebDavStorage::open(
        "webdav" + server.origin().substr(4) + "/team", MissingFolder::Refuse, [this](const std::string&) {
          ++asked_for_secret_;
          return Result<std::optional<Secret>>(Secret{.user = "anna", .password = "geheim"});
        });
  }
  Error error_of(int status) {
    ScriptedHttpServer server([&](const auto&, int) { return answer(status); });
    const auto stored = open(server)->put("bell", as_byte_span("x"), {});
    EXPECT_FALSE(stored) << status;
    return stored ? Error{ErrorCode::Internal, ""} : stored.error();
  }
  int asked_for_secret_ = 0;
};

TEST_F(WebDavTest, DoesntTrustASuccess) {
  ScriptedHttpServer server([](const std::string& request, int) {
    if (request.starts_with("PUT")) return answer(201);
    return answer(207, "", multistatus(response_of("/team/bell", file(3))));
  });
  const auto stored = open(server)->put("bell", as_byte_span("whole"), {});
  EXPECT_EQ(stored.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(open(server)->put("bell", as_byte_span("who"), {}));
}

// Nextcloud's X-Hash.
TEST_F(WebDavTest, AHashThatTheServerTellsIsAProof) {
  const std::string right = sha256_hex(as_byte_span("x"));
  std::string told;
  ScriptedHttpServer server([&](const std::string& request, int) {
    EXPECT_TRUE(request.contains("X-Hash: sha256\r\n")) << request;
    return answer(201, told.empty() ? "" : "X-Hash-SHA256: " + told + "\r\n");
  });
  const auto put = [&](const std::string& says) {
    told = says;
    return open(server)->put_hashed("bell", as_byte_span("x"), right, {});
  };
  EXPECT_EQ(put(right), UploadProof::Hash);
  EXPECT_EQ(put(""), UploadProof::Server);
  EXPECT_EQ(put("none"), UploadProof::Server);
  EXPECT_EQ(put(sha256_hex(as_byte_span("y"))).error().code, ErrorCode::Corrupt);
}

TEST_F(WebDavTest, TellsOutcomesApart) {
  EXPECT_EQ(error_of(507).code, ErrorCode::NoSpace);
  EXPECT_EQ(error_of(401).code, ErrorCode::PermissionDenied);
  EXPECT_EQ(error_of(403).code, ErrorCode::PermissionDenied);
  for (const int status : {404, 405, 409, 423, 500, 502, 503})
    EXPECT_EQ(error_of(status).code, ErrorCode::Unavailable) << status;
  EXPECT_FALSE(error_of(401).message.contains("geheim"));
}

constexpr const char* kClipsFolder =
    "<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>/team/clips/</D:href>"
    "<D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop>"
    "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>";

TEST_F(WebDavTest, MakesEachFolderOnce) {
  ScriptedHttpServer server([puts = 0](const std::string& request, int) mutable {
    if (request.starts_with("PUT")) return answer(puts++ == 0 ? 409 : 201);
    if (request.starts_with("MKCOL /team/clips/ ")) return answer(405);
    if (request.starts_with("PROPFIND")) return answer(207, "", kClipsFolder);
    return answer(201);
  });
  const auto storage = open(server);
  EXPECT_TRUE(storage->put_hashed("clips/2026-11/a", {}, "", {}));
  std::vector<std::string> lines;
  for (const std::string& request : server.requests())
    lines.push_back(request.substr(0, request.find(" HTTP")));
  EXPECT_EQ(lines, (std::vector<std::string>{"PUT /team/clips/2026-11/a", "MKCOL /team/clips/",
                                             "PROPFIND /team/clips/", "MKCOL /team/clips/2026-11/",
                                             "PUT /team/clips/2026-11/a"}));
  EXPECT_TRUE(storage->put_hashed("clips/2026-11/b", {}, "", {}));
  EXPECT_EQ(server.requests().size(), 6u);
}

// rclone says of a disk that can't be written what others say of a folder that is there.
TEST_F(WebDavTest, AFolderThatCannotBeMadeIsAskedForAgain) {
  bool is_read_only = true;
  ScriptedHttpServer server([&](const std::string& request, int) {
    if (request.starts_with("PROPFIND")) return answer(404);
    if (is_read_only) return answer(request.starts_with("MKCOL") ? 405 : 404);
    return answer(201);
  });
  const auto storage = open(server);
  const auto stored = storage->put_hashed("heads/a.1", {}, "", {});
  ASSERT_FALSE(stored);
  EXPECT_TRUE(stored.error().may_pass());
  EXPECT_TRUE(stored.error().message.contains("read-only")) << stored.error().message;
  is_read_only = false;
  EXPECT_TRUE(storage->put_hashed("heads/a.1", {}, "", {}));
}

// lighttpd, libsoup: any refusal of a PUT may be about its folder, which is made once then.
TEST_F(WebDavTest, MakesFoldersWhateverTheRefusalSays) {
  for (const int status : {400, 403, 405, 412, 415, 500, 502}) {
    std::set<std::string> folders;
    ScriptedHttpServer server([&](const std::string& request, int) {
      const std::string path =
          request.substr(request.find(' ') + 1, request.find(" HTTP") - request.find(' ') - 1);
      const std::string parent = path.substr(0, path.rfind('/', path.size() - 2) + 1);
      if (request.starts_with("MKCOL")) return answer(folders.insert(path).second ? 201 : 405);
      if (request.starts_with("PROPFIND"))
        return folders.contains(path) ? answer(207, "", multistatus(response_of(path, kFolder)))
                                      : answer(404);
      return answer(folders.contains(parent) ? 201 : status);
    });
    const auto stored = open(server)->put_hashed("clips/2026-11/a", as_byte_span("x"), "", {});
    EXPECT_TRUE(stored) << status << ": " << stored.error().message;
  }
}

TEST_F(WebDavTest, SendsNothingTwiceWhereTheFolderIsThere) {
  ScriptedHttpServer server([](const std::string& request, int) {
    if (request.starts_with("PROPFIND"))
      return answer(207, "", multistatus(response_of("/team/heads/", kFolder)));
    return answer(500);
  });
  EXPECT_EQ(open(server)->put("heads/a.1", {}, {}).error().code, ErrorCode::Unavailable);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_TRUE(requests.at(1).starts_with("PROPFIND /team/heads/ "));
}

// A login page in the place of everything, too large for what was asked for, or too small.
TEST_F(WebDavTest, ALoginPageIsAnOutageForAllCalls) {
  for (const std::size_t size : {100u, 100'000u}) {
    ScriptedHttpServer portal([&](const auto&, int) {
      return answer(200, "Content-Type: text/html\r\n", "<html>" + std::string(size, 'x'));
    });
    const auto storage = open(portal);
    const auto expect_outage = [](const auto& result) {
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().code, ErrorCode::Unavailable);
      EXPECT_TRUE(result.error().message.contains("is there a login page")) << result.error().message;
    };
    expect_outage(storage->get("meanwhile.json", 4096, {}, {}));
    expect_outage(storage->get("clips/2026-11/a/1.m4s", 4096, ByteRange{0, 50}, {}));
    expect_outage(storage->list("heads/", "", {}));
    expect_outage(storage->stat("heads/a.1", {}));
    expect_outage(storage->put("bell", as_byte_span("x"), {}));
    expect_outage(storage->remove("heads/a.1", {}));
  }
}

TEST_F(WebDavTest, WhoSendsUsToAnotherHostIsNotTheLibrary) {
  ScriptedHttpServer portal(
      [](const auto&, int) { return answer(301, "Location: http://login.invalid/\r\n"); });
  EXPECT_EQ(open(portal)->get("meanwhile.json", 4096, {}, {}).error().code, ErrorCode::Unavailable);
  ScriptedHttpServer folder([](const auto&, int) { return answer(301, "Location: /team/clips/\r\n"); });
  EXPECT_EQ(open(folder)->get("clips", 4096, {}, {}).error().code, ErrorCode::NotFound);
}

// Some servers' own words about a success are a page, too.
TEST_F(WebDavTest, WhatIsGoneIsRemovedWhateverTheAnswerLooksLike) {
  ScriptedHttpServer server([](const std::string& request, int) {
    return request.starts_with("PROPFIND") ? answer(404)
                                           : answer(200, "Content-Type: text/html\r\n", "<html>Deleted");
  });
  EXPECT_TRUE(open(server)->remove("heads/a.1", {}));
}

TEST_F(WebDavTest, AnEmptyObjectThatIsntThereAfterwardsWasntStored) {
  ScriptedHttpServer server(
      [](const std::string& request, int) { return answer(request.starts_with("PUT") ? 200 : 404); });
  EXPECT_EQ(open(server)->put("heads/a.1", {}, {}).error().code, ErrorCode::Unavailable);
}

TEST_F(WebDavTest, WhereNoSizeIsToldTheBytesAreFetched) {
  for (const std::string there : {"whole", "who", ""}) {
    ScriptedHttpServer server([&](const std::string& request, int) {
      if (request.starts_with("PUT")) return answer(201);
      if (request.starts_with("GET")) return answer(200, "", there);
      return answer(207, "", multistatus(response_of("/team/bell", "<D:resourcetype/>")));
    });
    EXPECT_EQ(open(server)->put("bell", as_byte_span("whole"), {}).has_value(), there == "whole") << there;
  }
}

TEST_F(WebDavTest, WaitsForALockToGo) {
  ScriptedHttpServer server([](const auto&, int number) { return answer(number < 3 ? 423 : 201); });
  EXPECT_TRUE(open(server)->put_hashed("bell", {}, "", {}));
}

TEST_F(WebDavTest, LooksForThePasswordAgainAfterARefusal) {
  ScriptedHttpServer server([](const auto&, int number) { return answer(number == 0 ? 401 : 201); });
  const auto storage = open(server);
  EXPECT_FALSE(storage->put_hashed("bell", {}, "", {}));
  EXPECT_TRUE(storage->put_hashed("bell", {}, "", {}));
  EXPECT_EQ(asked_for_secret_, 2);
}

TEST_F(WebDavTest, PassesOverWhatIsNotBelowTheFolder) {
  ScriptedHttpServer server([](const auto&, int) {
    return answer(
        207, "",
        multistatus(response_of("/team/heads/", kFolder) + response_of("/team/heads/a.1", file(0)) +
                    response_of("/team/heads/../x", file(1)) + response_of("/etc/passwd", file(1)) +
                    response_of("/team/heads/.hidden", file(1)) + response_of("/team/headsx", file(1)) +
                    response_of("/team/heads/sub/deep", file(1)) + response_of("/team/heads/unsized", "")));
  });
  const auto found = open(server)->list("heads/", "", {});
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(found->at(0).key, "heads/a.1");
  EXPECT_EQ(found->at(1).key, "heads/unsized");
  EXPECT_FALSE(found->at(1).size_bytes);
}

// A folder that holds itself, for ever.
TEST_F(WebDavTest, DoesntGoDownForEver) {
  ScriptedHttpServer server([](const std::string& request, int) {
    const std::string path = request.substr(9, request.find(" HTTP") - 9);
    return answer(207, "", multistatus(response_of(path, kFolder) + response_of(path + "a/", kFolder)));
  });
  EXPECT_TRUE(open(server)->list("", "", {}));
  EXPECT_LT(server.requests().size(), 20u);
}

TEST_F(WebDavTest, SaysThatAProxyChangesPaths) {
  ScriptedHttpServer server(
      [](const auto&, int) { return answer(207, "", multistatus(response_of("/inner/heads/", kFolder))); });
  const auto found = open(server)->list("heads/", "", {});
  EXPECT_EQ(found.error().code, ErrorCode::Io);
}

TEST_F(WebDavTest, SaysThatItIsNoWebDav) {
  ScriptedHttpServer server([](const auto&, int) { return answer(405); });
  const auto found = open(server)->list("heads/", "", {});
  EXPECT_TRUE(found.error().message.contains("doesn't speak WebDAV")) << found.error().message;
}

}  // namespace
}  // namespace meanwhile
