#include "tests/support/raw_http.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/support/loopback.h"

namespace meanwhile {
namespace {

std::size_t announced_length(const std::string& head) {
  constexpr std::string_view kName = "Content-Length: ";
  const auto found = head.find(kName);
  return found == std::string::npos ? 0 : std::stoul(head.substr(found + kName.size()));
}

}  // namespace

int listen_on_loopback(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  port = ntohs(address.sin_port);
  ::listen(listener, 64);
  return listener;
}

int connect_to_loopback(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

bool read_request(int socket, std::string& pending, std::string& request) {
  std::array<char, 65536> piece;
  while (true) {
    const auto end = pending.find("\r\n\r\n");
    if (end != std::string::npos) {
      const std::size_t whole = end + 4 + announced_length(pending.substr(0, end + 2));
      if (pending.size() >= whole) {
        request = pending.substr(0, whole);
        pending.erase(0, whole);
        return true;
      }
    }
    const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
    if (count <= 0) return false;
    pending.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::string read_all(int socket) {
  std::array<char, 65536> piece;
  std::string all;
  while (true) {
    const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
    if (count <= 0) return all;
    all.append(piece.data(), static_cast<std::size_t>(count));
  }
}

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void close_with_reset(int socket) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

}  // namespace meanwhile
