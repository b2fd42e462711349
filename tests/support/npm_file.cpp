#include "tests/support/npm_file.h"

#include <expected>
#include <filesystem>
#include <string>

#include "media/base/child_process.h"
#include "media/base/result.h"

namespace meanwhile {

Result<std::filesystem::path> npm_file(const std::string& package) {
  const std::filesystem::path file = std::filesystem::path(MEANWHILE_NPM_FOLDER) / (package + ".js");
  if (std::filesystem::exists(file)) return file;
  const auto status = run_program({MEANWHILE_NPM_SCRIPT, package, file.string()}, {});
  if (!status) return std::unexpected(status.error());
  if (*status == 0) return file;
  if (*status == 3)
    return fail(ErrorCode::Unavailable, "npm isn't installed or can't fetch " + package + " now");
  return fail(ErrorCode::Corrupt, package + " isn't the package that it was");
}

}  // namespace meanwhile
