// A server that answers what a test says, byte for byte.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

struct ScriptedAnswer {
  std::string bytes;          // the whole answer, head and body
  bool hangs_up = false;      // the connection is closed after it
  bool says_nothing = false;  // and the connection stays open
};

// "HTTP/1.1 200 OK" with these header lines ("Name: value\r\n") and this body.
ScriptedAnswer answer(int status, const std::string& headers = "", const std::string& body = "");

// HTTP/1.1 on loopback, one thread a connection.
class ScriptedHttpServer {
 public:
  // request: head and body. number: from 0. Called on a thread of the server's.
  using Script = std::function<ScriptedAnswer(const std::string& request, int number)>;
  explicit ScriptedHttpServer(Script script);
  ~ScriptedHttpServer();
  ScriptedHttpServer(const ScriptedHttpServer&) = delete;
  ScriptedHttpServer& operator=(const ScriptedHttpServer&) = delete;

  int port() const { return port_; }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> requests();
  int connections() { return state_.lock()->connections; }

 private:
  struct State {
    std::vector<std::string> requests;
    int connections = 0;
    std::vector<int> sockets;
    std::vector<std::thread> threads;
  };
  void accept_all();
  void serve(int socket);

  const Script script_;
  int listener_ = -1;
  int port_ = 0;
  Guarded<State> state_;
  std::thread acceptor_;
};

}  // namespace meanwhile
