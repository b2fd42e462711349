#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/record/codec_string.h"
#include "media/record/pointer_recorder.h"
#include "media/record/take.h"
#include "media/record/take_extras.h"
#include "media/record/take_lock.h"
#include "media/record/track_names.h"
#include "media/record/track_reader.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

Result<void> cut_file(const fs::path& path, std::uint64_t size_bytes) {
  std::error_code error;
  if (fs::file_size(path, error) == size_bytes && !error) return {};
  if (!error) fs::resize_file(path, size_bytes, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("cutting {}", path.string())));
  return {};
}

// nullopt: nothing of the track is there.
Result<std::optional<TrackIndex>> index_file(const fs::path& path) {
  const auto file = FileSource::open(path);
  if (!file && file.error().code == ErrorCode::NotFound) return std::nullopt;
  if (!file) return std::unexpected(file.error());
  auto index = index_track(**file);
  if (!index && index.error().code == ErrorCode::Corrupt) return std::nullopt;
  if (!index) return std::unexpected(index.error());
  if (!index->fragments.empty()) return std::move(*index);
  std::error_code ignored;
  fs::remove(path, ignored);  // a beginning without a single whole fragment
  return std::nullopt;
}

// What only the file itself can tell, when take.json was written before the first frame.
void describe(const fs::path& path, TrackReport& report) {
  const auto file = FileSource::open(path);
  if (!file) return;
  const auto reader = TrackReader::open(**file);
  if (!reader) return;
  const AVCodecParameters& parameters = (*reader)->parameters();
  report.codec = codec_string(parameters);
  if (is_picture(report.kind)) {
    report.width = parameters.width;
    report.height = parameters.height;
  }
}

TrackReport report_of(const Take& take, TrackKind kind) {
  for (const TrackReport& report : take.tracks) {
    if (report.kind == kind) return report;
  }
  return {.kind = kind, .file = track_file(kind), .codec = "", .device = ""};
}

// nullopt: the track has nothing whole in it.
Result<std::optional<TrackReport>> recover_track(const Take& take, TrackKind kind) {
  const fs::path path = take.folder / track_file(kind);
  const auto index = index_file(path);
  if (!index) return std::unexpected(index.error());
  if (!*index) return std::nullopt;
  MEANWHILE_TRY(cut_file(path, (*index)->whole_size_bytes));
  TrackReport report = report_of(take, kind);
  describe(path, report);
  report.bytes = (*index)->whole_size_bytes;
  report.duration = (*index)->end();
  report.frames_encoded = 0;
  for (const Fragment& fragment : (*index)->fragments) report.frames_encoded += fragment.samples;
  report.frames_captured = std::max(report.frames_captured, report.frames_encoded);
  return report;
}

// Beginnings without anything in them are removed by now.
bool has_track_bytes(const fs::path& folder) {
  return std::ranges::any_of(kAllTracks, [&](TrackKind kind) {
    std::error_code missing;
    const auto bytes = fs::file_size(folder / track_file(kind), missing);
    return !missing && bytes > 0;
  });
}

Result<void> recover_tracks(Take& take) {
  std::vector<TrackReport> whole;
  for (const TrackKind kind : kAllTracks) {
    auto report = recover_track(take, kind);
    if (!report) return std::unexpected(report.error());
    if (*report) whole.push_back(std::move(**report));
  }
  if (whole.empty() && !has_track_bytes(take.folder))
    return fail(ErrorCode::NotFound, tr_format("nothing had been recorded in {}", take.folder.string()));
  if (whole.empty()) {
    return fail(ErrorCode::Corrupt,
                tr_format("nothing playable was left of the recording in {}; it can be discarded",
                          take.folder.string()));
  }
  take.duration = MediaTime{};
  for (const TrackReport& report : whole) take.duration = std::max(take.duration, report.duration);
  take.tracks = std::move(whole);
  return {};
}

// A line that was being written is cut off; the others stand.
void recover_pointer(const fs::path& folder) {
  constexpr std::uint64_t kLargestPointerFile = 1 << 30;
  const auto bytes = read_file(folder / kPointerFile, kLargestPointerFile);
  if (!bytes) return;
  const auto last_line_end = as_text(*bytes).rfind('\n');
  const std::uint64_t whole = last_line_end == std::string_view::npos ? 0 : last_line_end + 1;
  if (auto cut = cut_file(folder / kPointerFile, whole); !cut) log(LogLevel::Warning, cut.error().message);
}

// Temporary files that a crash left beside what they were to replace.
void remove_leftovers(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.') && name.ends_with(".tmp")) fs::remove(it->path(), ignored);
  }
}

Result<Take> take_to_recover(const fs::path& folder) {
  auto take = read_take(folder);
  if (take) return take;
  const ErrorCode code = take.error().code;
  const std::string id = folder.filename().string();
  std::error_code ignored;
  const bool may_be_rebuilt = (code == ErrorCode::Corrupt || code == ErrorCode::NotFound) && is_clip_id(id) &&
                              fs::is_directory(folder, ignored);
  if (!may_be_rebuilt) return take;
  Take rebuilt;
  rebuilt.clip = id;
  rebuilt.folder = folder;
  rebuilt.started = wall_now();
  rebuilt.json = Json::object();
  rebuilt.warnings.emplace_back(
      tr("The description of this draft was lost; it was made anew from the tracks themselves."));
  return rebuilt;
}

}  // namespace

Result<Take> recover_take(const fs::path& folder) {
  auto take = take_to_recover(folder);
  if (!take || take->state != TakeState::Recording) return take;
  {
    const auto lock = TakeLock::acquire(folder);
    if (!lock) return fail(tr("repairing the recording"), lock.error());
    take->is_being_recorded = false;
    remove_leftovers(folder);
    MEANWHILE_TRY(recover_tracks(*take));
    recover_pointer(folder);
    MEANWHILE_TRY(make_missing_extras(folder));
    take->state = TakeState::Recovered;
    MEANWHILE_TRY(write_take(*take));
  }
  std::error_code ignored;
  fs::remove(folder / kLockFile, ignored);
  return take;
}

}  // namespace meanwhile
