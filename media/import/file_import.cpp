#include "media/import/file_import.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/files.h"
#include "media/base/guarded.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/import/import_folder.h"
#include "media/import/imported_track.h"
#include "media/play/file_reader.h"
#include "media/play/open_readers.h"
#include "media/record/disk_writer.h"
#include "media/record/take.h"
#include "media/record/take_extras.h"
#include "media/record/track_file.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr MediaTime kLongest = std::chrono::hours(24);
// As a recording leaves it: for its small files, and for the person to do something about it.
constexpr std::uint64_t kSpareBytes = 4 << 20;
constexpr std::size_t kPiecesForSpace = 64;

std::string shown_name(const fs::path& file) {
  return display_line(replace_invalid_utf8(file.filename().string()));
}

std::string title_of(const fs::path& file) {
  return display_line(replace_invalid_utf8(file.stem().string()));
}

Error stopped(const std::string& name) {
  return {ErrorCode::Aborted, tr_format("The import of {} was stopped; nothing of it is kept.", name)};
}

// What the reader says goes on after the file's name; the rest is about this machine.
Error sentence(const std::string& name, const Error& error) {
  if (error.code == ErrorCode::Corrupt || error.code == ErrorCode::Unsupported)
    // TRANSLATORS: {0} is a file's name, {1} goes on: "is empty", "is damaged or cut off".
    return {error.code, tr_format("{} {}.", name, error.message)};
  if (error.code == ErrorCode::Aborted) return stopped(name);
  return {error.code, tr_format("{} can't be imported: {}.", name, error.message)};
}

Result<std::unique_ptr<FileSource>> open_source(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found)
    return fail(ErrorCode::NotFound, tr_format("There is no file {}.", file.string()));
  if (!error && status.type() != fs::file_type::regular)
    return fail(ErrorCode::InvalidArgument, tr_format("{} isn't a file.", file.string()));
  auto source = FileSource::open(file);
  if (!source && source.error().code == ErrorCode::PermissionDenied)
    return fail(ErrorCode::PermissionDenied, tr_format("You may not read {}.", file.string()));
  if (!source) return std::unexpected(sentence(shown_name(file), source.error()));
  return source;
}

class Import {
 public:
  Import(std::string name, std::unique_ptr<FileReader> reader, ImportFolder folder,
         const ImportOptions& options)
      : name_(std::move(name)),
        reader_(std::move(reader)),
        folder_(std::move(folder)),
        options_(options),
        disk_([this](const Error& error) { note_failure(error); }) {}

  Result<void> make_tracks() {
    std::size_t pictures = 0;
    for (const FileTrack& facts : reader_->facts().tracks) {
      const TrackKind kind = !facts.is_picture ? TrackKind::Voice
                             : pictures++ == 0 ? TrackKind::Screen
                                               : TrackKind::Camera;
      auto file = make_file(kind);
      if (!file) return std::unexpected(file.error());
      tracks_.push_back(make_track(kind, facts, std::move(*file)));
    }
    return {};
  }

  Result<void> read_all() {
    for (std::size_t count = 0;; ++count) {
      if (options_.stop.stop_requested()) return std::unexpected(stopped(name_));
      if (count % kPiecesForSpace == 0) MEANWHILE_TRY(check_space());
      if (const auto failure = failure_.copy()) return std::unexpected(sentence(name_, *failure));
      auto piece = reader_->next();
      if (!piece && piece.error().code == ErrorCode::EndOfStream) return {};
      if (!piece) return std::unexpected(sentence(name_, piece.error()));
      MEANWHILE_TRY(take(std::move(*piece)));
    }
  }

  // The take, still hidden.
  Result<Take> finish(const std::string& clip) {
    for (const auto& track : tracks_) track->finish(end_);
    auto saved = disk_.finish();
    if (const auto failure = failure_.copy()) saved = std::unexpected(*failure);
    if (!saved) return std::unexpected(sentence(name_, saved.error()));
    Take take;
    take.clip = clip;
    take.folder = folder_.path();
    take.state = TakeState::Finished;
    take.title = options_.title.empty() ? title_of(name_) : options_.title;
    take.started = wall_now();
    take.json = Json::object();
    collect_reports(take);
    take.warnings = warnings();
    take.chapters = chapters_in(reader_->facts().chapters, {.from = {}, .to = take.duration});
    if (screen_) take.slides = screen_->outline().slides.found(take.duration);
    MEANWHILE_TRY(save_extras(take));
    MEANWHILE_TRY(write_take(take));
    return take;
  }

  ImportFolder& folder() { return folder_; }

 private:
  std::unique_ptr<ImportedTrack> make_track(TrackKind kind, const FileTrack& facts, TrackFilePtr file) {
    const auto on_failure = [this](const Error& error) { note_failure(error); };
    if (facts.is_copied)
      return std::make_unique<CopiedTrack>(kind, facts, name_, std::move(file), on_failure);
    if (!facts.is_picture) {
      auto sound = std::make_unique<ImportedSound>(facts, name_, std::move(file), on_failure);
      sound_ = sound.get();
      return sound;
    }
    auto pictures = std::make_unique<ImportedPictures>(kind, facts, name_, std::move(file), on_failure);
    if (kind == TrackKind::Screen) screen_ = pictures.get();
    return pictures;
  }

  Result<TrackFilePtr> make_file(TrackKind kind) {
    const fs::path path = folder_.path() / track_file(kind);
    auto sink = options_.parts.make_sink(path);
    if (!sink) return std::unexpected(sentence(name_, sink.error()));
    return std::make_shared<TrackFile>(disk_, std::make_shared<DiskFile>(std::move(*sink)), path);
  }

  Result<void> check_space() const {
    const auto free = options_.parts.free_space(folder_.path());
    if (!free || *free >= kSpareBytes) return {};
    return fail(ErrorCode::NoSpace,
                tr_format("The disk is full: {} can't be imported. Free some space in {} and try again.",
                          name_, folder_.path().parent_path().string()));
  }

  Result<void> take(FilePiece piece) {
    if (piece.end > kLongest || piece.at > kLongest)
      return fail(ErrorCode::Unsupported, tr_format("{} is longer than 24 hours.", name_));
    if (piece.is_damaged) damaged_at_.push_back(piece.at);
    end_ = std::max({end_, piece.end, piece.at});
    tell_progress(piece.at);
    tracks_[piece.track]->take(std::move(piece));
    return {};
  }

  void tell_progress(MediaTime at) const {
    const MediaTime all = reader_->facts().duration;
    if (all > MediaTime{}) options_.on_progress(std::clamp(to_seconds(at) / to_seconds(all), 0.0, 1.0));
  }

  // A track in which nothing came is none.
  void collect_reports(Take& take) const {
    for (const auto& track : tracks_) {
      TrackReport report = track->report();
      take.duration = std::max(take.duration, report.duration);
      std::error_code ignored;
      if (report.frames_encoded > 0) {
        take.tracks.push_back(std::move(report));
      } else {
        fs::remove(take.folder / report.file, ignored);
      }
    }
  }

  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> sentences;
    if (const int count = reader_->facts().left_out; count > 0)
      sentences.push_back(tr_count(
          count, "{} has {} more track: an update has two of pictures and one of sound at most.",
          "{} has {} more tracks: an update has two of pictures and one of sound at most.", name_, count));
    if (damaged_at_.size() == 1)
      sentences.push_back(tr_format("{} is damaged at {}.", name_, format_moment(damaged_at_.front())));
    if (damaged_at_.size() > 1)
      sentences.push_back(tr_count(damaged_at_.size(), "{} is damaged in {} place, the first at {}.",
                                   "{} is damaged in {} places, the first at {}.", name_, damaged_at_.size(),
                                   format_moment(damaged_at_.front())));
    return sentences;
  }

  Result<void> save_extras(const Take& take) {
    if (sound_ && !sound_->waveform().is_empty())
      MEANWHILE_TRY(write_waveform(take.folder, sound_->waveform()));
    if (screen_) {
      if (const FramePtr poster = screen_->take_poster()) MEANWHILE_TRY(write_poster(take.folder, *poster));
      MEANWHILE_TRY(write_thumbs(take.folder, screen_->outline().thumbs, take.duration));
      MEANWHILE_TRY(write_activity(take.folder, screen_->outline().activity, take.duration));
    }
    return make_missing_extras(take.folder);  // of what was copied
  }

  void note_failure(const Error& error) {
    auto failure = failure_.lock();
    if (!*failure) *failure = error;
  }

  const std::string name_;
  const std::unique_ptr<FileReader> reader_;
  ImportFolder folder_;
  const ImportOptions& options_;
  MediaTime end_{};
  std::vector<MediaTime> damaged_at_;
  Guarded<std::optional<Error>> failure_;  // the first, of encoders and the disk
  DiskWriter disk_;                        // outlives the tracks
  std::vector<std::unique_ptr<ImportedTrack>> tracks_;
  // Where they were encoded.
  ImportedPictures* screen_ = nullptr;
  ImportedSound* sound_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<ByteSink>> make_import_sink(const fs::path& path) {
  auto sink = FileSink::create(path);
  if (!sink) return std::unexpected(sink.error());
  return std::move(*sink);
}

Result<Take> import_file(const fs::path& file, const fs::path& takes, const ImportOptions& options) {
  const std::string name = shown_name(file);
  auto source = open_source(file);
  if (!source) return std::unexpected(source.error());
  auto reader =
      open_file(std::move(*source),
                {.newer = nullptr, .is_over = [stop = options.stop] { return stop.stop_requested(); }});
  if (!reader) return std::unexpected(sentence(name, reader.error()));
  const std::string clip = new_clip_id(wall_now());
  auto folder = ImportFolder::create(takes, clip);
  if (!folder) return std::unexpected(sentence(name, folder.error()));
  Import import(name, std::move(*reader), std::move(*folder), options);
  MEANWHILE_TRY(import.make_tracks());
  MEANWHILE_TRY(import.read_all());
  auto take = import.finish(clip);
  if (!take) return take;
  const auto unveiled = import.folder().unveil();
  if (!unveiled) return std::unexpected(sentence(name, unveiled.error()));
  take->folder = *unveiled;
  return take;
}

}  // namespace meanwhile
