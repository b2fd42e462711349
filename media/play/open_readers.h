// Where tracks and pictures are decoded that may be anybody's: in a process of its own, walled off from files
// and networks, where the program has set one up (apart/), else in this one.
#pragma once

#include <memory>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/play/file_reader.h"
#include "media/play/sound_reader.h"
#include "media/play/stills.h"
#include "media/play/video_reader.h"

namespace meanwhile {

// Stands before the first picture. Errors: as TrackDemuxer::open and Decoder::open; Corrupt (no video, or it
// ends the decoder), Unavailable (no decoder can be had), Aborted (it is over).
Result<std::unique_ptr<VideoReader>> open_video(std::shared_ptr<ByteSource> track, Interrupts interrupts);

// Stands at 0. Errors: as open_video; Corrupt (no sound).
Result<std::unique_ptr<SoundReader>> open_sound(std::shared_ptr<ByteSource> track, Interrupts interrupts);

// A file of any kind, for importing it. interrupts: only is_over. Errors: as FileReader::next; Corrupt (no
// video or sound file, empty, damaged), Unsupported (protected, a single picture, not to be decoded here),
// Unavailable (no decoder can be had).
Result<std::unique_ptr<FileReader>> open_file(std::shared_ptr<ByteSource> file, Interrupts interrupts);

std::unique_ptr<Stills> open_stills();
// For pictures that this machine made itself, in its own takes: here, so that nobody waits for a process.
std::unique_ptr<Stills> open_own_stills();

}  // namespace meanwhile
