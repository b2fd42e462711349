#include "media/export/marked_picture.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/export/pixels.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"
#include "media/play/pointer_arrow.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_painter.h"

namespace meanwhile {
namespace {

const PointerImage& image_of(const PointerMark& mark) {
  return mark.image ? *mark.image : plain_arrow();
}

}  // namespace

Rect area_of(const PointerMark& mark, Size picture) {
  Rect area = pointer_area(image_of(mark), mark.x, mark.y);
  if (mark.is_pressed) area = united(area, click_area(picture.width, mark.x, mark.y));
  return even_around(area, picture);
}

const AVFrame& MarkedPicture::draw(const PicturePtr& picture, const PointerMark& mark) {
  const Size size{picture->width, picture->height};
  const bool is_other_size = !copy_ || copy_->width != size.width || copy_->height != size.height;
  if (is_other_size) copy_ = make_picture_frame(size);
  if (picture != picture_) {
    put(*copy_, 0, 0, view_of(*picture));
  } else if (!is_empty(marked_)) {
    put(*copy_, marked_.x, marked_.y, part_of(view_of(*picture), marked_));
  }
  picture_ = picture;
  copy_->color_range = picture->full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  copy_->colorspace = picture->bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  if (mark.is_pressed) draw_click(*copy_, mark.x, mark.y);
  draw_pointer(*copy_, image_of(mark), mark.x, mark.y);
  marked_ = area_of(mark, size);
  return *copy_;
}

}  // namespace meanwhile
