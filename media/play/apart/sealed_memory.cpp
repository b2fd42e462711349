#include "media/play/apart/sealed_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr const char* kDoing = tr_later("sharing memory with a decoder");

}  // namespace

Result<std::shared_ptr<SealedMemory>> SealedMemory::create(std::size_t size_bytes, MemoryWriter writer) {
  Descriptor memory(::memfd_create("meanwhile-decoder", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.is_open() || ::ftruncate(memory.get(), static_cast<off_t>(size_bytes)) != 0)
    return errno_failure(tr(kDoing));
  auto shared = map(std::move(memory), size_bytes, writer);
  if (!shared) return shared;
  // Last: what is mapped by now can still be written to.
  const int seals =
      F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | (writer == MemoryWriter::Us ? F_SEAL_FUTURE_WRITE : 0);
  if (::fcntl((*shared)->descriptor(), F_ADD_SEALS, seals) != 0) return errno_failure(tr(kDoing));
  return shared;
}

Result<std::shared_ptr<SealedMemory>> SealedMemory::map(Descriptor descriptor, std::size_t size_bytes,
                                                        MemoryWriter writer) {
  const int protection = PROT_READ | (writer == MemoryWriter::Us ? PROT_WRITE : 0);
  void* const start = ::mmap(nullptr, size_bytes, protection, MAP_SHARED, descriptor.get(), 0);
  if (start == MAP_FAILED) return errno_failure(tr(kDoing));
  return std::shared_ptr<SealedMemory>(
      new SealedMemory(std::move(descriptor), std::span(static_cast<std::byte*>(start), size_bytes)));
}

SealedMemory::~SealedMemory() {
  ::munmap(bytes_.data(), bytes_.size());
}

}  // namespace meanwhile
