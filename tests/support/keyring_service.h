// The desktop's keyring, private to a test and unlocked: a session bus with GNOME's on it.
#pragma once

#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

class KeyringService {
 public:
  static std::string missing();
  static Result<std::unique_ptr<KeyringService>> start();
  Environment environment() const;

 private:
  KeyringService() = default;
  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> bus_;
  std::unique_ptr<ChildProcess> keyring_;
};

}  // namespace meanwhile
