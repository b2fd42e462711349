#include "media/capture/source_registry.h"

#include <expected>
#include <memory>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/avdevice/cameras.h"
#include "media/capture/avdevice/input_frame_source.h"
#include "media/capture/avdevice/input_sample_source.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/capture_options.h"
#include "media/capture/source.h"
#ifdef MEANWHILE_PIPEWIRE
#include "media/capture/pipewire/cameras.h"
#include "media/capture/portal/portal_source.h"
#endif
#ifdef MEANWHILE_X11
#include "media/capture/x11/screen_source.h"
#endif
#ifdef MEANWHILE_PULSE
#include "media/capture/pulse/pulse_source.h"
#endif

namespace meanwhile {
namespace {

constexpr int kHighestRate = 240;

Result<void> check_rate(int frames_per_second) {
  if (frames_per_second >= 1 && frames_per_second <= kHighestRate) return {};
  return fail(ErrorCode::InvalidArgument,
              tr_format("{} frames a second: it must be 1 to {}", frames_per_second, kHighestRate));
}

Result<std::unique_ptr<FrameSource>> open_stand_in(const std::string& spec, const Clock& clock) {
  auto input = parse_input_spec(spec);
  if (!input) return std::unexpected(input.error());
  return open_input_pictures(std::move(*input), clock);
}

#ifdef MEANWHILE_PIPEWIRE
bool is_for_portal(const std::string& spec) {
  return spec.starts_with(kPortalSpec) || (spec == "default" && is_wayland_session());
}
#endif

// The first webcam; where there is none, the first camera that only PipeWire has.
Result<std::unique_ptr<FrameSource>> open_webcam(const std::string& spec, int frames_per_second,
                                                 const Clock& clock) {
  auto input = camera_input(spec, frames_per_second);
  if (input) return open_input_pictures(std::move(*input), clock);
#ifdef MEANWHILE_PIPEWIRE
  if (spec == "default" && input.error().code == ErrorCode::NotFound) {
    if (const auto cameras = list_pipewire_cameras(); !cameras.empty())
      return open_pipewire_camera(std::string(kPipeWirePrefix) + cameras.front().node, frames_per_second,
                                  clock);
  }
#endif
  return std::unexpected(input.error());
}

enum class Sound { Microphone, System };

Result<std::unique_ptr<SampleSource>> open_sound(const std::string& spec, Sound sound, const Clock& clock) {
  if (is_input_spec(spec)) {
    auto input = parse_input_spec(spec);
    if (!input) return std::unexpected(input.error());
    const bool is_microphone = sound == Sound::Microphone;
    return open_input_sound(std::move(*input), is_microphone ? kMostInputs : 2, clock);
  }
  if (spec != "default" && !spec.starts_with("pulse:")) {
    return fail(ErrorCode::InvalidArgument, sound == Sound::Microphone
                                                ? tr_format("“{}” isn't a microphone: default, pulse:SOURCE, "
                                                            "file:PATH, lavfi:GRAPH or ffmpeg:FORMAT:INPUT",
                                                            spec)
                                                : tr_format("“{}” isn't system sound: default, pulse:SOURCE, "
                                                            "file:PATH, lavfi:GRAPH or ffmpeg:FORMAT:INPUT",
                                                            spec));
  }
#ifdef MEANWHILE_PULSE
  return open_pulse(spec, sound == Sound::Microphone ? SoundKind::Microphone : SoundKind::System, clock);
#else
  return fail(spec == "default" ? ErrorCode::NotFound : ErrorCode::Unsupported,
              tr("recording sound: this Meanwhile was built without PulseAudio"));
#endif
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_screen(const std::string& spec, int frames_per_second,
                                                 const Clock& clock,
                                                 [[maybe_unused]] const CaptureOptions& options) {
  MEANWHILE_TRY(check_rate(frames_per_second));
  if (is_input_spec(spec)) return open_stand_in(spec, clock);
#ifdef MEANWHILE_PIPEWIRE
  if (is_for_portal(spec)) {
    return open_portal_screen(spec == "default" ? std::string(kPortalSpec) : spec, frames_per_second, clock,
                              options);
  }
#endif
  if (spec.starts_with("portal:")) {
    return fail(ErrorCode::Unsupported,
                tr("recording the screen: this Meanwhile was built without PipeWire"));
  }
  if (spec != "default" && !spec.starts_with("x11:"))
    return fail(ErrorCode::InvalidArgument, tr_format("“{}” isn't a screen: default, x11:DISPLAY, portal:, "
                                                      "file:PATH, lavfi:GRAPH or ffmpeg:FORMAT:INPUT",
                                                      spec));
#ifdef MEANWHILE_X11
  return open_x11_screen(spec, frames_per_second, options.most_width, clock);
#else
  return fail(spec == "default" ? ErrorCode::NotFound : ErrorCode::Unsupported,
              tr("recording a screen: this Meanwhile was built without X11"));
#endif
}

Result<std::unique_ptr<FrameSource>> open_camera(const std::string& spec, int frames_per_second,
                                                 const Clock& clock) {
  MEANWHILE_TRY(check_rate(frames_per_second));
  if (is_input_spec(spec)) return open_stand_in(spec, clock);
#ifdef MEANWHILE_PIPEWIRE
  if (spec.starts_with(kPipeWirePrefix)) return open_pipewire_camera(spec, frames_per_second, clock);
#endif
  if (spec.starts_with("pipewire:")) {
    return fail(ErrorCode::Unsupported, tr("recording a camera: this Meanwhile was built without PipeWire"));
  }
  if (spec != "default" && !spec.starts_with("v4l2:"))
    return fail(ErrorCode::InvalidArgument,
                tr_format("“{}” isn't a camera: default, v4l2:/dev/videoN, pipewire:NODE, file:PATH, "
                          "lavfi:GRAPH or ffmpeg:FORMAT:INPUT",
                          spec));
  return open_webcam(spec, frames_per_second, clock);
}

Result<std::unique_ptr<SampleSource>> open_microphone(const std::string& spec, const Clock& clock) {
  return open_sound(spec, Sound::Microphone, clock);
}

Result<std::unique_ptr<SampleSource>> open_system_audio(const std::string& spec, const Clock& clock) {
  return open_sound(spec, Sound::System, clock);
}

}  // namespace meanwhile
