#include "media/play/apart/packets.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <expected>
#include <span>
#include <utility>

#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr const char* kTalking = tr_later("talking to a decoder");
constexpr std::size_t kMostDescriptors = 4;

struct alignas(cmsghdr) ControlBuffer {
  std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> bytes{};
};

void add_descriptors(msghdr& message, ControlBuffer& control, std::span<const int> descriptors) {
  message.msg_control = control.bytes.data();
  message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
  std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
}

void take_descriptors(msghdr& message, ReceivedPacket& packet) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    std::array<int, kMostDescriptors> numbers{};
    std::memcpy(numbers.data(), CMSG_DATA(header), std::min(count, numbers.size()) * sizeof(int));
    for (std::size_t i = 0; i < std::min(count, numbers.size()); ++i)
      packet.descriptors.emplace_back(numbers[i]);
  }
}

Result<std::size_t> checked(ssize_t size) {
  if (size > 0) return static_cast<std::size_t>(size);
  if (size == 0 || errno == ECONNRESET) return fail(ErrorCode::EndOfStream, kTalking);
  if (errno == EINTR) return fail(ErrorCode::TryAgain, kTalking);
  return errno_failure(tr(kTalking));
}

}  // namespace

Result<std::pair<Descriptor, Descriptor>> make_packet_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return errno_failure(tr(kTalking));
  return std::pair(Descriptor(ends[0]), Descriptor(ends[1]));
}

bool send_packet(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors) {
  iovec part{.iov_base = const_cast<std::byte*>(bytes.data()), .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  ControlBuffer control;
  if (!descriptors.empty()) add_descriptors(message, control, descriptors);
  ssize_t sent = -1;
  do {
    sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(bytes.size());
}

Result<std::size_t> receive_packet(int socket, std::span<std::byte> into) {
  return checked(::recv(socket, into.data(), into.size(), MSG_TRUNC));
}

Result<ReceivedPacket> receive_with_descriptors(int socket, std::span<std::byte> into) {
  iovec part{.iov_base = into.data(), .iov_len = into.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  ControlBuffer control;
  message.msg_control = control.bytes.data();
  message.msg_controllen = control.bytes.size();
  const auto size = checked(::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_TRUNC));
  if (!size) return std::unexpected(size.error());
  ReceivedPacket packet{.size = *size, .descriptors = {}};
  take_descriptors(message, packet);
  return packet;
}

}  // namespace meanwhile
