#include "upload/worker_claim.h"

#include <fmt/format.h>

#include <expected>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "media/base/result.h"
#include "upload/file_lock.h"

namespace meanwhile {
namespace {

std::filesystem::path claim_path(const std::filesystem::path& database, const std::string& name) {
  std::filesystem::path path = database;
  path += ".worker-" + name;
  return path;
}

std::string new_name() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

Result<WorkerClaim> WorkerClaim::take(const std::filesystem::path& database) {
  const std::string name = new_name();
  const std::filesystem::path path = claim_path(database, name);
  auto lock = FileLock::wait(path);
  if (!lock) return std::unexpected(lock.error());
  return WorkerClaim(name, path, std::move(*lock));
}

WorkerClaim WorkerClaim::unheld() {
  return {new_name(), "", std::nullopt};
}

WorkerClaim::~WorkerClaim() {
  if (path_.empty()) return;  // moved from
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

bool WorkerClaim::is_gone(const std::filesystem::path& database, const std::string& name) {
  const std::filesystem::path path = claim_path(database, name);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return true;
  const auto lock = FileLock::try_take(path);
  if (!lock || !*lock) return false;
  std::filesystem::remove(path, error);
  return true;
}

}  // namespace meanwhile
