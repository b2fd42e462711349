#include "upload/s3/sigv4.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/escapes.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "upload/secret.h"
#include "upload/signing.h"

namespace meanwhile {

const std::string kSha256OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

using Digest = std::array<unsigned char, 32>;

std::string_view as_view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest hmac(std::string_view key, std::string_view text) {
  Digest digest{};
  unsigned length = digest.size();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  return digest;
}

std::string hexadecimal(const Digest& digest) {
  std::string text;
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

// "20130524T000000Z"
std::string basic_time(WallTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string credential_scope(const std::string& time, const std::string& region) {
  return fmt::format("{}/{}/s3/aws4_request", time.substr(0, 8), region);
}

std::string names_of(const std::map<std::string, std::string>& headers) {
  std::string names;
  for (const auto& [name, value] : headers) names += (names.empty() ? "" : ";") + name;
  return names;
}

std::string canonical_request(const SignedRequest& request) {
  std::string text =
      request.method + "\n" + canonical_path(request.path) + "\n" + canonical_query(request.query) + "\n";
  for (const auto& [name, value] : request.headers) text += name + ":" + value + "\n";
  return text + "\n" + names_of(request.headers) + "\n" + request.body_sha256;
}

std::string signature_of(std::string_view text, const Secret& secret, const std::string& region,
                         const std::string& time) {
  const Digest day = hmac("AWS4" + secret.password, time.substr(0, 8));
  const Digest place = hmac(as_view(day), region);
  const Digest service = hmac(as_view(place), "s3");
  const Digest key = hmac(as_view(service), "aws4_request");
  return hexadecimal(hmac(as_view(key), text));
}

std::string signature(const SignedRequest& request, const Secret& secret, const std::string& region,
                      const std::string& time) {
  const std::string to_sign = fmt::format("{}\n{}\n{}\n{}", kAlgorithm, time, credential_scope(time, region),
                                          sha256_hex(as_byte_span(canonical_request(request))));
  return signature_of(to_sign, secret, region, time);
}

// What the request that a link is for sends along, signed.
std::map<std::string, std::string> link_headers(const std::string& host, LinkUse use) {
  std::map<std::string, std::string> headers = {{"host", host}};
  if (use == LinkUse::StoringOnce) headers["if-none-match"] = "*";
  return headers;
}

// Of a link's query, all but its signature.
std::map<std::string, std::string> link_members(const Secret& secret, const SigningScope& scope,
                                                const std::string& time, std::chrono::seconds valid,
                                                LinkUse use = LinkUse::Reading) {
  std::map<std::string, std::string> query = {
      {"X-Amz-Algorithm", std::string(kAlgorithm)},
      {"X-Amz-Credential", secret.user + "/" + credential_scope(time, scope.region)},
      {"X-Amz-Date", time},
      {"X-Amz-Expires", fmt::format("{}", valid.count())},
      {"X-Amz-SignedHeaders", names_of(link_headers("", use))}};
  if (!secret.session_token.empty()) query["X-Amz-Security-Token"] = secret.session_token;
  return query;
}

std::string link_signature(const std::string& host, const std::string& path,
                           const std::map<std::string, std::string>& query, const Secret& secret,
                           const SigningScope& scope, const std::string& time,
                           LinkUse use = LinkUse::Reading) {
  const SignedRequest request{.method = use == LinkUse::Reading ? "GET" : "PUT",
                              .host = host,
                              .path = path,
                              .query = query,
                              .headers = link_headers(host, use),
                              .body_sha256 = "UNSIGNED-PAYLOAD"};
  return signature(request, secret, scope.region, time);
}

}  // namespace

std::string canonical_path(std::string_view path) {
  return percent_encode(path, "/");
}

std::string canonical_query(const std::map<std::string, std::string>& query) {
  std::map<std::string, std::string> encoded;  // the order is that of the encoded names
  for (const auto& [name, value] : query) encoded[percent_encode(name)] = percent_encode(value);
  std::string text;
  for (const auto& [name, value] : encoded) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

std::vector<std::string> sign_headers(const SignedRequest& request, const Secret& secret,
                                      const SigningScope& scope) {
  const std::string time = basic_time(scope.now);
  SignedRequest whole = request;
  whole.headers["x-amz-date"] = time;
  whole.headers["x-amz-content-sha256"] = request.body_sha256;
  if (!secret.session_token.empty()) whole.headers["x-amz-security-token"] = secret.session_token;
  std::vector<std::string> lines;
  for (const auto& [name, value] : whole.headers) lines.push_back(name + ": " + value);
  whole.headers["host"] = request.host;
  lines.push_back(fmt::format("Authorization: {} Credential={}/{},SignedHeaders={},Signature={}", kAlgorithm,
                              secret.user, credential_scope(time, scope.region), names_of(whole.headers),
                              signature(whole, secret, scope.region, time)));
  return lines;
}

std::string sign_link(const std::string& host, const std::string& path, const Secret& secret,
                      const SigningScope& scope, std::chrono::seconds valid,
                      std::map<std::string, std::string> query) {
  const std::string time = basic_time(scope.now);
  query.merge(link_members(secret, scope, time, valid));
  query["X-Amz-Signature"] = link_signature(host, path, query, secret, scope, time);
  return canonical_query(query);
}

LinkParts sign_link_in_parts(const std::string& host, const std::string& path, const Secret& secret,
                             const SigningScope& scope, std::chrono::seconds valid, LinkUse use) {
  const std::string time = basic_time(scope.now);
  const auto query = link_members(secret, scope, time, valid, use);
  return {canonical_query(query), link_signature(host, path, query, secret, scope, time, use)};
}

std::map<std::string, std::string> sign_post(const PostPolicy& policy, const Secret& secret,
                                             const SigningScope& scope) {
  const std::string time = basic_time(scope.now);
  std::map<std::string, std::string> fields = {
      {"x-amz-algorithm", std::string(kAlgorithm)},
      {"x-amz-credential", secret.user + "/" + credential_scope(time, scope.region)},
      {"x-amz-date", time}};
  if (!secret.session_token.empty()) fields["x-amz-security-token"] = secret.session_token;
  Json conditions = {Json{{"bucket", policy.bucket}}, Json::array({"starts-with", "$key", policy.key_prefix}),
                     Json::array({"content-length-range", 1, policy.limit_bytes})};
  for (const auto& [name, value] : fields) conditions.push_back(Json{{name, value}});
  const Json document = {{"expiration", format_rfc3339(scope.now + policy.valid)},
                         {"conditions", std::move(conditions)}};
  const std::string text = to_text(document);
  const auto* octets = reinterpret_cast<const unsigned char*>(text.data());
  fields["policy"] = to_base64(std::span(octets, text.size()));
  fields["x-amz-signature"] = signature_of(fields["policy"], secret, scope.region, time);
  return fields;
}

}  // namespace meanwhile
