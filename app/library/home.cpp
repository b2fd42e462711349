#include "app/library/home.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "meanwhile";

std::optional<std::string> variable(const EnvironmentReader& environment, const std::string& name) {
  auto value = environment(name);
  return value && !value->empty() ? value : std::nullopt;
}

// The XDG specification: a path that isn't absolute is to be ignored.
std::optional<fs::path> xdg_folder(const EnvironmentReader& environment, const std::string& name,
                                   const char* below_home) {
  if (const auto value = variable(environment, name); value && fs::path(*value).is_absolute()) {
    return fs::path(*value) / kName;
  }
  const auto home = variable(environment, "HOME");
  return home ? std::optional(fs::path(*home) / below_home / kName) : std::nullopt;
}

struct Folders {
  fs::path config;
  fs::path data;
  fs::path cache;
};

Result<Folders> folders_from(const std::optional<fs::path>& chosen, const EnvironmentReader& environment) {
  std::optional<fs::path> folder = chosen;
  if (!folder) folder = variable(environment, "MEANWHILE_HOME");
  if (folder) {
    std::error_code error;
    const fs::path absolute = fs::absolute(*folder, error).lexically_normal();
    if (error || folder->empty())
      return fail(ErrorCode::InvalidArgument, tr_format("'{}' is no folder", folder->string()));
    return Folders{absolute / "config", absolute / "data", absolute / "cache"};
  }
  const auto config = xdg_folder(environment, "XDG_CONFIG_HOME", ".config");
  const auto data = xdg_folder(environment, "XDG_DATA_HOME", ".local/share");
  const auto cache = xdg_folder(environment, "XDG_CACHE_HOME", ".cache");
  if (!config || !data || !cache) {
    return fail(ErrorCode::InvalidArgument,
                tr("nothing says where your files are: set HOME, or use --home DIR"));
  }
  return Folders{*config, *data, *cache};
}

bool is_library_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<fs::path> private_folder(const fs::path& parent, std::string_view library_id) {
  if (!is_library_id(library_id))
    return fail(ErrorCode::InvalidArgument, tr("that is not the id of a library"));
  fs::path folder = parent / library_id;
  MEANWHILE_TRY(make_private_folders(folder));
  return folder;
}

}  // namespace

std::optional<std::string> read_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

Result<void> make_private_folders(const fs::path& folder) {
  std::vector<fs::path> missing;
  std::error_code error;
  for (fs::path path = folder; !path.empty() && !fs::exists(path, error); path = path.parent_path()) {
    missing.push_back(path);
  }
  const auto fail_at = [](const fs::path& path, int number) {
    return std::unexpected(error_from_errno(number, tr_format("making the folder {}", path.string())));
  };
  for (auto path = missing.rbegin(); path != missing.rend(); ++path) {
    // Another process may make it at the same time.
    if (::mkdir(path->c_str(), 0700) != 0 && errno != EEXIST) return fail_at(*path, errno);
  }
  if (!fs::is_directory(folder, error)) return fail_at(folder, error ? error.value() : EEXIST);
  return {};
}

Result<Home> Home::open(const std::optional<fs::path>& folder, const EnvironmentReader& environment) {
  auto folders = folders_from(folder, environment);
  if (!folders) return std::unexpected(std::move(folders).error());
  for (const fs::path& path : {folders->config, folders->data, folders->cache}) {
    MEANWHILE_TRY(make_private_folders(path));
  }
  return Home(folders->config, folders->data, folders->cache);
}

std::optional<fs::path> Home::settings_file_of(const std::optional<fs::path>& folder,
                                               const EnvironmentReader& environment) {
  const auto folders = folders_from(folder, environment);
  return folders ? std::optional(folders->config / kSettingsName) : std::nullopt;
}

Result<fs::path> Home::library_folder(std::string_view library_id) const {
  return private_folder(data_ / "libraries", library_id);
}

Result<fs::path> Home::library_cache(std::string_view library_id) const {
  return private_folder(cache_, library_id);
}

}  // namespace meanwhile
