#include "media/ffmpeg/owners.h"

#include <new>

namespace meanwhile {

FramePtr make_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

PacketPtr make_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

FramePtr reference(const AVFrame& frame) {
  FramePtr copy(av_frame_clone(&frame));
  if (!copy) throw std::bad_alloc();
  return copy;
}

}  // namespace meanwhile
