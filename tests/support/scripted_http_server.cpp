#include "tests/support/scripted_http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "fmt/format.h"

namespace meanwhile {
namespace {

std::size_t announced_length(const std::string& head) {
  constexpr std::string_view kName = "Content-Length: ";
  const auto found = head.find(kName);
  return found == std::string::npos ? 0 : std::stoul(head.substr(found + kName.size()));
}

// Reads one request off the socket; false: there is none any more.
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

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

ScriptedAnswer answer(int status, const std::string& headers, const std::string& body) {
  return {.bytes = fmt::format("HTTP/1.1 {} Scripted\r\n{}Content-Length: {}\r\n\r\n{}", status, headers,
                               body.size(), body)};
}

ScriptedHttpServer::ScriptedHttpServer(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  ::listen(listener_, 64);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedHttpServer::~ScriptedHttpServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  std::vector<std::thread> threads;
  {
    auto state = state_.lock();
    for (const int socket : state->sockets) ::shutdown(socket, SHUT_RDWR);
    threads.swap(state->threads);
  }
  for (std::thread& thread : threads) thread.join();
  for (const int socket : state_.lock()->sockets) ::close(socket);
}

std::vector<std::string> ScriptedHttpServer::requests() {
  return state_.lock()->requests;
}

void ScriptedHttpServer::accept_all() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    auto state = state_.lock();
    ++state->connections;
    state->sockets.push_back(socket);
    state->threads.emplace_back([this, socket] { serve(socket); });
  }
}

void ScriptedHttpServer::serve(int socket) {
  std::string pending;
  std::string request;
  while (read_request(socket, pending, request)) {
    int number = 0;
    {
      auto state = state_.lock();
      number = static_cast<int>(state->requests.size());
      state->requests.push_back(request);
    }
    const ScriptedAnswer given = script_(request, number);
    if (given.says_nothing) continue;
    send_all(socket, given.bytes);
    if (given.hangs_up) break;
  }
  ::shutdown(socket, SHUT_RDWR);
}

}  // namespace meanwhile
