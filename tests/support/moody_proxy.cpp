#include "tests/support/moody_proxy.h"

#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "tests/support/raw_http.h"

namespace meanwhile {
namespace {

// Until stop, or the client is gone.
void wait_for_end(int client, const std::stop_token& stop) {
  char byte = 0;
  while (!stop.stop_requested() && ::recv(client, &byte, 1, 0) > 0) {
  }
}

void pause_a_second(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
}

}  // namespace

MoodyProxy::MoodyProxy(int port) : server_port_(port) {
  listener_ = listen_on_loopback(port_);
  acceptor_ = std::jthread([this] { accept_all(); });
}

MoodyProxy::~MoodyProxy() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  std::vector<std::jthread> threads;
  {
    auto state = state_.lock();
    threads.swap(state->threads);
    for (std::jthread& thread : threads) thread.request_stop();
    for (const int socket : state->sockets) ::shutdown(socket, SHUT_RDWR);
  }
  threads.clear();
  ::close(listener_);
}

void MoodyProxy::accept_all() {
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    auto state = state_.lock();
    state->sockets.insert(client);
    state->threads.emplace_back([this, client](const std::stop_token& stop) {
      serve(client, stop);
      state_.lock()->sockets.erase(client);
      ::close(client);
    });
  }
}

std::string MoodyProxy::ask_server(const std::string& request) const {
  const int server = connect_to_loopback(server_port_);
  if (server < 0) return "";
  send_all(server, request);
  std::string answer = read_all(server);
  ::close(server);
  return answer;
}

void MoodyProxy::drip(int client, const std::string& answer, const std::stop_token& stop) {
  for (const char byte : answer) {
    if (stop.stop_requested() || ::send(client, &byte, 1, MSG_NOSIGNAL) != 1) return;
    pause_a_second(stop);
  }
}

void MoodyProxy::serve(int client, const std::stop_token& stop) {
  std::string pending;
  std::string request;
  if (!read_request(client, pending, request)) return;
  // The server ends the connection, so that its end is the answer's.
  request.insert(request.find("\r\n") + 2, "Connection: close\r\n");
  const Mood mood = mood_;
  if (mood == Mood::Speaks) return send_all(client, ask_server(request));
  ++disappointed_;
  ++held_;
  if (mood == Mood::Silent) wait_for_end(client, stop);
  if (mood == Mood::Drips) drip(client, ask_server(request), stop);
  --held_;
  if (mood != Mood::Resets) return;
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

}  // namespace meanwhile
