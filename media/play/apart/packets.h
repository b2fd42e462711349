// Packets between processes, with descriptors.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "media/base/descriptor.h"
#include "media/base/result.h"

namespace meanwhile {

// Two ends of a SOCK_SEQPACKET socket. Errors: Io, Unavailable (no more descriptors).
Result<std::pair<Descriptor, Descriptor>> make_packet_pair();

// Any thread. False: nobody is at the other end.
bool send_packet(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors = {});

struct ReceivedPacket {
  std::size_t size = 0;  // more than `into` has: it was cut
  std::vector<Descriptor> descriptors;
};

// Block until there is one. Errors: EndOfStream (nobody is at the other end), TryAgain (a signal came), Io.
Result<ReceivedPacket> receive_with_descriptors(int socket, std::span<std::byte> into);
// Descriptors that come along are let go by the kernel. Answers the packet's size: more than `into` has, it
// was cut.
Result<std::size_t> receive_packet(int socket, std::span<std::byte> into);

template <typename Message>
std::span<const std::byte> bytes_of(const Message& message) {
  return std::as_bytes(std::span(&message, 1));
}
template <typename Message>
std::span<std::byte> writable_bytes_of(Message& message) {
  return std::as_writable_bytes(std::span(&message, 1));
}

}  // namespace meanwhile
