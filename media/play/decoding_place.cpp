#include "media/play/decoding_place.h"

#include <optional>
#include <string>
#ifdef MEANWHILE_DECODER_PROCESSES
#include <cstdlib>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/translation.h"
#include "media/ffmpeg/frame_decoder.h"
#include "media/ffmpeg/owners.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_processes.h"
#include "media/play/apart/decoder_program.h"
#include "media/play/apart/messages.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_DECODER_PROCESSES

std::optional<int> run_if_decoder(int argc, char** argv) {
  if (argc < 1 || std::string_view(argv[0]) != kDecoderName) return std::nullopt;
  return run_decoder_processes();
}

void decode_apart(const std::string& program) {
  const char* const wish = std::getenv("MEANWHILE_DECODER");
  const bool is_inside = wish && std::string_view(wish) == "inside";
  set_decoder_program(is_inside ? "" : program);
  if (!are_decoders_apart()) return decode_frames_with({});
  decode_frames_with([](const AVCodecParameters& track, AVRational time_base) {
    return open_frames_apart(start_decoder, track, time_base);
  });
}

void prepare_decoders() {
  if (are_decoders_apart()) prepare_decoder();
}

DecodingPlace look_at_decoding() {
  DecodingPlace place{.is_apart = are_decoders_apart()};
  if (!place.is_apart) return place;
  const auto decoder = start_decoder();
  if (!decoder) {
    place.trouble = decoder.error().message;
    return place;
  }
  // No picture at all: it answers that, and before says what walls it off.
  MemorySource nothing(Bytes{});
  const auto done = (*decoder)->carry_out({.kind = OrderKind::Poster}, nothing, {});
  const auto walls = (*decoder)->walls();
  if (!walls) place.trouble = done ? tr("it doesn't answer") : done.error().message;
  if (walls) place.has_seccomp = walls->seccomp;
  if (walls) place.has_landlock = walls->landlock;
  return place;
}

#else

std::optional<int> run_if_decoder(int, char**) {
  return std::nullopt;
}
void decode_apart(const std::string&) {}
void prepare_decoders() {}
DecodingPlace look_at_decoding() {
  return {};
}

#endif

}  // namespace meanwhile
