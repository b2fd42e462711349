#include "media/play/apart/order_desk.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"

namespace meanwhile {

Order OrderDesk::next() {
  Order order;
  const auto size = receive_packet(socket_, writable_bytes_of(order));
  if (!size || *size != sizeof order) ::_exit(0);
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
  return fail(static_cast<ErrorCode>(answer.error - 1), tr("reading the track"));
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

}  // namespace meanwhile
