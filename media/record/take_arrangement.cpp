#include "media/record/take_arrangement.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <system_error>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestTakeArrangement = 8u << 20;

}  // namespace

Result<std::optional<Arrangement>> read_take_arrangement(const fs::path& folder) {
  const auto bytes = read_file(folder / kArrangementFile, kLargestTakeArrangement);
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return std::nullopt;
  auto arrangement = bytes ? parse_arrangement(as_text(*bytes)) : std::unexpected(bytes.error());
  if (!arrangement)
    return fail(tr("How the draft is arranged can't be read; arrange it again, or undo that"),
                arrangement.error());
  return *arrangement;
}

Result<void> write_take_arrangement(const fs::path& folder, const Arrangement& arrangement) {
  const fs::path file = folder / kArrangementFile;
  if (!arrangement.is_nothing()) return write_file_durably(file, as_byte_span(to_text(arrangement)));
  std::error_code error;
  if (!fs::remove(file, error) && error)
    return std::unexpected(error_from_errno(error.value(), tr_format("removing {}", file.string())));
  return sync_folder(folder);
}

Result<void> set_take_arrangement(const fs::path& folder, const Arrangement& arrangement) {
  const auto changed = change_take(folder, [&](const Take& take) -> Result<void> {
    if (take.state == TakeState::Recording)
      return fail(ErrorCode::InvalidArgument,
                  tr("The draft is still being recorded, or a crash left it; stop or recover it first."));
    if (take.state == TakeState::Published)
      return fail(ErrorCode::InvalidArgument, tr("This is published; it is arranged in the library."));
    MEANWHILE_TRY(check_arrangement(arrangement, take.duration));
    return write_take_arrangement(folder, arrangement);
  });
  return changed ? Result<void>() : std::unexpected(changed.error());
}

}  // namespace meanwhile
