// A line between a browser and a server on this machine: it takes its time, and can be cut.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

// Passes on bytes of any TCP connection, each so long after it came; a new connection's first ones twice as
// long after, for the other side would first have had to say that it takes it. Owns its threads.
class SlowLine {
 public:
  // port: of the server, on loopback.
  SlowLine(int port, std::chrono::milliseconds each_way);
  ~SlowLine();
  SlowLine(const SlowLine&) = delete;
  SlowLine& operator=(const SlowLine&) = delete;

  int port() const { return port_; }
  // Connections end, and new ones are refused, until it is mended.
  void cut();
  void mend() { is_cut_ = false; }
  // As a store that knows no forms: HTTP requests that begin with POST are answered with 501 here.
  void take_posts(bool takes) { takes_posts_ = takes; }
  // Down, so far.
  std::uint64_t bytes_down() const { return bytes_down_; }

 private:
  struct State {
    std::set<int> sockets;
    std::vector<std::jthread> threads;
  };
  void accept_all();
  enum class Way { Up, Down };
  void serve(int client);
  void pass_on(int from, int to, Way way);

  const int server_port_;
  const std::chrono::milliseconds each_way_;
  int port_ = 0;
  int listener_ = -1;
  std::atomic<bool> is_cut_ = false;
  std::atomic<bool> takes_posts_ = true;
  std::atomic<std::uint64_t> bytes_down_ = 0;
  Guarded<State> state_;
  std::jthread acceptor_;  // last
};

}  // namespace meanwhile
