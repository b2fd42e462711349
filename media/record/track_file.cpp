#include "media/record/track_file.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/time_base.h"
#include "media/record/fragment_muxer.h"
#include "media/record/track_reader.h"

namespace meanwhile {
namespace {

MediaTime media_time(std::int64_t time, AVRational base) {
  return MediaTime(av_rescale_q(time, base, kMicroseconds));
}

// A picture that begins before `at` stays and is shown until then; a packet of sound can't be shortened.
bool is_kept(AVPacket& packet, AVRational base, bool is_video, MediaTime at) {
  const std::int64_t end = av_rescale_q(at.count(), kMicroseconds, base);
  if (packet.duration == 0 && !is_video) packet.duration = kAacSamples;  // libavformat doesn't always say
  if (!is_video) return packet.pts + packet.duration <= end;
  packet.duration = std::min(packet.duration, end - packet.pts);
  return packet.pts < end;
}

}  // namespace

Result<void> TrackFile::begin(Bytes init) {
  if (init_.empty()) {
    init_ = init;
    end_bytes_ = init.size();
    disk_.append(file_, std::move(init));
    return {};
  }
  if (init == init_) return {};
  return fail(ErrorCode::Unsupported, tr("going on with the track: its picture or its encoder changed"));
}

void TrackFile::append(Bytes fragment, Part part) {
  add(fragment.size(), part);
  disk_.append(file_, std::move(fragment));
}

void TrackFile::add(std::uint64_t size_bytes, const Part& part) {
  fragments_.push_back({.offset = end_bytes_, .size_bytes = size_bytes, .part = part});
  end_bytes_ += size_bytes;
  packets_ += part.packets;
}

std::optional<MediaTime> TrackFile::end() const {
  return fragments_.empty() ? std::nullopt : std::optional(fragments_.back().part.end);
}

void TrackFile::cut_back(MediaTime at) {
  const auto first_gone =
      std::find_if(fragments_.begin(), fragments_.end(), [at](const Fragment& f) { return f.part.end > at; });
  if (first_gone == fragments_.end()) return;
  const Fragment cut = *first_gone;
  Result<Rest> rest;
  if (cut.part.start < at) rest = rest_before(cut, at);
  if (!rest) log(LogLevel::Warning, "taking back the end of " + path_.string() + ": " + rest.error().message);
  for (auto gone = first_gone; gone != fragments_.end(); ++gone) packets_ -= gone->part.packets;
  fragments_.erase(first_gone, fragments_.end());
  end_bytes_ = cut.offset;
  if (rest && rest->part.packets > 0) add(rest->bytes.size(), rest->part);
  disk_.replace_end(file_, cut.offset, rest ? std::move(rest->bytes) : Bytes{});
}

// The packets themselves stay as they are: nothing is encoded again.
Result<TrackFile::Rest> TrackFile::rest_before(const Fragment& fragment, MediaTime at) const {
  auto bytes = read(fragment);
  if (!bytes) return std::unexpected(bytes.error());
  MemorySource source(std::move(*bytes));
  const auto reader = TrackReader::open(source);
  if (!reader) return std::unexpected(reader.error());
  const AVRational base = (*reader)->time_base();
  const bool is_video = (*reader)->parameters().codec_type == AVMEDIA_TYPE_VIDEO;
  const auto muxer = FragmentMuxer::create((*reader)->parameters(), base, next_fragment());
  if (!muxer) return std::unexpected(muxer.error());
  MEANWHILE_TRY((*muxer)->cut());  // ftyp and moov are there already

  Rest rest{.bytes = {}, .part = {.start = fragment.part.start, .end = fragment.part.start, .packets = 0}};
  while (auto packet = (*reader)->read_packet()) {
    if (!is_kept(**packet, base, is_video, at)) break;
    ++rest.part.packets;
    rest.part.end = media_time((*packet)->pts + (*packet)->duration, base);
    MEANWHILE_TRY((*muxer)->add(std::move(*packet)));
  }
  if (rest.part.packets == 0) return rest;
  auto remade = (*muxer)->cut();
  if (!remade) return std::unexpected(remade.error());
  rest.bytes = std::move(*remade);
  return rest;
}

// The fragment behind the track's beginning: a short track of its own.
Result<Bytes> TrackFile::read(const Fragment& fragment) const {
  disk_.wait_until_written();
  const auto file = FileSource::open(path_);
  if (!file) return std::unexpected(file.error());
  Bytes bytes = init_;
  bytes.resize(init_.size() + fragment.size_bytes);
  const auto into = std::span(bytes).subspan(init_.size());
  const auto got = (*file)->read_at(fragment.offset, into);
  if (!got) return std::unexpected(got.error());
  if (*got != into.size()) return fail(ErrorCode::Corrupt, tr("the file ends too early"));
  return bytes;
}

}  // namespace meanwhile
