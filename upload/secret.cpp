#include "upload/secret.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"
#include "upload/http/url.h"

namespace meanwhile {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::optional<Secret> from_variables(const char* user, const char* password, const char* token,
                                     const std::string& usual_user = {}) {
  Secret secret{.user = variable(user), .password = variable(password)};
  if (secret.user.empty()) secret.user = usual_user;
  if (token) secret.session_token = variable(token);
  if (secret.user.empty() || secret.password.empty()) return std::nullopt;
  return secret;
}

}  // namespace

std::string secret_place(std::string_view url) {
  const bool is_s3 = url.starts_with("s3:");
  if (!is_s3 && !url.starts_with("webdav:") && !url.starts_with("webdavs:")) return "";
  auto place = url.substr(0, url.find_first_of("?#"));
  while (place.ends_with('/')) place.remove_suffix(1);
  if (!is_s3) return std::string(place);
  const auto named = parse_url(url);
  if (!named || !named->query.contains("endpoint")) return std::string(place);
  return std::string(place) + "?endpoint=" + named->query.at("endpoint");
}

std::string user_of(const std::string& place) {
  const auto url = parse_url(place);
  return url ? url->user : "";
}

Result<std::optional<Secret>> find_secret_in_environment(const std::string& place) {
  if (place.starts_with("webdav"))
    return from_variables("MEANWHILE_WEBDAV_USER", "MEANWHILE_WEBDAV_PASSWORD", nullptr, user_of(place));
  if (!place.starts_with("s3:")) return std::nullopt;
  if (auto own =
          from_variables("MEANWHILE_S3_ACCESS_KEY", "MEANWHILE_S3_SECRET_KEY", "MEANWHILE_S3_SESSION_TOKEN"))
    return own;
  return from_variables("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
}

Result<std::optional<Secret>> HeldSecret::get() {
  auto held = held_.lock();
  if (!*held) {
    auto found = find_(place_);
    if (!found) return found;
    *held = std::move(*found);
  }
  return *held;
}

}  // namespace meanwhile
