// The pictures of an MP4 that is being written: encoded here, or packets as they are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/export/decode_times.h"
#include "media/export/output_rate.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

struct OutputPictures {
  Size size;
  int frames_per_second = 30;  // about
  bool bt709 = true;           // else BT.601; the range is the limited one
  // The parameter sets of the packets that are copied (avcC); empty: none are.
  std::vector<std::uint8_t> copied_sets = {};
};

// Thread: one at a time.
class PictureStream {
 public:
  // format: without a header yet; must outlive it. Errors: Unsupported (no encoder), Internal.
  static Result<std::unique_ptr<PictureStream>> create(AVFormatContext& format,
                                                       const OutputPictures& pictures,
                                                       const OutputRate& rate);

  // Of pictures.copied_sets: the encoder's sets have a place beside them.
  [[nodiscard]] bool takes_packets() const { return takes_packets_; }

  // As OutputFile's. Errors: NoSpace, Io, Internal.
  Result<void> add(const AVFrame& frame, MediaTime time, AVPictureType kind);
  Result<void> copy(PacketPtr packet);
  // Writes what the encoder still holds.
  Result<void> finish();

 private:
  PictureStream(AVFormatContext& format, const OutputPictures& pictures, const OutputRate& rate);
  Result<void> open();
  Result<CodecContextPtr> make_opened(std::optional<int> number) const;
  Result<bool> open_beside_copied();
  Result<void> write(PacketPtr packet);
  Result<void> encode_next(const AVFrame* frame);

  AVFormatContext& format_;
  const OutputPictures pictures_;
  const OutputRate rate_;
  bool takes_packets_ = false;
  std::optional<int> sets_number_;  // of the encoder's parameter sets; nullopt: as it likes
  CodecContextPtr encoder_;         // nullptr: not since the last packet that was copied
  AVStream* stream_ = nullptr;      // owned by format_
  std::optional<DecodeTimes> decode_times_;
};

}  // namespace meanwhile
