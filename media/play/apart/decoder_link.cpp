#include "media/play/apart/decoder_link.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/descriptor.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sealed_memory.h"
#include "media/play/newer_mark.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

// How soon somebody who waits for the reader's end gets it, should the decoder hang.
constexpr std::chrono::milliseconds kTick{100};
// No track is as long as that: what is read there can be added to.
constexpr std::uint64_t kFurthestByte = std::uint64_t{1} << 62;

// Counts a picture as given back when it goes.
class Loan {
 public:
  Loan(DecoderLink::Shared shared, std::uint32_t ticket) : shared_(std::move(shared)), ticket_(ticket) {}
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() { lap_in(*shared_.lap).returned[ticket_].fetch_add(1, std::memory_order_release); }

 private:
  const DecoderLink::Shared shared_;
  const std::uint32_t ticket_;
};

}  // namespace

Result<DecoderLink::Shared> DecoderLink::make_shared() {
  auto lap = SealedMemory::create(sizeof(Lap), MemoryWriter::Us);
  if (!lap) return std::unexpected(lap.error());
  auto arena = SealedMemory::create(kArenaBytes, MemoryWriter::Other);
  if (!arena) return std::unexpected(arena.error());
  return Shared{std::move(*lap), std::move(*arena)};
}

DecoderLink::DecoderLink(Descriptor socket, Descriptor process, Shared shared,
                         std::chrono::milliseconds longest_silence)
    : socket_(std::move(socket)),
      process_(std::move(process)),
      shared_(std::move(shared)),
      longest_silence_(longest_silence) {
  shared_.lap->close_descriptor();
  shared_.arena->close_descriptor();
}

DecoderLink::~DecoderLink() {
  (void)lose(ErrorCode::Aborted, "");
}

bool DecoderLink::has_ended() const {
  pollfd asked{.fd = process_.get(), .events = POLLIN, .revents = 0};
  return ::poll(&asked, 1, 0) > 0;
}

std::unexpected<Error> DecoderLink::lose(ErrorCode code, const char* why) {
  if (process_.is_open()) ::syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0);
  socket_ = Descriptor();
  return fail(code, why);
}

Result<Report> DecoderLink::carry_out(const Order& order, ByteSource& source, const Interrupts& interrupts) {
  source_error_.reset();
  if (is_lost() || !send_packet(socket_.get(), bytes_of(order)))
    return lose(ErrorCode::Corrupt, tr("its decoder has ended"));
  for (;;) {
    auto report = receive(interrupts);
    if (!report) return report;
    if (report->kind == ReportKind::Done) return finish(*report);
    if (!serve(*report, source)) return lose(ErrorCode::Corrupt, tr("its decoder has ended"));
  }
}

Result<Report> DecoderLink::receive(const Interrupts& interrupts) {
  // Counted, not measured: a machine that slept wasn't waiting.
  for (std::chrono::milliseconds silent{}; silent < longest_silence_; silent += kTick) {
    if (interrupts.is_over && interrupts.is_over()) return lose(ErrorCode::Aborted, "decoding");
    pollfd waited{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waited, 1, static_cast<int>(kTick.count())) <= 0) continue;
    std::array<std::byte, sizeof(Report)> packet{};
    const auto size = receive_packet(socket_.get(), packet);
    if (!size) return lose(ErrorCode::Corrupt, tr("its decoder has ended"));
    const auto report = *size == packet.size() ? parse_report(packet) : std::nullopt;
    if (!report) return lose(ErrorCode::Corrupt, tr("its decoder makes no sense"));
    return *report;
  }
  return lose(ErrorCode::Corrupt, tr("its decoder hangs"));
}

// The source's own words are ours, and better than what the decoder was told.
Result<Report> DecoderLink::finish(const Report& report) {
  status_ = report.status;
  if (report.error == 0) return report;
  Error error = received_error(report);
  if (source_error_ && source_error_->code == error.code) return std::unexpected(std::move(*source_error_));
  return std::unexpected(std::move(error));
}

bool DecoderLink::serve(const Report& report, ByteSource& source) {
  switch (report.kind) {
    case ReportKind::Ready:
      walls_ = received_walls(report);
      return true;
    case ReportKind::NeedsBytes:
      return serve_bytes(report.place, source);
    case ReportKind::NeedsSize:
      return answer(source.size());
    case ReportKind::Done:
      break;
  }
  return false;
}

bool DecoderLink::serve_bytes(const BytesPlace& place, ByteSource& source) {
  if (place.offset > kFurthestByte) return false;
  std::span<std::byte> into = lap_in(*shared_.lap).given;
  into = into.first(std::min<std::uint64_t>(into.size(), place.size));
  const auto count = source.read_at(place.offset, into);
  return answer(count ? Result<std::uint64_t>(*count) : std::unexpected(count.error()));
}

bool DecoderLink::answer(const Result<std::uint64_t>& count) {
  Order order{.kind = OrderKind::Answer};
  if (count) {
    order.count = *count;
  } else {
    source_error_ = count.error();
    order.error = sent_code(count.error().code);
  }
  return send_packet(socket_.get(), bytes_of(order));
}

std::uint64_t DecoderLink::give_places(std::span<const BytePlace> places) {
  const std::span<std::byte> into = lap_in(*shared_.lap).given;
  if (places.size_bytes() > into.size()) return 0;
  std::ranges::copy(std::as_bytes(places), into.begin());
  return places.size();
}

std::shared_ptr<LetGoTime> DecoderLink::let_go_time() const {
  return {shared_.lap, &lap_in(*shared_.lap).let_go_from};
}

std::optional<PicturePtr> DecoderLink::take_picture(const SentPicture& sent) {
  const std::span<const std::byte> arena = shared_.arena->bytes();
  if (!is_sound(sent, arena.size())) {
    (void)lose(ErrorCode::Corrupt, "");
    return std::nullopt;
  }
  auto picture = std::make_shared<Picture>();
  picture->width = static_cast<int>(sent.width);
  picture->height = static_cast<int>(sent.height);
  for (std::size_t plane = 0; plane < sent.planes.size(); ++plane) {
    picture->planes[plane] = reinterpret_cast<const std::uint8_t*>(arena.data() + sent.planes[plane]);
    picture->strides[plane] = static_cast<int>(sent.strides[plane]);
  }
  picture->full_range = sent.full_range != 0;
  picture->bt709 = sent.bt709 != 0;
  picture->at = MediaTime(sent.at);
  picture->owner = std::make_shared<const Loan>(shared_, sent.ticket);
  return picture;
}

std::optional<std::span<const std::byte>> DecoderLink::take_bytes(const BytesPlace& place) {
  const std::span<const std::byte> arena = shared_.arena->bytes();
  if (lies_in(place, arena.size())) return arena.subspan(place.offset, place.size);
  (void)lose(ErrorCode::Corrupt, "");
  return std::nullopt;
}

}  // namespace meanwhile
