#include "media/record/take_cut.h"

#include <fmt/format.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/arrangement_trim.h"
#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/base/web_vtt.h"
#include "media/record/pointer_cut.h"
#include "media/record/pointer_recorder.h"
#include "media/record/take.h"
#include "media/record/take_arrangement.h"
#include "media/record/take_extras.h"
#include "media/record/take_lock.h"
#include "media/record/track_cut.h"
#include "media/record/track_removal.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCutEnding = ".cut.tmp";
constexpr const char* kWholeEnding = ".whole.tmp";
constexpr const char* kImportEnding = ".import.tmp";
constexpr std::uint64_t kLargestPointerFile = 1 << 30;
constexpr std::uint64_t kLargestShapeBytes = 16 << 20;
// Pictures that are encoded again may come out larger, and take.json and the like are small.
constexpr std::uint64_t kSpareBytes = 8 << 20;

fs::path beside(const fs::path& take, const char* ending) {
  return take.parent_path() / ("." + take.filename().string() + ending);
}

Result<void> rename_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("moving {}", from.string())));
  return sync_folder(to.parent_path());
}

void remove_cut_folder(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) log(LogLevel::Warning, "removing " + folder.string() + ": " + error.message());
}

// words: with places for megabytes needed, megabytes free, and a folder.
Result<void> check_space(const Take& take, const KeptRange& range, const CutParts& parts,
                         fmt::format_string<std::uint64_t, std::uint64_t, std::string> words) {
  std::uint64_t needed = kSpareBytes;
  for (const TrackReport& report : take.tracks)
    needed += bytes_in_range(take.folder / report.file, range).value_or(0);
  const auto free = parts.free_space(take.folder);
  if (!free || *free >= needed) return {};
  return fail(ErrorCode::NoSpace,
              tr_format(words, needed >> 20, *free >> 20, take.folder.parent_path().string()));
}

Result<void> cut_tracks(const Take& whole, const KeptRange& range, Take& cut) {
  cut.tracks.clear();
  for (TrackReport report : whole.tracks) {
    auto track = cut_track(whole.folder / report.file, cut.folder / report.file, report.kind, range);
    if (!track) return std::unexpected(track.error());
    if (!*track) continue;
    report.codec = (*track)->codec;
    report.duration = (*track)->duration;
    report.frames_encoded = (*track)->packets;
    report.bytes = (*track)->bytes;
    report.is_over = report.is_over && report.duration < cut.duration;
    cut.tracks.push_back(std::move(report));
  }
  if (!cut.tracks.empty()) return {};
  return fail(ErrorCode::InvalidArgument,
              tr("Nothing was recorded between the draft's start and end; choose others."));
}

// A shape that can't be read is drawn as a plain arrow.
Result<void> copy_shape(const Take& whole, const Take& cut, int shape) {
  const std::string name = pointer_shape_file(shape);
  const auto png = read_file(whole.folder / name, kLargestShapeBytes);
  if (!png) return {};
  return write_file_durably(cut.folder / name, *png);
}

Result<void> cut_pointer_track(const Take& whole, const KeptRange& range, const Take& cut) {
  const auto text = read_file(whole.folder / kPointerFile, kLargestPointerFile);
  if (!text && text.error().code == ErrorCode::NotFound) return {};
  if (!text) return std::unexpected(text.error());
  const CutPointer pointer = cut_pointer(as_text(*text), range);
  for (const int shape : pointer.shapes) MEANWHILE_TRY(copy_shape(whole, cut, shape));
  return write_file_durably(cut.folder / kPointerFile, as_byte_span(pointer.lines));
}

Result<void> cut_captions(const Take& whole, const KeptRange& range, const Take& cut) {
  const auto text = read_file(whole.folder / kCaptionsFile, kLargestPointerFile);
  const auto cues = text ? parse_web_vtt(as_text(*text)) : std::unexpected(text.error());
  if (!cues) return {};  // none, or none that could be read
  const std::string kept =
      to_web_vtt(cut_cues(*cues, range.from, range.to), web_vtt_language(as_text(*text)));
  return write_file_durably(cut.folder / kCaptionsFile, as_byte_span(kept));
}

Result<void> cut_arrangement(const Take& whole, const KeptRange& range, const Take& cut) {
  const auto arrangement = read_take_arrangement(whole.folder);
  if (!arrangement) return std::unexpected(arrangement.error());
  if (!*arrangement) return {};
  const auto left = arrangement_within(**arrangement, whole.duration, range);
  return left ? write_take_arrangement(cut.folder, *left) : std::unexpected(left.error());
}

// Poster, waveform and the like are made anew of what is left.
Result<void> fill_cut(const Take& whole, const KeptRange& range, Take& cut) {
  KeptRange wanted = range;
  if (!whole.trim.to) wanted.to = MediaTime::max();  // a track may end a little after the take
  MEANWHILE_TRY(cut_tracks(whole, wanted, cut));
  MEANWHILE_TRY(cut_pointer_track(whole, wanted, cut));
  MEANWHILE_TRY(cut_captions(whole, wanted, cut));
  MEANWHILE_TRY(cut_arrangement(whole, range, cut));
  MEANWHILE_TRY(make_missing_extras(cut.folder));
  MEANWHILE_TRY(write_take(cut));
  return sync_folder(cut.folder);
}

// The same bytes, without a copy where the file system can.
Result<void> link_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (error) fs::copy_file(from, to, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("copying {}", from.string())));
  return {};
}

Result<void> remove_from_tracks(const Take& whole, const RemovedParts& removed, Take& cut) {
  bool is_any_touched = false;
  for (TrackReport& report : cut.tracks) {
    const fs::path to = cut.folder / report.file;
    const auto is_touched = remove_from_track(whole.folder / report.file, to, report.kind, removed);
    if (!is_touched) return std::unexpected(is_touched.error());
    if (!*is_touched) MEANWHILE_TRY(link_file(whole.folder / report.file, to));
    is_any_touched = is_any_touched || *is_touched;
    std::error_code ignored;
    report.bytes = fs::file_size(to, ignored);
  }
  if (is_any_touched) return {};
  return fail(ErrorCode::InvalidArgument, tr("Nothing of the recording lies in what is to be removed."));
}

Result<void> copy_pointer_track(const Take& whole, const RemovedParts& removed, const Take& cut) {
  const auto text = read_file(whole.folder / kPointerFile, kLargestPointerFile);
  if (!text && text.error().code == ErrorCode::NotFound) return {};
  if (!text) return std::unexpected(text.error());
  const CutPointer pointer = pointer_without(as_text(*text), removed.blank);
  for (const int shape : pointer.shapes) MEANWHILE_TRY(copy_shape(whole, cut, shape));
  return write_file_durably(cut.folder / kPointerFile, as_byte_span(pointer.lines));
}

Result<void> copy_captions(const Take& whole, const RemovedParts& removed, const Take& cut) {
  const auto text = read_file(whole.folder / kCaptionsFile, kLargestPointerFile);
  if (!text && text.error().code == ErrorCode::NotFound) return {};
  if (!text) return std::unexpected(text.error());
  const auto kept = web_vtt_without(as_text(*text), removed.blank);
  if (!kept) return {};  // none that could be read
  return write_file_durably(cut.folder / kCaptionsFile, as_byte_span(*kept));
}

// The first moment at which there is something to see.
MediaTime first_shown(const RemovedParts& removed) {
  return !removed.blank.empty() && removed.blank.front().from == MediaTime{} ? removed.blank.front().to
                                                                             : MediaTime{};
}

Result<void> fill_removed(const Take& whole, const RemovedParts& removed, Take& cut) {
  MEANWHILE_TRY(remove_from_tracks(whole, removed, cut));
  MEANWHILE_TRY(copy_pointer_track(whole, removed, cut));
  MEANWHILE_TRY(copy_captions(whole, removed, cut));
  MEANWHILE_TRY(make_missing_poster(cut.folder, first_shown(removed)));
  MEANWHILE_TRY(make_missing_extras(cut.folder));
  MEANWHILE_TRY(write_take(cut));
  return sync_folder(cut.folder);
}

Result<void> swap_in(const fs::path& take) {
  MEANWHILE_TRY(rename_folder(take, folder_of_whole(take)));
  auto moved = rename_folder(folder_of_cut(take), take);
  if (!moved) (void)rename_folder(folder_of_whole(take), take);
  return moved;
}

Result<void> put_back(const fs::path& take) {
  std::error_code ignored;
  if (fs::exists(take, ignored)) {
    remove_cut_folder(folder_of_cut(take));
    MEANWHILE_TRY(rename_folder(take, folder_of_cut(take)));
  }
  MEANWHILE_TRY(rename_folder(folder_of_whole(take), take));
  remove_cut_folder(folder_of_cut(take));
  return {};
}

void log_cut_failure(const Result<void>& outcome) {
  if (!outcome) log(LogLevel::Error, outcome.error().message);
}

// The clips that have hidden folders of that ending.
std::vector<std::string> hidden_clips(const fs::path& takes, std::string_view ending) {
  std::vector<std::string> clips;
  std::error_code error;
  for (fs::directory_iterator it(takes, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(ending)) continue;
    name = name.substr(1, name.size() - 1 - ending.size());
    if (is_clip_id(name)) clips.push_back(std::move(name));
  }
  return clips;
}

void settle_whole(const fs::path& folder, const std::function<CutFate(const Take&)>& fate) {
  const fs::path whole = folder_of_whole(folder);
  if (TakeLock::is_held(whole)) return;
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) return log_cut_failure(put_back(folder));
  const auto cut = read_take(folder);
  if (!cut || cut->is_being_recorded) return;
  switch (fate(*cut)) {
    case CutFate::NotKnown:
      return;
    case CutFate::Wanted:
      return remove_cut_folder(whole);
    case CutFate::Unwanted:
      return log_cut_failure(put_back(folder));
  }
}

}  // namespace

fs::path folder_of_cut(const fs::path& take) {
  return beside(take, kCutEnding);
}

fs::path folder_of_whole(const fs::path& take) {
  return beside(take, kWholeEnding);
}

fs::path folder_of_import(const fs::path& take) {
  return beside(take, kImportEnding);
}

Result<std::unique_ptr<TakeCut>> TakeCut::make(const fs::path& folder, const std::string& publishing_to,
                                               const CutParts& parts) {
  auto whole_lock = TakeLock::acquire(folder);
  if (!whole_lock) return fail(tr("cutting the draft"), whole_lock.error());
  auto whole = read_take(folder);
  if (!whole) return std::unexpected(whole.error());
  const auto range = kept_range(*whole);
  if (!range) return std::unexpected(range.error());
  MEANWHILE_TRY(check_space(
      *whole, *range, parts,
      tr_later("Cutting the draft to its start and end needs {} MB, and only {} MB are free in {}; "
               "free some space and publish it again. The draft is as it was.")));

  Take cut = *whole;
  cut.chapters = chapters_in(whole->chapters, *range);
  cut.slides.clear();    // they were offered
  cut.loudness.reset();  // of what is left
  cut.trim = {};
  cut.publishing_to = publishing_to;
  cut.duration = range->duration();
  auto made = replace(*whole, std::move(*whole_lock), std::move(cut),
                      [&](const Take& from, Take& to) { return fill_cut(from, *range, to); });
  return made ? std::move(made) : fail(tr("cutting the draft to its start and end"), made.error());
}

Result<std::unique_ptr<TakeCut>> TakeCut::remove(const fs::path& folder, const RemovedParts& removed,
                                                 const CutParts& parts) {
  auto whole_lock = TakeLock::acquire(folder);
  if (!whole_lock) return std::unexpected(whole_lock.error());
  auto whole = read_take(folder);
  if (!whole) return std::unexpected(whole.error());
  MEANWHILE_TRY(
      check_space(*whole, {MediaTime{}, MediaTime::max()}, parts,
                  tr_later("Taking parts out of the update needs {} MB, and only {} MB are free in {}; free "
                           "some space and try again. The update is as it was.")));
  Take cut = *whole;
  cut.manifest_sha256 = kNoManifestYet;
  return replace(*whole, std::move(*whole_lock), std::move(cut),
                 [&](const Take& from, Take& to) { return fill_removed(from, removed, to); });
}

Result<std::unique_ptr<TakeCut>> TakeCut::replace(const Take& whole, TakeLock whole_lock, Take cut,
                                                  const Fill& fill) {
  const fs::path folder = whole.folder;
  cut.folder = folder_of_cut(folder);
  cut.is_being_recorded = false;
  remove_cut_folder(cut.folder);
  MEANWHILE_TRY(make_folders(cut.folder));
  auto cut_lock = TakeLock::acquire(cut.folder);
  auto filled = cut_lock ? fill(whole, cut) : std::unexpected(cut_lock.error());
  if (filled) filled = swap_in(folder);
  if (!filled) {
    remove_cut_folder(cut.folder);
    whole_lock.end(folder);
    return std::unexpected(filled.error());
  }
  cut.folder = folder;
  return std::unique_ptr<TakeCut>(new TakeCut(std::move(cut), std::move(whole_lock), std::move(*cut_lock)));
}

void TakeCut::keep() {
  is_kept_ = true;
  remove_cut_folder(folder_of_whole(take_.folder));
  cut_lock_.end(take_.folder);
}

TakeCut::~TakeCut() {
  if (is_kept_) return;
  log_cut_failure(put_back(take_.folder));
  whole_lock_.end(take_.folder);
}

void clean_up_cuts(const fs::path& takes, const std::function<CutFate(const Take& cut)>& fate) {
  for (const std::string& clip : hidden_clips(takes, kWholeEnding)) settle_whole(takes / clip, fate);
  for (const std::string& clip : hidden_clips(takes, kCutEnding)) {
    const fs::path folder = takes / clip;
    if (!TakeLock::is_held(folder) && !TakeLock::is_held(folder_of_cut(folder)))
      remove_cut_folder(folder_of_cut(folder));
  }
  for (const std::string& clip : hidden_clips(takes, kImportEnding)) {
    const fs::path folder = folder_of_import(takes / clip);
    if (!TakeLock::is_held(folder)) remove_cut_folder(folder);
  }
}

}  // namespace meanwhile
