#include "tests/support/fault_proxy.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "tests/support/raw_http.h"

namespace meanwhile {
namespace {

constexpr int kConnections = 40;  // more than our client opens
constexpr std::chrono::milliseconds kLatency{20};
constexpr std::chrono::milliseconds kStall{300};
constexpr std::size_t kPieces = 8;
constexpr std::string_view kRefused =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kFailed =
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kTooMany =
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

void pause(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
}

std::size_t body_of(std::string_view message) {
  const auto end = message.find("\r\n\r\n");
  return end == std::string_view::npos ? message.size() : end + 4;
}

// The server ends the connection, so that its end is the answer's.
std::string for_one_request(std::string request) {
  const auto line_end = request.find("\r\n");
  return request.insert(line_end + 2, "Connection: close\r\n");
}

}  // namespace

FaultProxy::FaultProxy(int port, unsigned seed) : server_port_(port) {
  state_.lock()->random.seed(seed);
  listener_ = listen_on_loopback(port_);
  for (int i = 0; i < kConnections; ++i)
    threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

FaultProxy::~FaultProxy() {
  for (std::jthread& thread : threads_) thread.request_stop();
  ::shutdown(listener_, SHUT_RDWR);
  {
    auto state = state_.lock();
    for (const int socket : state->sockets) ::shutdown(socket, SHUT_RDWR);
  }
  threads_.clear();
  ::close(listener_);
}

void FaultProxy::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    state_.lock()->sockets.insert(client);
    const std::uint64_t number = note_begin();
    serve(client, stop);
    state_.lock()->under_way.erase(number);
  }
}

std::uint64_t FaultProxy::note_begin() {
  auto state = state_.lock();
  state->under_way.insert(++state->connections);
  return state->connections;
}

void FaultProxy::let_arrive() {
  const std::uint64_t last = state_.lock()->connections;
  const auto is_there = [&] {
    auto state = state_.lock();
    return state->under_way.empty() || *state->under_way.begin() > last;
  };
  while (!is_there()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void FaultProxy::forget(int socket) {
  state_.lock()->sockets.erase(socket);
}

void FaultProxy::serve(int client, const std::stop_token& stop) {
  std::string pending;
  std::string request;
  if (!read_request(client, pending, request)) {
    forget(client);
    ::close(client);
    return;
  }
  request = for_one_request(std::move(request));
  const int fault = draw_fault();
  if (fault < static_cast<int>(kProxyFaults)) {
    serve_with(static_cast<ProxyFault>(fault), client, std::move(request), stop);
    return;
  }
  send_all(client, ask_server(request));
  forget(client);
  ::close(client);
}

int FaultProxy::draw_fault() {
  auto state = state_.lock();
  double draw = std::uniform_real_distribution<>(0, 1)(state->random);
  for (std::size_t fault = 0; fault < kProxyFaults; ++fault) {
    draw -= state->rate * (static_cast<ProxyFault>(fault) == ProxyFault::TooMany ? 0.1 : 1);
    if (draw >= 0) continue;
    ++state->struck.at(fault);
    return static_cast<int>(fault);
  }
  return kProxyFaults;
}

std::string FaultProxy::flipped(std::string message) {
  const std::size_t body = body_of(message);
  if (body == message.size()) return message;
  auto state = state_.lock();
  const std::size_t place = body + state->random() % (message.size() - body);
  message[place] = static_cast<char>(message[place] ^ (1 << state->random() % 8));
  return message;
}

int FaultProxy::open_to_server() {
  const int server = connect_to_loopback(server_port_);
  if (server >= 0) state_.lock()->sockets.insert(server);
  return server;
}

// "": it doesn't answer.
std::string FaultProxy::ask_server(std::string_view request) {
  const int server = open_to_server();
  if (server < 0) return "";
  send_all(server, request);
  std::string answer = read_all(server);
  forget(server);
  ::close(server);
  return answer;
}

void FaultProxy::serve_with(ProxyFault fault, int client, std::string request, const std::stop_token& stop) {
  bool resets = false;
  switch (fault) {
    case ProxyFault::Reset:
      resets = true;
      break;
    case ProxyFault::LostAnswer:
      ask_server(request);
      resets = true;
      break;
    case ProxyFault::Refused:
      send_all(client, kRefused);
      break;
    case ProxyFault::FailedAfter:
      ask_server(request);
      send_all(client, kFailed);
      break;
    case ProxyFault::TooMany:
      send_all(client, kTooMany);
      break;
    case ProxyFault::TruncatedUpload: {
      const std::size_t body = body_of(request);
      if (const int server = open_to_server(); server >= 0) {
        send_all(server, std::string_view(request).substr(0, body + (request.size() - body) / 2));
        forget(server);
        ::close(server);
      }
      resets = true;
      break;
    }
    case ProxyFault::TruncatedAnswer: {
      const std::string answer = ask_server(request);
      const std::size_t body = body_of(answer);
      send_all(client, std::string_view(answer).substr(0, body + (answer.size() - body) / 2));
      break;
    }
    case ProxyFault::FlippedUpload:
      send_all(client, ask_server(flipped(std::move(request))));
      break;
    case ProxyFault::FlippedAnswer:
      send_all(client, flipped(ask_server(request)));
      break;
    case ProxyFault::Doubled:
      ask_server(request);
      send_all(client, ask_server(request));
      break;
    case ProxyFault::Stall:
      pause(kStall, stop);
      resets = true;
      break;
    case ProxyFault::Latency:
      pause(kLatency, stop);
      send_all(client, ask_server(request));
      break;
    case ProxyFault::Slow: {
      const std::string answer = ask_server(request);
      const std::size_t piece = answer.size() / kPieces + 1;
      for (std::size_t sent = 0; sent < answer.size(); sent += piece) {
        send_all(client, std::string_view(answer).substr(sent, piece));
        pause(std::chrono::milliseconds(2), stop);
      }
      break;
    }
  }
  forget(client);
  if (resets)
    close_with_reset(client);
  else
    ::close(client);
}

}  // namespace meanwhile
