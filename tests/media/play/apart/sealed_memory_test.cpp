#include "media/play/apart/sealed_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

namespace meanwhile::test {
namespace {

constexpr std::size_t kSize = 8192;

Descriptor copy_of(const SealedMemory& memory) {
  return Descriptor(::fcntl(memory.descriptor(), F_DUPFD_CLOEXEC, 0));
}

TEST(SealedMemory, OfTheOtherOneIsSeenHere) {
  const auto ours = SealedMemory::create(kSize, MemoryWriter::Other).value();
  const auto theirs = SealedMemory::map(copy_of(*ours), kSize, MemoryWriter::Us).value();
  theirs->bytes()[100] = std::byte{9};
  EXPECT_EQ(ours->bytes()[100], std::byte{9});
}

TEST(SealedMemory, KeepsItsSize) {
  for (const MemoryWriter writer : {MemoryWriter::Us, MemoryWriter::Other}) {
    const auto ours = SealedMemory::create(kSize, writer).value();
    EXPECT_NE(::ftruncate(ours->descriptor(), 0), 0);
    EXPECT_NE(::ftruncate(ours->descriptor(), kSize * 2), 0);
    EXPECT_NE(::fcntl(ours->descriptor(), F_ADD_SEALS, F_SEAL_WRITE), 0);
  }
}

TEST(SealedMemory, OfOursIsWrittenByUsAlone) {
  const auto ours = SealedMemory::create(kSize, MemoryWriter::Us).value();
  const auto theirs = SealedMemory::map(copy_of(*ours), kSize, MemoryWriter::Other).value();
  EXPECT_FALSE(SealedMemory::map(copy_of(*ours), kSize, MemoryWriter::Us));
  EXPECT_NE(::mprotect(theirs->bytes().data(), kSize, PROT_READ | PROT_WRITE), 0);
  EXPECT_LT(::pwrite(ours->descriptor(), "x", 1, 0), 0);
  ours->bytes()[7] = std::byte{3};
  EXPECT_EQ(theirs->bytes()[7], std::byte{3});
}

}  // namespace
}  // namespace meanwhile::test
