// Asks in the desktop's dialog where a new file is to go; the window goes on meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/window/desk.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {

class FileChooser {
 public:
  explicit FileChooser(Desk& desk) : desk_(desk) {}

  // take: the chosen one, whose replacing was asked about; not called if none is. Only one dialog at a time:
  // nothing happens while there is another. suggested: an absolute path.
  void ask(const std::string& title, const std::filesystem::path& suggested,
           std::function<void(const std::filesystem::path& file)> take);

 private:
  void note(const Result<std::optional<std::filesystem::path>>& chosen);

  Desk& desk_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::function<void(const std::filesystem::path& file)> take_;  // empty: no dialog is open
  // Last: it posts to the rest.
  std::optional<NamedThread> dialog_;
};

}  // namespace meanwhile
