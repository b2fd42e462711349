// What a thread that must not wait is kept from. The places where the program waits are marked, and a debug
// build ends with its words when such a thread comes to one. A release build has none of this.
#pragma once

#include <span>
#include <string_view>

namespace meanwhile {

enum class Blocking {
  DiskSync,  // until bytes are on the disk
  Database,  // opening one, building it anew
  Storage,   // a library's place, which may be a network or a mount that hangs
  Bus,       // D-Bus: another program's answer
  Join,      // until a thread has ended
  Process,   // until another program has ended, or answers
};

// A wait that such a thread may have all the same.
struct BlockingException {
  Blocking kind;
  std::string_view what;  // as the mark has it, of a path the last part; empty: all of the kind
  std::string_view reason;
};

#ifdef NDEBUG

class NoBlockingHere {
 public:
  explicit NoBlockingHere(std::span<const BlockingException>) {}
};
inline void may_block(Blocking, std::string_view) {}

#else

// This thread must not wait, as long as this lives. Not nested.
class NoBlockingHere {
 public:
  // allowed must outlive this.
  explicit NoBlockingHere(std::span<const BlockingException> allowed);
  ~NoBlockingHere();
  NoBlockingHere(const NoBlockingHere&) = delete;
  NoBlockingHere& operator=(const NoBlockingHere&) = delete;
};

// The mark, before a wait. what: which one it is, by the path of the file, the name of the thread or service.
void may_block(Blocking kind, std::string_view what);

#endif

}  // namespace meanwhile
