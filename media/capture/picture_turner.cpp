#include "media/capture/picture_turner.h"

extern "C" {
#include <libavutil/frame.h>
}

#include <libyuv.h>

#include <new>

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {
namespace {

FramePtr empty_like(const AVFrame& picture, Size size) {
  FramePtr empty = make_frame();
  if (av_frame_copy_props(empty.get(), &picture) < 0) throw std::bad_alloc();
  empty->format = picture.format;
  empty->width = size.width;
  empty->height = size.height;
  if (av_frame_get_buffer(empty.get(), 0) < 0) throw std::bad_alloc();
  return empty;
}

FramePtr mirrored(const AVFrame& picture) {
  FramePtr result = empty_like(picture, {picture.width, picture.height});
  libyuv::I420Mirror(picture.data[0], picture.linesize[0], picture.data[1], picture.linesize[1],
                     picture.data[2], picture.linesize[2], result->data[0], result->linesize[0],
                     result->data[1], result->linesize[1], result->data[2], result->linesize[2],
                     picture.width, picture.height);
  return result;
}

}  // namespace

FramePtr turned(FramePtr picture, const Turn& turn) {
  if (turn.is_mirrored) picture = mirrored(*picture);
  if (turn.degrees == 0) return picture;
  FramePtr result = empty_like(*picture, turned_size({picture->width, picture->height}, turn));
  libyuv::I420Rotate(picture->data[0], picture->linesize[0], picture->data[1], picture->linesize[1],
                     picture->data[2], picture->linesize[2], result->data[0], result->linesize[0],
                     result->data[1], result->linesize[1], result->data[2], result->linesize[2],
                     picture->width, picture->height, static_cast<libyuv::RotationMode>(turn.degrees));
  return result;
}

}  // namespace meanwhile
