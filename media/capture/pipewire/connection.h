// A connection to PipeWire, and the nodes that it shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "media/base/result.h"
#include "media/capture/pipewire/handles.h"

namespace meanwhile {

struct PipeWireNode {
  std::string name;         // "v4l2_input.pci-0000_00_14.0-usb-0_1_1.0"
  std::string serial;       // never given twice, while an id is
  std::string description;  // what a person calls it
  std::string media_class;  // "Video/Source"
  std::string device_path;  // "/dev/video0", of V4L2 cameras only
};

// One thread at a time, except wake(). Nothing happens but in wait().
class PipeWireConnection {
 public:
  static constexpr int kOfSession = -1;

  // remote: a descriptor that the portal gave, which is now the connection's; or kOfSession. Blocks until the
  // server has listed its nodes. Errors: Unavailable (no server, or it doesn't answer).
  static Result<std::unique_ptr<PipeWireConnection>> open(int remote);
  ~PipeWireConnection();
  PipeWireConnection(const PipeWireConnection&) = delete;
  PipeWireConnection& operator=(const PipeWireConnection&) = delete;

  // Does what is to be done, waiting for it at most that long.
  void wait(std::chrono::milliseconds at_most);
  // Ends wait() early. Any thread.
  void wake();
  // wait() also ends when the descriptor can be read.
  void also_wait_for(int descriptor);

  pw_core* core() const { return core_.get(); }
  // By id.
  const std::map<std::uint32_t, PipeWireNode>& nodes() const { return nodes_; }
  // Set once the server is gone.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  PipeWireConnection() = default;
  Result<void> connect(int remote);
  Result<void> list_nodes();

  // The server's messages.
  static const pw_core_events kCoreEvents;
  static const pw_registry_events kRegistryEvents;
  void on_done(int sequence);
  void on_error(std::uint32_t id, int result);
  void on_global(std::uint32_t id, const char* type, const spa_dict* properties);

  PipeWireOwner<pw_loop> loop_;
  spa_source* wake_up_ = nullptr;  // the loop's
  PipeWireOwner<pw_context> context_;
  PipeWireOwner<pw_core> core_;
  spa_hook core_hook_{};
  PipeWireOwner<pw_registry> registry_;
  spa_hook registry_hook_{};
  std::map<std::uint32_t, PipeWireNode> nodes_;
  std::optional<int> listed_;  // the sync's number, once it came back
  std::optional<Error> failure_;
};

}  // namespace meanwhile
