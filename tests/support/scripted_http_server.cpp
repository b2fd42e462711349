#include "tests/support/scripted_http_server.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/raw_http.h"

namespace meanwhile {
ScriptedAnswer answer(int status, const std::string& headers, const std::string& body) {
  return {.bytes = fmt::format("HTTP/1.1 {} Scripted\r\n{}Content-Length: {}\r\n\r\n{}", status, headers,
                               body.size(), body)};
}

ScriptedHttpServer::ScriptedHttpServer(Script script) : script_(std::move(script)) {
  listener_ = listen_on_loopback(port_);
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
  auto state = state_.lock();
  for (const int socket : state->sockets) ::close(socket);
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
