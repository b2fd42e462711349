// The files that the benchmark plays or shows as a camera: made once with ffmpeg, kept in a folder.
#pragma once

#include <filesystem>

#include "media/base/result.h"
#include "tests/bench/seek_bench.h"

namespace meanwhile {

// Runs ffmpeg, waits. Errors: NotFound (it isn't installed), Io (it failed; the message has its last line).
Result<void> run_ffmpeg(const std::vector<std::string>& arguments);

// 1280x720 MJPEG at 30 pictures a second, 20 s: to be looped.
Result<std::filesystem::path> camera_file(const std::filesystem::path& cache);

// A face that talks before a plain wall, 1280x720 MJPEG at 30 pictures a second, with a sensor's noise, 10 s:
// to be looped.
Result<std::filesystem::path> face_file(const std::filesystem::path& cache);

// Us: the recorder's encoders. Others: libx264 veryfast crf 23 with a keyframe every 2 s, as our recorder had
// them once and many programs do.
enum class MadeBy { Us, Others };

// Ten minutes: a screen of 1920x1080 and a camera of 1280x720, 30 pictures a second, full of movement and
// noise, H.264 without B-frames.
Result<PlayFiles> playing_files(const std::filesystem::path& cache, MadeBy made_by);

}  // namespace meanwhile
