// Between a client and a real server on this machine: passes on what it hears, or doesn't.
#pragma once

#include <atomic>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

enum class Mood {
  Speaks,
  Silent,  // accepts and reads, and never says a word
  Resets,  // as soon as it has heard the request
  Drips,   // a byte a second
};

// Owns its threads. A connection carries one request.
class MoodyProxy {
 public:
  // port: of the server, on loopback.
  explicit MoodyProxy(int port);
  ~MoodyProxy();
  MoodyProxy(const MoodyProxy&) = delete;
  MoodyProxy& operator=(const MoodyProxy&) = delete;

  int port() const { return port_; }
  // Of the requests that come from now on.
  void set_mood(Mood mood) { mood_ = mood; }
  // Connections whose client waits for an answer right now.
  int held() const { return held_; }
  // Requests that didn't get what they came for.
  int disappointed() const { return disappointed_; }

 private:
  struct State {
    std::set<int> sockets;
    std::vector<std::jthread> threads;
  };
  void accept_all();
  void serve(int client, const std::stop_token& stop);
  std::string ask_server(const std::string& request) const;
  void drip(int client, const std::string& answer, const std::stop_token& stop);

  const int server_port_;
  int port_ = 0;
  int listener_ = -1;
  std::atomic<Mood> mood_ = Mood::Speaks;
  std::atomic<int> held_ = 0;
  std::atomic<int> disappointed_ = 0;
  Guarded<State> state_;
  std::jthread acceptor_;
};

}  // namespace meanwhile
