// What engines are started by in tests: as main() of the program does it, with nothing else in it.
#include "media/speech/speech_process.h"

int main(int argc, char** argv) {
  return meanwhile::run_if_speech(argc, argv).value_or(2);
}
