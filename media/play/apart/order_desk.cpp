#include "media/play/apart/order_desk.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"

namespace meanwhile {
namespace {

// An answer takes as long as a small packet; and a mark that came before the order is not seen.
constexpr std::chrono::milliseconds kAskMarked{1};
constexpr std::chrono::milliseconds kAskUnmarked{8};

}  // namespace

Order OrderDesk::next() {
  Order order;
  const auto size = receive_packet(socket_, writable_bytes_of(order));
  if (!size || *size != sizeof order) ::_exit(0);
  heard_ = std::chrono::steady_clock::now();
  if (order.kind != OrderKind::Answer) marks_ = lap_.newer_marks.load();
  return order;
}

void OrderDesk::report(const Report& report) {
  if (!send_packet(socket_, bytes_of(report))) ::_exit(0);
}

void OrderDesk::set_places(std::uint64_t count) {
  places_.resize(std::min<std::uint64_t>(count, lap_.given.size() / sizeof(BytePlace)));
  if (places_.empty()) return;
  std::memcpy(places_.data(), lap_.given.data(), places_.size() * sizeof(BytePlace));
}

Result<std::uint64_t> OrderDesk::ask(const Report& question) {
  report(question);
  const Order answer = next();
  if (answer.error == 0) return answer.count;
  return fail(static_cast<ErrorCode>(answer.error - 1), "reading the track");
}

Result<std::size_t> OrderDesk::read_some(std::uint64_t offset, std::span<std::byte> into) {
  Report question{.kind = ReportKind::NeedsBytes};
  question.place = {.offset = offset, .size = std::min(into.size(), lap_.given.size())};
  const auto count = ask(question);
  if (!count) return std::unexpected(count.error());
  if (const auto size = std::min<std::uint64_t>(*count, question.place.size); size > 0)
    std::memcpy(into.data(), lap_.given.data(), size);
  return static_cast<std::size_t>(*count);
}

Result<std::size_t> OrderDesk::read_at(std::uint64_t offset, std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto count = read_some(offset + done, into.subspan(done));
    if (!count) return count;
    done += *count;
    if (*count < std::min(into.size() - done + *count, lap_.given.size())) break;  // the end
  }
  return done;
}

Result<std::uint64_t> OrderDesk::size() {
  return ask({.kind = ReportKind::NeedsSize});
}

bool OrderDesk::is_newer_wanted() {
  const auto patience = lap_.newer_marks.load() == marks_ ? kAskUnmarked : kAskMarked;
  if (std::chrono::steady_clock::now() - heard_ < patience) return false;
  return ask({.kind = ReportKind::AsksToGoOn}).value_or(1) != 0;
}

}  // namespace meanwhile
