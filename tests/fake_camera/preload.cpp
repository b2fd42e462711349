// Puts the make-believe camera before a program: libc's open, ioctl, mmap and close, by LD_PRELOAD or by
// linking this library. Everything that isn't the camera goes straight to the kernel.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <map>
#include <memory>
#include <mutex>

#include "tests/fake_camera/device.h"

namespace {

using meanwhile::fake_camera::Device;

struct OpenCameras {
  std::mutex mutex;
  std::map<int, std::shared_ptr<Device>> by_descriptor;
};

// Nearly every call is about something else: that must cost one atomic read, and work before any constructor
// ran.
constinit std::atomic<int> open_count = 0;

OpenCameras& open_cameras() {
  static OpenCameras cameras;
  return cameras;
}

std::shared_ptr<Device> camera_at(int descriptor) {
  if (open_count == 0) return nullptr;
  std::lock_guard lock(open_cameras().mutex);
  const auto found = open_cameras().by_descriptor.find(descriptor);
  return found == open_cameras().by_descriptor.end() ? nullptr : found->second;
}

int open_camera(int flags) {
  auto camera = Device::open(flags);
  if (!camera) return -1;
  std::lock_guard lock(open_cameras().mutex);
  const int descriptor = camera->descriptor();
  open_cameras().by_descriptor[descriptor] = std::move(camera);
  ++open_count;
  return descriptor;
}

std::shared_ptr<Device> forget_camera(int descriptor) {
  auto camera = camera_at(descriptor);
  if (!camera) return nullptr;
  std::lock_guard lock(open_cameras().mutex);
  open_cameras().by_descriptor.erase(descriptor);
  --open_count;
  return camera;
}

int open_any(const char* path, int flags, mode_t mode) {
  if (meanwhile::fake_camera::is_camera(path)) return open_camera(flags);
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

mode_t mode_argument(int flags, va_list arguments) {
  const bool has_mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
  return has_mode ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_any(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_any(path, flags | O_LARGEFILE, mode);
}

// What open() becomes in programs built with _FORTIFY_SOURCE.
int __open_2(const char* path, int flags) {
  return open_any(path, flags, 0);
}  // NOLINT
int __open64_2(const char* path, int flags) {
  return open_any(path, flags | O_LARGEFILE, 0);
}  // NOLINT

int close(int descriptor) {
  const auto camera = forget_camera(descriptor);
  return static_cast<int>(syscall(SYS_close, descriptor));
}

void* mmap(void* address, size_t size, int protection, int flags, int descriptor, off_t offset) {
  const auto camera = descriptor >= 0 ? camera_at(descriptor) : nullptr;
  const int behind = camera ? camera->memory() : descriptor;
  return reinterpret_cast<void*>(syscall(SYS_mmap, address, size, protection, flags, behind, offset));
}

void* mmap64(void* address, size_t size, int protection, int flags, int descriptor, off64_t offset) {
  return mmap(address, size, protection, flags, descriptor, offset);
}

int ioctl(int descriptor, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  const auto camera = camera_at(descriptor);
  if (!camera) return static_cast<int>(syscall(SYS_ioctl, descriptor, request, argument));
  const int error = camera->ioctl(static_cast<std::uint32_t>(request), argument);
  if (error == 0) return 0;
  errno = error;
  return -1;
}

}  // extern "C"
#pragma GCC visibility pop
