// The player's end of a process that decodes one track, or some pictures.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/descriptor.h"
#include "media/base/picture.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/sealed_memory.h"
#include "media/play/newer_mark.h"
#include "media/play/video_reader.h"

namespace meanwhile {

// A packet of the largest picture takes a busy machine a second.
constexpr std::chrono::milliseconds kLongestSilence{10'000};

// Believes nothing that the other end says. Thread: one at a time.
class DecoderLink {
 public:
  // What both ends hold: the decoder gets the descriptors.
  struct Shared {
    std::shared_ptr<SealedMemory> lap;
    std::shared_ptr<SealedMemory> arena;
  };
  // Errors: Unavailable, Io.
  static Result<Shared> make_shared();

  // socket: to the decoder; process: its pidfd, for ending it; longest_silence: while it works, not while it
  // waits for the source.
  DecoderLink(Descriptor socket, Descriptor process, Shared shared,
              std::chrono::milliseconds longest_silence = kLongestSilence);
  DecoderLink(const DecoderLink&) = delete;
  DecoderLink& operator=(const DecoderLink&) = delete;
  // Ends the process, and doesn't wait for that.
  ~DecoderLink();

  // Has it done, and meanwhile gives what the decoder asks of source. Blocks. Errors: the decoder's, the
  // source's, Aborted (Interrupts). After a failure is_lost() tells whether there is a decoder any more.
  Result<Report> carry_out(const Order& order, ByteSource& source, const Interrupts& interrupts);
  // The process ended, gave no sign for too long, or said what no decoder says; it was ended then.
  [[nodiscard]] bool is_lost() const { return !socket_.is_open(); }

  // Its process did, also where no order has noticed yet.
  [[nodiscard]] bool has_ended() const;

  // For the next order, which opens a track; answers how many there are room for, all or none.
  std::uint64_t give_places(std::span<const BytePlace> places);
  // Where the reader stood at the end of the last order, also of one that failed.
  [[nodiscard]] const SentStatus& status() const { return status_; }

  // Where the decoder looks when to let go (NewerMark); it is there also when this is gone.
  [[nodiscard]] std::shared_ptr<LetGoTime> let_go_time() const;

  // Of a report of this decoder. Its planes stay in the memory that is shared with it, and the decoder gets
  // them back when the picture goes. nullopt: it doesn't lie there, which loses the decoder.
  std::optional<PicturePtr> take_picture(const SentPicture& sent);
  // The same of bytes, which are valid until the next order.
  std::optional<std::span<const std::byte>> take_bytes(const BytesPlace& place);

  // As it says itself; nothing before its first report.
  [[nodiscard]] std::optional<Walls> walls() const { return walls_; }

 private:
  Result<Report> receive(const Interrupts& interrupts);
  Result<Report> finish(const Report& report);
  bool serve(const Report& report, ByteSource& source);
  bool serve_bytes(const BytesPlace& place, ByteSource& source);
  bool answer(const Result<std::uint64_t>& count);
  std::unexpected<Error> lose(ErrorCode code, const char* why);

  Descriptor socket_;
  const Descriptor process_;
  const Shared shared_;
  const std::chrono::milliseconds longest_silence_;
  std::optional<Walls> walls_;
  SentStatus status_{.last = kNoTime, .last_read = kNoTime};
  std::optional<Error> source_error_;  // the last, of this order
};

}  // namespace meanwhile
