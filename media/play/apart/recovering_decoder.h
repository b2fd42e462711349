// A decoder that is replaced when it is lost.
#pragma once

#include <functional>
#include <memory>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/video_reader.h"

namespace meanwhile {

constexpr const char* kNonsenseTrack = tr_later("it is damaged (its decoder makes no sense)");

// Thread: one at a time.
class RecoveringDecoder {
 public:
  using Start = std::function<Result<std::unique_ptr<DecoderLink>>()>;

  // opening: what is ordered first; restore: brings a new decoder, by try_once(), to where the lost one was.
  RecoveringDecoder(Start start, OrderKind opening, std::shared_ptr<ByteSource> source, Interrupts interrupts,
                    std::function<Result<void>()> restore);

  // Opens the track. Errors: as carry_out.
  Result<void> open();
  // Errors: as DecoderLink::carry_out; Corrupt (two decoders were lost over it), Unavailable (none can be
  // had).
  Result<Report> carry_out(const Order& order);
  // A decoder that needn't be where the lost one was. Errors: as carry_out.
  Result<void> seek(MediaTime time);
  // The track's. Errors: as carry_out.
  Result<MediaTime> find_end();
  // The same, but nothing is done where there is no decoder, and none takes the place of one that is lost.
  Result<Report> try_once(const Order& order);

  // The decoder, while there is one. What is taken from it that doesn't lie there loses it.
  [[nodiscard]] DecoderLink* link() const { return link_.get(); }

 private:
  enum class Place { Restored, Any };
  // The second try is the last.
  template <typename Try>
  auto twice(Try attempt);
  Result<Report> attempt(const Order& order, Place place);
  Result<void> open(Place place);
  Result<void> open_track();

  const Start start_;
  const OrderKind opening_;
  const std::shared_ptr<ByteSource> source_;
  const Interrupts interrupts_;
  const std::function<Result<void>()> restore_;
  std::unique_ptr<DecoderLink> link_;
  bool was_lost_ = false;  // in the last attempt
};

}  // namespace meanwhile
