// Readers whose work is done in a process of its own. They go on where they were when that is lost.
#pragma once

#include <memory>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/file_reader.h"
#include "media/play/sound_reader.h"
#include "media/play/stills.h"
#include "media/play/video_reader.h"

namespace meanwhile {

// start: where decoders come from. Errors: as open_video, open_sound (open_readers.h).
Result<std::unique_ptr<VideoReader>> open_video_apart(RecoveringDecoder::Start start,
                                                      std::shared_ptr<ByteSource> track,
                                                      Interrupts interrupts);
Result<std::unique_ptr<SoundReader>> open_sound_apart(RecoveringDecoder::Start start,
                                                      std::shared_ptr<ByteSource> track,
                                                      Interrupts interrupts);
std::unique_ptr<Stills> open_stills_apart(RecoveringDecoder::Start start);
// Doesn't go on when its decoder is lost: the file is damaged then. Errors: as open_file.
Result<std::unique_ptr<FileReader>> open_file_apart(const RecoveringDecoder::Start& start,
                                                    std::shared_ptr<ByteSource> file, Interrupts interrupts);

}  // namespace meanwhile
