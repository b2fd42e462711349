// Where the files of one person on this machine are.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"

namespace meanwhile {

// A variable's value; nullopt: not set.
using EnvironmentReader = std::function<std::optional<std::string>(const std::string& name)>;
// The process's own. Read before any thread is started.
std::optional<std::string> read_environment(const std::string& name);

// A home is one folder (--home, MEANWHILE_HOME) with config/, data/ and cache/ in it, or "meanwhile" in each
// of the XDG folders. Source: XDG Base Directory Specification 0.8.
class Home {
 public:
  static constexpr const char* kSettingsName = "settings.json";

  // folder: from --home; nullopt: from the environment. Makes the three folders, readable by nobody else
  // (0700), if they aren't there. Errors: InvalidArgument (neither HOME nor anything else says where),
  // PermissionDenied, NoSpace, Io.
  static Result<Home> open(const std::optional<std::filesystem::path>& folder,
                           const EnvironmentReader& environment = read_environment);

  // The settings of the home that open() would open, without making anything; nullopt: nothing says where.
  static std::optional<std::filesystem::path> settings_file_of(
      const std::optional<std::filesystem::path>& folder,
      const EnvironmentReader& environment = read_environment);

  const std::filesystem::path& config() const { return config_; }
  const std::filesystem::path& data() const { return data_; }
  // May be deleted by anyone at any time.
  const std::filesystem::path& cache() const { return cache_; }

  std::filesystem::path settings_file() const { return config_ / kSettingsName; }
  std::filesystem::path takes() const { return data_ / "takes"; }
  // What is recorded to be looked at once, and never kept.
  std::filesystem::path rehearsals() const { return cache_ / "rehearsals"; }
  // Clips on their way from one library to another.
  std::filesystem::path moves() const { return data_ / "moves"; }
  // What the desktop gives for the next recording (a screen that may be recorded without asking).
  const std::filesystem::path& capture_state() const { return data_; }
  // The library of a person's own, that first use makes.
  std::filesystem::path own_library() const { return data_ / "library"; }

  // Made if it isn't there: <data>/libraries/<id>: index, journal, drafts of one library.
  // Errors: InvalidArgument (id is not [a-z0-9-]{1,64}), and as open().
  Result<std::filesystem::path> library_folder(std::string_view library_id) const;
  // Likewise <cache>/<id>.
  Result<std::filesystem::path> library_cache(std::string_view library_id) const;

 private:
  Home(std::filesystem::path config, std::filesystem::path data, std::filesystem::path cache)
      : config_(std::move(config)), data_(std::move(data)), cache_(std::move(cache)) {}
  std::filesystem::path config_;
  std::filesystem::path data_;
  std::filesystem::path cache_;
};

// In a library's folder.
inline std::filesystem::path index_file(const std::filesystem::path& library_folder) {
  return library_folder / "index.sqlite";
}
inline std::filesystem::path drafts_folder(const std::filesystem::path& library_folder) {
  return library_folder / "drafts";
}

// Makes folder and what is missing above it, each 0700; one that is there is left as it is.
// Errors: PermissionDenied, NoSpace, AlreadyExists (a file is in the way), Io.
Result<void> make_private_folders(const std::filesystem::path& folder);

}  // namespace meanwhile
