#include "tests/support/track_inspection.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <cstdlib>

#include "media/base/files.h"
#include "media/record/track_reader.h"

namespace meanwhile {
namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};

// Of every fourth pixel of every fourth row: enough to tell a flash.
double mean_luma(const AVFrame& frame) {
  constexpr int kStep = 4;
  double total = 0;
  int count = 0;
  for (int y = 0; y < frame.height; y += kStep) {
    for (int x = 0; x < frame.width; x += kStep, ++count) total += frame.data[0][y * frame.linesize[0] + x];
  }
  return count == 0 ? 0 : total / count;
}

// Calls use(reader) on the opened track until it answers EndOfStream, which is success.
template <typename Use>
Result<void> read_all(const std::filesystem::path& track, Use use) {
  const auto file = FileSource::open(track);
  if (!file) return std::unexpected(file.error());
  const auto reader = TrackReader::open(**file);
  if (!reader) return std::unexpected(reader.error());
  for (;;) {
    Result<void> outcome = use(**reader);
    if (outcome) continue;
    if (outcome.error().code == ErrorCode::EndOfStream) return {};
    return outcome;
  }
}

Result<FramePtr> whole_frame(TrackReader& reader) {
  auto frame = reader.read_frame();
  if (frame && ((*frame)->decode_error_flags != 0 || ((*frame)->flags & AV_FRAME_FLAG_CORRUPT) != 0)) {
    return fail(ErrorCode::Corrupt, "a frame is damaged");
  }
  return frame;
}

}  // namespace

Result<std::vector<PacketFacts>> packets_of(const std::filesystem::path& track) {
  std::vector<PacketFacts> facts;
  MEANWHILE_TRY(read_all(track, [&](TrackReader& reader) -> Result<void> {
    const auto packet = reader.read_packet();
    if (!packet) return std::unexpected(packet.error());
    facts.push_back({MediaTime(av_rescale_q((*packet)->pts, reader.time_base(), kMicroseconds)),
                     ((*packet)->flags & AV_PKT_FLAG_KEY) != 0});
    return {};
  }));
  return facts;
}

Result<std::vector<PictureFacts>> pictures_of(const std::filesystem::path& track) {
  std::vector<PictureFacts> facts;
  MEANWHILE_TRY(read_all(track, [&](TrackReader& reader) -> Result<void> {
    const auto frame = whole_frame(reader);
    if (!frame) return std::unexpected(frame.error());
    facts.push_back({reader.time_of(**frame), mean_luma(**frame)});
    return {};
  }));
  return facts;
}

Result<SoundFacts> sound_of(const std::filesystem::path& track, std::size_t channel) {
  SoundFacts facts;
  bool is_first = true;
  MEANWHILE_TRY(read_all(track, [&](TrackReader& reader) -> Result<void> {
    const auto frame = whole_frame(reader);
    if (!frame) return std::unexpected(frame.error());
    const std::int64_t at = av_rescale_q((*frame)->pts, reader.time_base(), {1, 48'000});
    if (is_first) facts.first_sample = at;
    is_first = false;
    const std::int64_t place = at - facts.first_sample;
    if (place < 0) return fail(ErrorCode::Corrupt, "the sound goes back in time");
    facts.samples.resize(static_cast<std::size_t>(place + (*frame)->nb_samples));
    if (channel >= static_cast<std::size_t>((*frame)->ch_layout.nb_channels))
      return fail(ErrorCode::NotFound, "the sound has no such channel");
    const auto* plane = reinterpret_cast<const float*>((*frame)->extended_data[channel]);
    std::copy_n(plane, (*frame)->nb_samples, facts.samples.begin() + place);
    return {};
  }));
  return facts;
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "meanwhile-test-XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    throw std::filesystem::filesystem_error("mkdtemp", std::error_code(errno, std::generic_category()));
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace meanwhile
