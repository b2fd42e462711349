#include "media/capture/pipewire/stream.h"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/pipewire/connection.h"
#include "media/capture/pipewire/formats.h"

namespace meanwhile {
namespace {

// A camera that is pulled out must not be replaced by another one without a word.
pw_properties* properties_of(const StreamRequest& request) {
  pw_properties* properties = pw_properties_new(
      PW_KEY_MEDIA_TYPE, "Video", PW_KEY_MEDIA_CATEGORY, "Capture", PW_KEY_MEDIA_ROLE,
      request.use == StreamUse::Screen ? "Screen" : "Camera", PW_KEY_NODE_DONT_RECONNECT, "true", nullptr);
  // A serial is exact where an id may belong to another node by the time it is looked up.
  if (!request.serial.empty()) pw_properties_set(properties, PW_KEY_TARGET_OBJECT, request.serial.c_str());
  return properties;
}

}  // namespace

const pw_stream_events PipeWireStream::kEvents{
    .version = PW_VERSION_STREAM_EVENTS,
    .state_changed = [](void* self, pw_stream_state, pw_stream_state state,
                        const char* error) { static_cast<PipeWireStream*>(self)->on_state(state, error); },
    .param_changed =
        [](void* self, std::uint32_t id, const spa_pod* parameter) {
          static_cast<PipeWireStream*>(self)->on_parameter(id, parameter);
        }};

PipeWireStream::PipeWireStream(std::unique_ptr<PipeWireConnection> connection, std::uint32_t node)
    : connection_(std::move(connection)), node_(node), is_node_known_(connection_->nodes().contains(node)) {}

PipeWireStream::~PipeWireStream() {
  if (stream_) spa_hook_remove(&hook_);
}

Result<std::unique_ptr<PipeWireStream>> PipeWireStream::connect(
    std::unique_ptr<PipeWireConnection> connection, const StreamRequest& request) {
  std::unique_ptr<PipeWireStream> stream(new PipeWireStream(std::move(connection), request.node));
  MEANWHILE_TRY(stream->open(request));
  return stream;
}

Result<void> PipeWireStream::open(const StreamRequest& request) {
  stream_.reset(pw_stream_new(connection_->core(), "Meanwhile", properties_of(request)));
  if (!stream_)
    return fail(ErrorCode::Unavailable, tr_format("making a PipeWire stream: {}", std::strerror(errno)));
  pw_stream_add_listener(stream_.get(), &hook_, &kEvents, this);
  StreamParameters offer;
  offer.offer_formats(request.use, request.frames_per_second);
  auto pods = offer.pods();
  const auto flags = static_cast<pw_stream_flags>(PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS |
                                                  PW_STREAM_FLAG_DONT_RECONNECT);
  const std::uint32_t target = request.serial.empty() ? request.node : PW_ID_ANY;
  const int result = pw_stream_connect(stream_.get(), PW_DIRECTION_INPUT, target, flags, pods.data(),
                                       static_cast<std::uint32_t>(pods.size()));
  if (result >= 0) return {};
  return fail(ErrorCode::Unavailable, tr_format("connecting a PipeWire stream: {}", std::strerror(-result)));
}

PipeWireStream::Buffer PipeWireStream::take() {
  return {pw_stream_dequeue_buffer(stream_.get()), GiveBack{stream_.get()}};
}

std::optional<Error> PipeWireStream::trouble(MonotonicTime now, std::chrono::milliseconds patience) {
  if (connection_->failure()) return connection_->failure();
  if (failure_) return failure_;
  if (is_node_known_ && !connection_->nodes().contains(node_))
    return Error{ErrorCode::Unavailable, tr("what gave the pictures is gone")};
  if (is_streaming_) {
    paused_since_.reset();
    return std::nullopt;
  }
  if (!paused_since_) paused_since_ = now;
  if (now - *paused_since_ < patience) return std::nullopt;
  return Error{ErrorCode::Unavailable, tr("the pictures were paused and didn't come back")};
}

void PipeWireStream::on_state(pw_stream_state state, const char* error) {
  is_streaming_ = state == PW_STREAM_STATE_STREAMING;
  if (failure_) return;
  if (state == PW_STREAM_STATE_ERROR) {
    failure_ = Error{ErrorCode::Unavailable,
                     tr_format("PipeWire ended the pictures: {}", error ? error : tr("it doesn't say why"))};
  } else if (state == PW_STREAM_STATE_UNCONNECTED) {
    failure_ = Error{ErrorCode::Unavailable, tr("PipeWire ended the pictures")};
  }
}

void PipeWireStream::on_parameter(std::uint32_t id, const spa_pod* parameter) {
  if (id != SPA_PARAM_Format || !parameter) return;
  format_ = parse_format(*parameter);
  StreamParameters wishes;
  wishes.ask_for_buffers();
  auto pods = wishes.pods();
  pw_stream_update_params(stream_.get(), pods.data(), static_cast<std::uint32_t>(pods.size()));
}

}  // namespace meanwhile
