#include "app/library/unsaved_arrangements.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/library/home.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestUnsavedFile = 8u << 20;

}  // namespace

Result<std::filesystem::path> UnsavedArrangements::file(std::string_view clip) const {
  if (!is_clip_id(clip)) return fail(ErrorCode::InvalidArgument, tr("an arrangement belongs to an update"));
  return folder_ / (std::string(clip) + ".json");
}

Result<void> UnsavedArrangements::save(std::string_view clip, const Arrangement& arrangement) const {
  const auto path = file(clip);
  if (!path) return std::unexpected(path.error());
  MEANWHILE_TRY(make_private_folders(folder_));
  return write_file_durably(*path, as_byte_span(to_text(arrangement)));
}

std::optional<Arrangement> UnsavedArrangements::load(std::string_view clip) const {
  const auto path = file(clip);
  const auto bytes = path ? read_file(*path, kLargestUnsavedFile) : std::unexpected(path.error());
  auto arrangement = bytes ? parse_arrangement(as_text(*bytes)) : std::unexpected(bytes.error());
  if (!arrangement) return std::nullopt;
  return std::move(*arrangement);
}

Result<void> UnsavedArrangements::remove(std::string_view clip) const {
  const auto path = file(clip);
  if (!path) return std::unexpected(path.error());
  std::error_code error;
  std::filesystem::remove(*path, error);
  if (error)
    return std::unexpected(error_from_errno(error.value(), tr_format("removing {}", path->string())));
  return {};
}

}  // namespace meanwhile
