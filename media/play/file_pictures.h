// A foreign file's pictures as a take has them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {

// What pictures become that are shown at this size: even, and within kLongestFileSide in their own shape.
Size file_picture_size(Size shown);

// Turns, scales, deinterlaces and converts: to 8-bit 4:2:0 of a limited range, square pixels, progressive.
// Whatever size and format the file goes over to, they stay of one size. One thread.
class FilePictures {
 public:
  // target: as file_picture_size has it. aspect: of the file's pixels, positive.
  FilePictures(Size target, const Turn& turn, AVRational aspect, AVRational time_base)
      : target_(target), turn_(turn), aspect_(aspect), time_base_(time_base) {}

  // Adds what comes of a frame with a pts, none or several; at: in the file's time. Errors: Unsupported.
  Result<void> push(FramePtr frame, std::vector<PicturePtr>& out);
  // The last ones.
  Result<void> finish(std::vector<PicturePtr>& out);

 private:
  struct Form {
    int width = 0;
    int height = 0;
    int format = -1;
    bool is_interlaced = false;
    bool is_full_range = false;
    int colours = 0;
    bool operator==(const Form&) const = default;
  };
  [[nodiscard]] Form form_of(const AVFrame& frame) const;
  [[nodiscard]] std::string describe(const Form& form) const;
  [[nodiscard]] std::string scaling(const Form& form, Size to) const;
  [[nodiscard]] bool guesses_bt709() const;
  Result<void> build(const Form& form);
  Result<void> drain(std::vector<PicturePtr>& out);

  const Size target_;
  const Turn turn_;
  const AVRational aspect_;
  const AVRational time_base_;
  bool was_interlaced_ = false;
  std::optional<Form> form_;  // that the graph is for
  bool is_bt709_ = false;     // what the graph gives
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
};

}  // namespace meanwhile
