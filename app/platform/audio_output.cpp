#include "app/platform/audio_output.h"

#include <SDL.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/audio_output.h"

namespace meanwhile {
namespace {

constexpr int kRate = 48000;
constexpr int kChannels = 2;
// 21 ms: short enough to answer a pause at once, long enough not to stutter on a busy machine.
constexpr int kFramesPerCall = 1024;
// SDL's device thread hands a buffer over while the one before is being played: what is filled now is heard
// after one more buffer. What the sound server adds is not told to SDL.
constexpr int kBuffersAhead = 2;

class SdlAudioOutput final : public AudioOutput {
 public:
  ~SdlAudioOutput() override { close(); }

  Result<void> open(Fill fill) override {
    close();
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return fail_to_open();
    subsystem_is_up_ = true;
    fill_ = std::move(fill);
    SDL_AudioSpec wanted{};
    wanted.freq = kRate;
    wanted.format = AUDIO_F32SYS;
    wanted.channels = kChannels;
    wanted.samples = kFramesPerCall;
    wanted.callback = &SdlAudioOutput::on_device_wants;
    wanted.userdata = this;
    SDL_AudioSpec got{};
    // 0: SDL converts where the device plays otherwise, so that got has our rate, format and channels.
    device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, &got, 0);
    if (device_ == 0) return fail_to_open();
    frames_per_call_ = got.samples;
    return {};
  }

  void set_paused(bool paused) override {
    if (device_ != 0) SDL_PauseAudioDevice(device_, paused ? 1 : 0);
  }

  // SDL goes on asking for sound, and drops it (SDL_audio.c, SDL_OpenedAudioDeviceDisconnected).
  bool is_lost() const override {
    return device_ != 0 && SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_STOPPED;
  }

  MediaTime latency() const override {
    return MediaTime(std::int64_t(kBuffersAhead) * frames_per_call_ * 1'000'000 / kRate);
  }

  void close() override {
    // Returns when the device's thread has ended: no fill after this.
    if (device_ != 0) SDL_CloseAudioDevice(device_);
    device_ = 0;
    if (subsystem_is_up_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    subsystem_is_up_ = false;
  }

 private:
  static void on_device_wants(void* self, Uint8* bytes, int size) {
    static_cast<SdlAudioOutput*>(self)->fill_(
        {reinterpret_cast<float*>(bytes), std::size_t(size) / sizeof(float)});
  }

  Result<void> fail_to_open() {
    const std::string why = SDL_GetError();
    close();
    return fail(ErrorCode::Unavailable, tr_format("Opening the loudspeaker: {}", why));
  }

  // Constant while a device is open.
  Fill fill_;
  int frames_per_call_ = kFramesPerCall;
  std::atomic<SDL_AudioDeviceID> device_ = 0;
  // Only the thread of the calls.
  bool subsystem_is_up_ = false;
};

}  // namespace

std::unique_ptr<AudioOutput> make_audio_output() {
  return std::make_unique<SdlAudioOutput>();
}

}  // namespace meanwhile
