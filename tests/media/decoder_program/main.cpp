// What decoders are split off from in tests: as main() of the program does it, with nothing else in it.
#include "media/play/apart/decoder_program.h"

int main() {
  return meanwhile::run_decoder_processes();
}
