// Sockets on this machine and HTTP/1.1 by hand, for servers that answer what they shouldn't.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Listens on a free port of loopback; port is set to it.
int listen_on_loopback(int& port);
// -1: nobody answers there.
int connect_to_loopback(int port);

// Reads one request off the socket, head and body; pending: what was read of the next. false: there is none
// any more.
bool read_request(int socket, std::string& pending, std::string& request);
// Until the other side closes.
std::string read_all(int socket);
void send_all(int socket, std::string_view bytes);
// The other side sees a reset, not an end.
void close_with_reset(int socket);

}  // namespace meanwhile
