#include "app/libraries/secrets.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "app/library/home.h"
#include "app/platform/keyring.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/secret.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestSecretsBytes = 1 << 20;

Json to_json(const Secret& secret) {
  Json json = {{"user", secret.user}, {"password", secret.password}};
  if (!secret.session_token.empty()) json["session_token"] = secret.session_token;
  return json;
}

std::optional<Secret> from_json(const Json& json) {
  const auto user = string_member(json, "user");
  const auto password = string_member(json, "password");
  if (!user || !password) return std::nullopt;
  return Secret{.user = *user,
                .password = *password,
                .session_token = string_member(json, "session_token").value_or("")};
}

// A file that others may read was not made by us: what is in it may have been read, and may be somebody's
// trap.
Result<void> check_private(const std::filesystem::path& file) {
  struct stat info{};
  if (::lstat(file.c_str(), &info) != 0)
    return std::unexpected(error_from_errno(errno, tr_format("reading {}", file.string())));
  if (S_ISREG(info.st_mode) && (info.st_mode & 077) == 0) return {};
  return fail(
      ErrorCode::PermissionDenied,
      tr_format("{} holds keys and passwords, and others may read it: change them, then `chmod 600` it",
                file.string()));
}

Result<Json> read_secrets(const std::filesystem::path& file) {
  const auto is_private = check_private(file);
  if (!is_private && is_private.error().code == ErrorCode::NotFound) return Json::object();
  if (!is_private) return std::unexpected(is_private.error());
  const auto bytes = read_file(file, kLargestSecretsBytes);
  if (!bytes) return std::unexpected(bytes.error());
  // The parser's own words could repeat what is in the file.
  auto json = parse_json(as_text(*bytes));
  if (!json || !json->is_object())
    return fail(ErrorCode::Corrupt, tr_format("{} is damaged: remove it, and give the secrets anew to "
                                              "`meanwhile library secret URL`",
                                              file.string()));
  return json;
}

}  // namespace

std::filesystem::path secrets_file(const Home& home) {
  return home.data() / "secrets.json";
}

FindSecret secrets_of(const Home& home) {
  return [home](const std::string& place) { return find_secret(home, place); };
}

Result<std::optional<Secret>> find_secret(const Home& home, const std::string& place) {
  auto from_environment = find_secret_in_environment(place);
  if (!from_environment || *from_environment) return from_environment;
  if (const auto text = find_in_keyring(place)) {
    const auto json = parse_json(*text);
    if (auto secret = json ? from_json(*json) : std::nullopt) return secret;
  }
  const auto all = read_secrets(secrets_file(home));
  if (!all) return std::unexpected(all.error());
  const auto found = all->find(place);
  return found == all->end() ? std::optional<Secret>() : from_json(*found);
}

Result<KeptWhere> keep_secret(const Home& home, const std::string& place, const Secret& secret) {
  const auto file = secrets_file(home);
  auto all = read_secrets(file);
  if (!all) return std::unexpected(all.error());
  const bool in_keyring = keep_in_keyring(place, "Meanwhile: " + place, to_text(to_json(secret)));
  if (in_keyring && !all->contains(place)) return KeptWhere::Keyring;
  if (in_keyring) {
    all->erase(place);
  } else {
    (*all)[place] = to_json(secret);
  }
  MEANWHILE_TRY(write_file_durably(file, as_byte_span(to_text(*all, 1)), FileAccess::Owner));
  return in_keyring ? KeptWhere::Keyring : KeptWhere::File;
}

}  // namespace meanwhile
