// An X server that nobody sees, with hands: what the demo and the tests record and click in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/xvfb.h"
#include "media/base/result.h"

namespace meanwhile {

class PrivateDisplay {
 public:
  // Starts Xvfb on a free display number. Blocks until it takes clients. Errors: NotFound (Xvfb isn't
  // installed), Unavailable (it didn't start in time).
  static Result<std::unique_ptr<PrivateDisplay>> start(int width, int height,
                                                       const std::filesystem::path& log);
  ~PrivateDisplay();

  // ":99", for DISPLAY.
  const std::string& name() const { return server_->display(); }

  // Blocks until a program has shown a window since start(). Errors: Unavailable (none within 20 s, the
  // server is gone).
  Result<void> wait_for_window();

  // Errors: Unavailable (the server is gone).
  Result<void> move_pointer(int x, int y);

 private:
  struct Connection;
  PrivateDisplay(std::unique_ptr<Xvfb> server, std::unique_ptr<Connection> connection);

  const std::unique_ptr<Xvfb> server_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace meanwhile
