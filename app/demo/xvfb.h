// An X server that nobody sees, for the demo and for tests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// Runs as long as the object lives. 24 bits deep, with one RandR monitor named "screen".
class Xvfb {
 public:
  // Blocks until it takes clients, on a free display number. more: further arguments of Xvfb. log: what it
  // says; empty: nowhere. Errors: NotFound (it isn't installed), Unavailable (it didn't start within 20 s).
  static Result<std::unique_ptr<Xvfb>> start(Size size, const std::vector<std::string>& more,
                                             const std::filesystem::path& log);

  // ":5", for DISPLAY.
  const std::string& display() const { return display_; }
  ChildProcess& process() { return *process_; }

 private:
  Xvfb(std::unique_ptr<ChildProcess> process, std::string display)
      : process_(std::move(process)), display_(std::move(display)) {}
  const std::unique_ptr<ChildProcess> process_;
  const std::string display_;
};

}  // namespace meanwhile
