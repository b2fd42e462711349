#include "media/record/take.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/record/take_cut.h"
#include "media/record/take_json.h"
#include "media/record/take_lock.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestTakeFile = 1 << 20;

bool has_track_file(const fs::path& folder) {
  std::error_code ignored;
  return std::any_of(std::begin(kAllTracks), std::end(kAllTracks),
                     [&](TrackKind kind) { return fs::is_regular_file(folder / track_file(kind), ignored); });
}

// A take whose take.json is lost or damaged but whose tracks are there: recovery makes a new one.
std::optional<Take> orphaned_take(const fs::path& folder) {
  if (!has_track_file(folder)) return std::nullopt;
  Take take;
  take.clip = folder.filename().string();
  take.folder = folder;
  take.is_being_recorded = TakeLock::is_held(folder);
  take.json = Json::object();
  return take;
}

std::optional<Take> listed_take(const fs::path& folder) {
  std::error_code ignored;
  if (!is_clip_id(folder.filename().string()) || !fs::is_directory(folder, ignored)) return std::nullopt;
  auto take = read_take(folder);
  if (take) return std::move(*take);
  const ErrorCode code = take.error().code;
  return code == ErrorCode::Corrupt || code == ErrorCode::NotFound ? orphaned_take(folder) : std::nullopt;
}

}  // namespace

Result<std::vector<Take>> read_takes(const fs::path& takes) {
  std::vector<Take> found;
  std::error_code error;
  // Counted by hand: a folder that vanishes while we look must not throw.
  for (fs::directory_iterator it(takes, error), end; !error && it != end; it.increment(error)) {
    if (auto take = listed_take(it->path())) found.push_back(std::move(*take));
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return std::unexpected(
        error_from_errno(error.value(), tr_format("reading your drafts in {}", takes.string())));
  std::sort(found.begin(), found.end(), [](const Take& a, const Take& b) { return a.clip < b.clip; });
  return found;
}

std::vector<Take> list_takes(const fs::path& takes) {
  return read_takes(takes).value_or(std::vector<Take>{});
}

Result<Take> read_take(const fs::path& folder) {
  const auto bytes = read_file(folder / kTakeFile, kLargestTakeFile);
  if (!bytes) return fail(tr("reading the draft"), bytes.error());
  auto json = parse_json(as_text(*bytes));
  if (!json) return fail(tr_format("reading {}", (folder / kTakeFile).string()), json.error());
  auto take = take_from_json(std::move(*json));
  if (!take) return fail(tr_format("reading {}", (folder / kTakeFile).string()), take.error());
  take->folder = folder;
  take->is_being_recorded = TakeLock::is_held(folder);
  return take;
}

Result<void> write_take(const Take& take) {
  return write_file_durably(take.folder / kTakeFile, as_byte_span(to_text(json_from_take(take), 2) + "\n"));
}

Result<Take> change_take(const fs::path& folder, const std::function<Result<void>(Take&)>& change) {
  auto lock = TakeLock::acquire(folder);
  if (!lock) return fail(tr("changing the draft"), lock.error());
  auto take = read_take(folder);
  if (!take) return take;
  take->is_being_recorded = false;  // by nobody but us
  MEANWHILE_TRY(change(*take));
  MEANWHILE_TRY(write_take(*take));
  lock->end(folder);
  return take;
}

Result<Take> trim_take(const fs::path& folder, const Trim& trim) {
  return change_take(folder, [&trim](Take& take) -> Result<void> {
    if (take.state == TakeState::Recording) {
      return fail(
          ErrorCode::InvalidArgument,
          tr("The draft is still being recorded, or a crash left it; stop or recover it before trimming."));
    }
    if (take.state == TakeState::Published) {
      return fail(ErrorCode::InvalidArgument, tr("This is published; only a draft can be trimmed."));
    }
    take.trim = trim;
    const auto range = kept_range(take);
    return range ? Result<void>{} : std::unexpected(range.error());
  });
}

Result<Take> set_take_chapters(const fs::path& folder, const Chapters& chapters) {
  return change_take(folder, [&chapters](Take& take) -> Result<void> {
    if (take.state == TakeState::Recording)
      return fail(ErrorCode::InvalidArgument,
                  tr("The draft is still being recorded, or a crash left it; stop or recover it first."));
    if (take.state == TakeState::Published)
      return fail(ErrorCode::InvalidArgument,
                  tr("This is published; its chapters are changed in the library."));
    take.chapters = tidy(chapters);
    return {};
  });
}

Result<void> discard_take(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return fail(ErrorCode::NotFound, tr_format("there is no draft at {}", folder.string()));
  if (!is_clip_id(folder.filename().string()))
    return fail(ErrorCode::InvalidArgument, tr_format("{} isn't a draft", folder.string()));
  const auto lock = TakeLock::acquire(folder);
  if (!lock && lock.error().code == ErrorCode::Unavailable)
    return fail(tr("discarding the draft"), lock.error());
  // First what a crash left while it was being cut: else it would come back.
  for (const fs::path& hidden : {folder_of_whole(folder), folder_of_cut(folder), folder})
    if (!error) fs::remove_all(hidden, error);
  if (error)
    return std::unexpected(
        error_from_errno(error.value(), tr_format("discarding the draft {}", folder.string())));
  return {};
}

}  // namespace meanwhile
