// Which process decodes what other people recorded (open_readers.h), for main() and whoever looks after the
// program.
#pragma once

#include <optional>
#include <string>

namespace meanwhile {

// First in main(): whether this process was started to decode. Its exit status then: there is nothing else to
// do.
std::optional<int> run_if_decoder(int argc, char** argv);

// From now on decoders are split off from `program`, which calls run_if_decoder(); empty: they work in this
// process. That is so too where MEANWHILE_DECODER=inside says so, and on systems that have no walls for a
// process (all but Linux). While nothing plays.
void decode_apart(const std::string& program);

// Starts that program, and has a decoder ready from now on, so that a clip that is opened needn't wait for
// either. Any thread; returns at once.
void prepare_decoders();

struct DecodingPlace {
  bool is_apart = false;
  // Of a process of its own: what keeps it from files and networks.
  bool has_seccomp = false;
  bool has_landlock = false;
  std::string trouble;  // why none can be started; empty: none
};

// Tries it out. Blocks for some 0.1 s.
DecodingPlace look_at_decoding();

}  // namespace meanwhile
