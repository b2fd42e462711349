// Draws the pointer into a picture, for exports (windows draw it as a texture of its own).
#pragma once

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"
#include "media/play/pointer_image.h"

namespace meanwhile {

// Draws image with its hot spot at x, y (pixels of the frame; may lie outside). frame: writable YUV420P.
void draw_pointer(AVFrame& frame, const PointerImage& image, int x, int y);

// A disc below the pointer while a button is down. x, y: pixels of the frame.
void draw_click(AVFrame& frame, int x, int y);

// What these draw on; may reach out of the frame.
Rect pointer_area(const PointerImage& image, int x, int y);
Rect click_area(int frame_width, int x, int y);

}  // namespace meanwhile
