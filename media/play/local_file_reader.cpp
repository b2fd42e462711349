#include "media/play/local_file_reader.h"

extern "C" {
#include <libavutil/dict.h>
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <iterator>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/play/file_format.h"
#include "media/play/file_reader.h"
#include "media/play/file_survey.h"
#include "media/play/file_track_decoder.h"

namespace meanwhile {
namespace {

// A track that begins later begins where it does: the clock is known by then.
constexpr std::size_t kMostWaiting = 48;
// How much shorter than it says a file may be: durations are rounded, and last pictures have none.
constexpr MediaTime kMissing = std::chrono::seconds(1);
constexpr double kMissingShare = 0.05;
bool is_track(const AVStream& stream, AVMediaType type) {
  constexpr int kNoFilm = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;
  const bool has_size =
      type != AVMEDIA_TYPE_VIDEO || (stream.codecpar->width > 0 && stream.codecpar->height > 0);
  return stream.codecpar->codec_type == type && (stream.disposition & kNoFilm) == 0 && has_size;
}

Chapters chapters_of(const AVFormatContext& format, MediaTime origin) {
  Chapters chapters;
  for (unsigned i = 0; i < format.nb_chapters; ++i) {
    const AVChapter& chapter = *format.chapters[i];
    const AVDictionaryEntry* title = av_dict_get(chapter.metadata, "title", nullptr, 0);
    const MediaTime at(av_rescale_q(chapter.start, chapter.time_base, {1, 1'000'000}));
    chapters.push_back({.at = std::max(MediaTime{}, at - origin), .name = title ? title->value : ""});
  }
  return tidy(chapters);
}

}  // namespace

Result<std::unique_ptr<LocalFileReader>> LocalFileReader::open(std::shared_ptr<ByteSource> file) {
  std::unique_ptr<LocalFileReader> reader(new LocalFileReader(std::move(file)));
  auto opened = open_file_format(*reader->file_, reader->io_);
  if (!opened) return std::unexpected(opened.error());
  reader->format_ = std::move(opened->format);
  reader->is_certain_ = opened->is_certain;
  MEANWHILE_TRY(reader->choose_tracks());
  MEANWHILE_TRY(reader->begin());
  return reader;
}

Result<void> LocalFileReader::choose_tracks() {
  const std::set<int> copied = streams_to_copy(*file_, *format_);
  int count = 0;
  for (const AVMediaType type : {AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO}) {
    const std::size_t most = type == AVMEDIA_TYPE_VIDEO ? kMostFilePictures : 1;
    std::size_t chosen = 0;
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
      AVStream& stream = *format_->streams[i];
      if (!is_track(stream, type)) continue;
      ++count;
      if (chosen == most) continue;
      auto track =
          FileTrackDecoder::open(*format_, stream, tracks_.size(),
                                 copied.contains(stream.index) ? TrackUse::Copied : TrackUse::Decoded);
      if (!track) return std::unexpected(track.error());
      facts_.tracks.push_back((*track)->facts());
      tracks_.push_back(std::move(*track));
      ++chosen;
    }
  }
  if (tracks_.empty()) return fail(ErrorCode::Corrupt, tr(kNoMediaFile));
  facts_.left_out = count - static_cast<int>(tracks_.size());
  const bool is_told =
      format_->duration > 0 && format_->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
  if (is_told) facts_.duration = MediaTime(format_->duration);
  given_.resize(tracks_.size());
  return {};
}

// The file's own zero is where the first of its tracks begins.
Result<void> LocalFileReader::begin() {
  while (!is_at_end_ && !have_all_begun() && waiting_.size() < kMostWaiting) MEANWHILE_TRY(read_more());
  origin_ = earliest();
  facts_.chapters = chapters_of(*format_, origin_);
  return {};
}

bool LocalFileReader::have_all_begun() const {
  return std::ranges::all_of(given_, [](std::size_t pieces) { return pieces > 0; });
}

MediaTime LocalFileReader::earliest() const {
  MediaTime first = waiting_.empty() ? MediaTime{} : waiting_.front().at;
  for (const FilePiece& piece : waiting_) first = std::min(first, piece.at);
  return first;
}

Result<FilePiece> LocalFileReader::next() {
  while (waiting_.empty() && !is_at_end_) MEANWHILE_TRY(read_more());
  if (waiting_.empty()) return fail(ErrorCode::EndOfStream, "is over");
  FilePiece piece = std::move(waiting_.front());
  waiting_.pop_front();
  piece.at -= origin_;
  piece.end -= origin_;
  return piece;
}

FileTrackDecoder* LocalFileReader::track_of(int stream) const {
  const auto found =
      std::ranges::find_if(tracks_, [stream](const auto& track) { return track->stream() == stream; });
  return found == tracks_.end() ? nullptr : found->get();
}

Result<void> LocalFileReader::read_more() {
  const PacketPtr packet = make_packet();
  const int read = av_read_frame(format_.get(), packet.get());
  if (read == AVERROR_EOF) {
    if (auto error = io_.take_error()) return std::unexpected(std::move(*error));
    return finish_tracks();
  }
  if (read < 0) return file_failure(io_, read, kDamagedFile);
  if (packet->pts != AV_NOPTS_VALUE) {
    const AVRational base = format_->streams[packet->stream_index]->time_base;
    first_read_ = std::min(first_read_, MediaTime(av_rescale_q(packet->pts, base, kMicroseconds)));
    last_read_ =
        std::max(last_read_, MediaTime(av_rescale_q(packet->pts + packet->duration, base, kMicroseconds)));
  }
  FileTrackDecoder* const track = track_of(packet->stream_index);
  if (!track) return {};
  std::vector<FilePiece> pieces;
  MEANWHILE_TRY(track->push(packet.get(), pieces));
  note(pieces);
  std::ranges::move(pieces, std::back_inserter(waiting_));
  return {};
}

void LocalFileReader::note(const std::vector<FilePiece>& pieces) {
  for (const FilePiece& piece : pieces) ++given_[piece.track];
}

Result<void> LocalFileReader::finish_tracks() {
  is_at_end_ = true;
  MEANWHILE_TRY(check_whole());
  for (const auto& track : tracks_) {
    std::vector<FilePiece> pieces;
    MEANWHILE_TRY(track->push(nullptr, pieces));
    note(pieces);
    std::ranges::move(pieces, std::back_inserter(waiting_));
  }
  if (std::ranges::all_of(given_, [](std::size_t pieces) { return pieces == 0; }))
    return fail(ErrorCode::Corrupt,
                is_certain_ ? tr("is damaged: nothing in it can be decoded") : tr(kNoMediaFile));
  if (tracks_.size() == 1 && tracks_[0]->facts().is_picture && given_[0] == 1)
    return fail(ErrorCode::Unsupported, tr(kSinglePictureFile));
  return {};
}

// A file that ends much earlier than it says was cut off on its way. Some count from their clock's zero,
// wherever they begin.
Result<void> LocalFileReader::check_whole() const {
  if (last_read_ < first_read_) return {};
  const MediaTime there = last_read_ - std::min(first_read_, MediaTime{});
  const auto share = from_seconds(to_seconds(facts_.duration) * kMissingShare);
  if (there + std::max(kMissing, share) >= facts_.duration) return {};
  return fail(ErrorCode::Corrupt, tr_format("is cut off: only {} of {} are there", format_moment(there),
                                            format_moment(facts_.duration)));
}

}  // namespace meanwhile
