// Owners of file descriptors.
#pragma once

#include <unistd.h>

#include <utility>

namespace meanwhile {

// Closes it at its end; negative: there is none.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) close_and_take(other.release());
    return *this;
  }
  ~Descriptor() { close_and_take(-1); }

  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }
  int release() { return std::exchange(value_, -1); }

 private:
  void close_and_take(int value) {
    if (value_ >= 0) ::close(value_);
    value_ = value;
  }

  int value_;
};

}  // namespace meanwhile
