// Between a client and a real server on this machine: does to HTTP/1.1 what networks, proxies and servers
// were seen to do to it, by a seed.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

enum class ProxyFault {
  Reset,            // the request never arrives
  LostAnswer,       // it is done, and the answer is a reset
  Refused,          // 503, nothing is done
  FailedAfter,      // it is done, and answered with 500
  TooMany,          // 429, "come again in a second"
  TruncatedUpload,  // half of the body arrives, then the connection ends
  TruncatedAnswer,
  FlippedUpload,  // one bit of the body
  FlippedAnswer,
  Doubled,  // the request is done twice
  Stall,    // nothing moves for a while, then a reset
  Latency,
  Slow,  // the answer comes in pieces
};
inline constexpr std::size_t kProxyFaults = 13;

// Owns its threads; each connection carries one request.
class FaultProxy {
 public:
  // port: of the server, on loopback. Without faults until set_rate().
  FaultProxy(int port, unsigned seed);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  int port() const { return port_; }
  // How often a request meets each fault (of TooMany: a tenth of that, for it takes a second).
  void set_rate(double rate) { state_.lock()->rate = rate; }
  // Waits for what is under way now. Who gives a request up, and has its bytes sent and read back by another,
  // can't know that the first one still arrives, with a bit flipped in it: encryption rules that out, which
  // isn't there here.
  void let_arrive();
  // How often each struck.
  std::array<int, kProxyFaults> struck() const { return state_.copy().struck; }

 private:
  struct State {
    std::mt19937 random;
    double rate = 0;
    std::array<int, kProxyFaults> struck{};
    std::uint64_t connections = 0;      // ever
    std::set<std::uint64_t> under_way;  // by their numbers
    std::set<int> sockets;
  };
  void run(const std::stop_token& stop);
  void serve(int client, const std::stop_token& stop);
  void serve_with(ProxyFault fault, int client, std::string request, const std::stop_token& stop);
  int draw_fault();  // an index; kProxyFaults: none
  std::string flipped(std::string message);
  std::string ask_server(std::string_view request);
  int open_to_server();
  std::uint64_t note_begin();
  void forget(int socket);

  const int server_port_;
  int port_ = 0;
  int listener_ = -1;
  Guarded<State> state_;
  std::vector<std::jthread> threads_;  // last
};

}  // namespace meanwhile
