#include "media/play/open_readers.h"

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/file_reader.h"
#include "media/play/local_file_reader.h"
#include "media/play/local_sound_reader.h"
#include "media/play/local_video_reader.h"
#include "media/play/newer_mark.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_png.h"
#include "media/play/sound_reader.h"
#include "media/play/still_image.h"
#include "media/play/stills.h"
#include "media/play/video_reader.h"
#ifdef MEANWHILE_DECODER_PROCESSES
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_processes.h"
#endif

namespace meanwhile {
namespace {

class LocalStills final : public Stills {
 public:
  Result<PicturePtr> poster(std::span<const std::byte> jpeg) override { return decode_poster(jpeg); }
  Result<PointerImage> pointer(std::span<const std::byte> png) override { return decode_pointer_png(png); }
};

}  // namespace

Result<std::unique_ptr<VideoReader>> open_video(std::shared_ptr<ByteSource> track, Interrupts interrupts) {
#ifdef MEANWHILE_DECODER_PROCESSES
  if (are_decoders_apart()) return open_video_apart(start_decoder, std::move(track), std::move(interrupts));
#endif
  const std::shared_ptr<NewerMark> newer = std::move(interrupts.newer);
  if (!newer) return LocalVideoReader::open(std::move(track), {});
  return LocalVideoReader::open(std::move(track), [newer] { return newer->is_due(); });
}

Result<std::unique_ptr<SoundReader>> open_sound(std::shared_ptr<ByteSource> track, Interrupts interrupts) {
#ifdef MEANWHILE_DECODER_PROCESSES
  if (are_decoders_apart()) return open_sound_apart(start_decoder, std::move(track), std::move(interrupts));
#endif
  return LocalSoundReader::open(std::move(track));
}

Result<std::unique_ptr<FileReader>> open_file(std::shared_ptr<ByteSource> file, Interrupts interrupts) {
#ifdef MEANWHILE_DECODER_PROCESSES
  if (are_decoders_apart()) return open_file_apart(start_decoder, std::move(file), std::move(interrupts));
#endif
  return LocalFileReader::open(std::move(file));
}

std::unique_ptr<Stills> open_stills() {
#ifdef MEANWHILE_DECODER_PROCESSES
  if (are_decoders_apart()) return open_stills_apart(start_decoder);
#endif
  return open_own_stills();
}

std::unique_ptr<Stills> open_own_stills() {
  return std::make_unique<LocalStills>();
}

}  // namespace meanwhile
