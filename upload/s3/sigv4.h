// AWS Signature Version 4, as S3 servers want it.
// Source: "Authenticating Requests (AWS Signature Version 4)", Amazon S3 API Reference; its published
// examples are in the tests. Own code because libcurl's changed with its versions and signs what it then
// doesn't send.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/identifier.h"
#include "upload/capabilities.h"
#include "upload/secret.h"

namespace meanwhile {

struct SignedRequest {
  std::string method;
  std::string host;  // with its port, as the header Host says it
  std::string path;  // decoded, begins with "/"
  std::map<std::string, std::string> query =
      {};  // decoded; sorted, encoded and sent as canonical_query() gives it
  std::map<std::string, std::string> headers = {};  // further ones to sign, lower-case names
  std::string body_sha256 = {};                     // hexadecimal
};

struct SigningScope {
  std::string region;
  WallTime now{};
};

// Of no body.
extern const std::string kSha256OfNothing;

// "/a%20b/c": what both is signed and goes into the URL.
std::string canonical_path(std::string_view path);
std::string canonical_query(const std::map<std::string, std::string>& query);

// All header lines to send, Host aside: those given, x-amz-date, x-amz-content-sha256, the session token's,
// and Authorization.
std::vector<std::string> sign_headers(const SignedRequest& request, const Secret& secret,
                                      const SigningScope& scope);

// The query that makes a GET of host and path a link, for whoever has it, until `valid` has passed (at most 7
// days). A link is for GET alone: a HEAD of it is refused.
std::string sign_link(const std::string& host, const std::string& path, const Secret& secret,
                      const SigningScope& scope, std::chrono::seconds valid,
                      std::map<std::string, std::string> query = {});

// The same in two parts: the query is the same for all paths. Joined by "&X-Amz-Signature=". use: what for.
struct LinkParts {
  std::string query;
  std::string signature;
};
LinkParts sign_link_in_parts(const std::string& host, const std::string& path, const Secret& secret,
                             const SigningScope& scope, std::chrono::seconds valid,
                             LinkUse use = LinkUse::Reading);

struct PostPolicy {
  std::string bucket;
  std::string key_prefix;
  std::uint64_t limit_bytes = 0;
  std::chrono::seconds valid{};
};
// The fields of a form that stores an object in the bucket, but for "key" and "file". Source: "Browser-Based
// Uploads Using POST (AWS Signature Version 4)", Amazon S3 API Reference.
std::map<std::string, std::string> sign_post(const PostPolicy& policy, const Secret& secret,
                                             const SigningScope& scope);

}  // namespace meanwhile
