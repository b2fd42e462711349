// Pictures from a node of PipeWire: a screen's or a camera's.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/pipewire/connection.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/pipewire/handles.h"

namespace meanwhile {

struct StreamRequest {
  std::uint32_t node = 0;  // its id
  std::string serial;      // "": only the id is known
  StreamUse use = StreamUse::Screen;
  int frames_per_second = 30;
};

// The threads of PipeWireConnection, to whose wait() everything is due.
class PipeWireStream {
 public:
  struct GiveBack {
    pw_stream* stream;
    void operator()(pw_buffer* buffer) const { pw_stream_queue_buffer(stream, buffer); }
  };
  // To be given back before the next wait().
  using Buffer = std::unique_ptr<pw_buffer, GiveBack>;

  // Errors: Unavailable.
  static Result<std::unique_ptr<PipeWireStream>> connect(std::unique_ptr<PipeWireConnection> connection,
                                                         const StreamRequest& request);
  ~PipeWireStream();
  PipeWireStream(const PipeWireStream&) = delete;
  PipeWireStream& operator=(const PipeWireStream&) = delete;

  PipeWireConnection& connection() { return *connection_; }
  // Of the buffers that are taken now; another one may come at any time. nullopt: not agreed on yet.
  const std::optional<StreamFormat>& format() const { return format_; }
  // The oldest one that wasn't taken yet; nullptr: there is none.
  Buffer take();
  // Why there will be no more pictures: the node or PipeWire is gone, or it has been paused for longer than
  // patience. To be asked now and then.
  std::optional<Error> trouble(MonotonicTime now, std::chrono::milliseconds patience);
  bool is_streaming() const { return is_streaming_; }

 private:
  PipeWireStream(std::unique_ptr<PipeWireConnection> connection, std::uint32_t node);
  Result<void> open(const StreamRequest& request);

  static const pw_stream_events kEvents;
  void on_state(pw_stream_state state, const char* error);
  void on_parameter(std::uint32_t id, const spa_pod* parameter);

  const std::unique_ptr<PipeWireConnection> connection_;
  const std::uint32_t node_;
  bool is_node_known_ = false;  // not every connection shows it
  std::optional<StreamFormat> format_;
  bool is_streaming_ = false;
  std::optional<MonotonicTime> paused_since_;
  std::optional<Error> failure_;
  spa_hook hook_{};
  PipeWireOwner<pw_stream> stream_;  // last: it goes before its connection
};

}  // namespace meanwhile
