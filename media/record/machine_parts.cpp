#include "media/base/files.h"
#include "media/record/recorder_parts.h"

namespace meanwhile {

RecorderParts machine_parts() {
  return {.open_screen = open_screen,
          .open_camera = open_camera,
          .open_microphone = open_microphone,
          .open_system_audio = open_system_audio,
          .make_sink = [](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
            auto sink = FileSink::create(path);
            if (!sink) return std::unexpected(sink.error());
            return std::move(*sink);
          },
          .free_space = free_space};
}

}  // namespace meanwhile
