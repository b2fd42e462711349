#include "media/play/apart/shared_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

namespace meanwhile::test {
namespace {

constexpr std::size_t kSize = 8192;

Descriptor copy_of(const SharedMemory& memory) {
  return Descriptor(::fcntl(memory.descriptor(), F_DUPFD_CLOEXEC, 0));
}

TEST(SharedMemory, OfTheOtherOneIsSeenHere) {
  const auto ours = SharedMemory::create(kSize, Writer::Other).value();
  const auto theirs = SharedMemory::map(copy_of(*ours), kSize, Writer::Us).value();
  theirs->bytes()[100] = std::byte{9};
  EXPECT_EQ(ours->bytes()[100], std::byte{9});
}

TEST(SharedMemory, KeepsItsSize) {
  for (const Writer writer : {Writer::Us, Writer::Other}) {
    const auto ours = SharedMemory::create(kSize, writer).value();
    EXPECT_NE(::ftruncate(ours->descriptor(), 0), 0);
    EXPECT_NE(::ftruncate(ours->descriptor(), kSize * 2), 0);
    EXPECT_NE(::fcntl(ours->descriptor(), F_ADD_SEALS, F_SEAL_WRITE), 0);
  }
}

TEST(SharedMemory, OfOursIsWrittenByUsAlone) {
  const auto ours = SharedMemory::create(kSize, Writer::Us).value();
  const auto theirs = SharedMemory::map(copy_of(*ours), kSize, Writer::Other).value();
  EXPECT_FALSE(SharedMemory::map(copy_of(*ours), kSize, Writer::Us));
  EXPECT_NE(::mprotect(theirs->bytes().data(), kSize, PROT_READ | PROT_WRITE), 0);
  EXPECT_LT(::pwrite(ours->descriptor(), "x", 1, 0), 0);
  ours->bytes()[7] = std::byte{3};
  EXPECT_EQ(theirs->bytes()[7], std::byte{3});
}

}  // namespace
}  // namespace meanwhile::test
