// Owners of PipeWire's objects. Each must go before the one that it was made from.
#pragma once

#include <pipewire/pipewire.h>

#include <memory>

namespace meanwhile {

struct PipeWireDeleter {
  void operator()(pw_loop* loop) const { pw_loop_destroy(loop); }
  void operator()(pw_context* context) const { pw_context_destroy(context); }
  void operator()(pw_core* core) const { pw_core_disconnect(core); }
  void operator()(pw_registry* registry) const { pw_proxy_destroy(reinterpret_cast<pw_proxy*>(registry)); }
  void operator()(pw_stream* stream) const { pw_stream_destroy(stream); }
};

template <typename T>
using PipeWireOwner = std::unique_ptr<T, PipeWireDeleter>;

}  // namespace meanwhile
