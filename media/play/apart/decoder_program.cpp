#include "media/play/apart/decoder_program.h"

extern "C" {
#include <libavutil/log.h>
}

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "media/base/descriptor.h"
#include "media/ffmpeg/owners.h"
#include "media/play/apart/decoder_worker.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sandbox.h"
#include "media/play/apart/sealed_memory.h"

namespace meanwhile {
namespace {

constexpr std::size_t kGivenDescriptors = 3;
constexpr int kStatusBroken = 1;

void ignore_message(void*, int, const char*, va_list) {}

// Tables that decoders fill in at their first use are there for all that are split off.
void warm_up() {
  for (const AVCodecID id : {AV_CODEC_ID_H264, AV_CODEC_ID_AAC, AV_CODEC_ID_MJPEG, AV_CODEC_ID_PNG}) {
    const CodecContextPtr context(avcodec_alloc_context3(avcodec_find_decoder(id)));
    if (context) (void)avcodec_open2(context.get(), nullptr, nullptr);
  }
}

// Numbers 0 to 2 lead nowhere, 3 is the process's socket, nothing else stays open.
void keep_only(std::vector<Descriptor>& given) {
  std::array<int, kGivenDescriptors> high{};
  for (std::size_t i = 0; i < high.size(); ++i)
    high[i] = ::fcntl(given[i].release(), F_DUPFD_CLOEXEC, kDecoderSocket + static_cast<int>(high.size()));
  for (std::size_t i = 0; i < high.size(); ++i) {
    const int number = kDecoderSocket + static_cast<int>(i);
    ::dup2(high[i], number);
    given[i] = Descriptor(number);
  }
  ::closefrom(kDecoderSocket + static_cast<int>(high.size()));
}

[[noreturn]] void be_decoder(std::vector<Descriptor> given, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kStatusBroken);
  ::prctl(PR_SET_NAME, "mw-decoder");
  keep_only(given);
  auto lap = SealedMemory::map(std::move(given[1]), sizeof(Lap), MemoryWriter::Other);
  auto arena = SealedMemory::map(std::move(given[2]), kArenaBytes, MemoryWriter::Us);
  if (!lap || !arena) ::_exit(kStatusBroken);
  (*lap)->close_descriptor();
  (*arena)->close_descriptor();
  const Walls walls = wall_off();
  run_decoder_worker(given[0].get(), lap_in(**lap), (*arena)->bytes(), walls);
  ::_exit(0);
}

void on_child(int) {}

// A process that ends breaks off a wait for questions, and nothing else, so that it is collected at once.
// Answers the signals of that wait.
sigset_t notice_ends() {
  struct sigaction action{};
  action.sa_handler = on_child;
  ::sigaction(SIGCHLD, &action, nullptr);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGCHLD);
  sigset_t before;
  ::sigprocmask(SIG_BLOCK, &ends, &before);
  sigdelset(&before, SIGCHLD);
  return before;
}

void wait_for_question(const sigset_t& signals) {
  pollfd waited{.fd = kDecoderSocket, .events = POLLIN, .revents = 0};
  do {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
  } while (::ppoll(&waited, 1, nullptr, &signals) < 0 && errno == EINTR);
}

void split_off(std::vector<Descriptor> given) {
  SplitOff answer;
  const pid_t self = ::getpid();
  const pid_t id = ::fork();
  if (id == 0) be_decoder(std::move(given), self);
  const Descriptor process(id < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, id, 0)));
  answer.error = errno;
  const int number = process.get();
  send_packet(kDecoderSocket, bytes_of(answer), std::span(&number, process.is_open() ? 1 : 0));
}

}  // namespace

int run_decoder_processes() {
  ::prctl(PR_SET_NAME, "mw-decoders");
  ::closefrom(kDecoderSocket + 1);
  const sigset_t signals = notice_ends();
  av_log_set_callback(ignore_message);
  warm_up();
  for (;;) {
    wait_for_question(signals);
    SplitOff wish;
    auto packet = receive_with_descriptors(kDecoderSocket, writable_bytes_of(wish));
    if (!packet) return 0;
    if (packet->descriptors.size() != kGivenDescriptors) return kStatusBroken;
    split_off(std::move(packet->descriptors));
  }
}

}  // namespace meanwhile
