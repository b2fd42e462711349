#include "media/capture/pipewire/connection.h"

#include <spa/utils/result.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <expected>
#include <memory>
#include <string>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr auto kListingTimeout = 5s;

Error unavailable(const std::string& why) {
  return {ErrorCode::Unavailable,
          tr_format("connecting to PipeWire: {}; check that its services run (pipewire, wireplumber)", why)};
}

// What goes wrong reaches us as errors: no need to write it to standard error as well.
bool set_up_library() {
  pw_init(nullptr, nullptr);
  if (!std::getenv("PIPEWIRE_DEBUG")) pw_log_set_level(SPA_LOG_LEVEL_NONE);
  return true;
}

std::string value_of(const spa_dict* properties, const char* key) {
  const char* value = properties ? spa_dict_lookup(properties, key) : nullptr;
  return value ? value : "";
}

}  // namespace

const pw_core_events PipeWireConnection::kCoreEvents{
    .version = PW_VERSION_CORE_EVENTS,
    .done = [](void* self, std::uint32_t,
               int sequence) { static_cast<PipeWireConnection*>(self)->on_done(sequence); },
    .error = [](void* self, std::uint32_t id, int, int result,
                const char*) { static_cast<PipeWireConnection*>(self)->on_error(id, result); }};

const pw_registry_events PipeWireConnection::kRegistryEvents{
    .version = PW_VERSION_REGISTRY_EVENTS,
    .global =
        [](void* self, std::uint32_t id, std::uint32_t, const char* type, std::uint32_t,
           const spa_dict* properties) {
          static_cast<PipeWireConnection*>(self)->on_global(id, type, properties);
        },
    .global_remove = [](void* self,
                        std::uint32_t id) { static_cast<PipeWireConnection*>(self)->nodes_.erase(id); }};

Result<std::unique_ptr<PipeWireConnection>> PipeWireConnection::open(int remote) {
  [[maybe_unused]] static const bool is_ready = set_up_library();
  std::unique_ptr<PipeWireConnection> connection(new PipeWireConnection);
  MEANWHILE_TRY(connection->connect(remote));
  MEANWHILE_TRY(connection->list_nodes());
  return connection;
}

PipeWireConnection::~PipeWireConnection() {
  if (registry_) spa_hook_remove(&registry_hook_);
  if (core_) spa_hook_remove(&core_hook_);
}

Result<void> PipeWireConnection::connect(int remote) {
  loop_.reset(pw_loop_new(nullptr));
  if (!loop_) return std::unexpected(unavailable(std::strerror(errno)));
  wake_up_ = pw_loop_add_event(loop_.get(), [](void*, std::uint64_t) {}, nullptr);
  context_.reset(pw_context_new(loop_.get(), nullptr, 0));
  if (!context_) return std::unexpected(unavailable(std::strerror(errno)));
  // The descriptor is closed by PipeWire, also where this fails.
  core_.reset(remote == kOfSession ? pw_context_connect(context_.get(), nullptr, 0)
                                   : pw_context_connect_fd(context_.get(), remote, nullptr, 0));
  if (!core_) return std::unexpected(unavailable(std::strerror(errno)));
  pw_core_add_listener(core_.get(), &core_hook_, &kCoreEvents, this);
  return {};
}

Result<void> PipeWireConnection::list_nodes() {
  registry_.reset(pw_core_get_registry(core_.get(), PW_VERSION_REGISTRY, 0));
  if (!registry_) return std::unexpected(unavailable(std::strerror(errno)));
  pw_registry_add_listener(registry_.get(), &registry_hook_, &kRegistryEvents, this);
  const int wanted = pw_core_sync(core_.get(), PW_ID_CORE, 0);
  const auto deadline = std::chrono::steady_clock::now() + kListingTimeout;
  while (listed_ != wanted && !failure_) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= 0ms) return std::unexpected(unavailable(tr("it doesn't answer")));
    wait(left);
  }
  if (failure_) return std::unexpected(*failure_);
  return {};
}

// The loop belongs to a thread only while that is in it, so that another one may take it over.
void PipeWireConnection::wait(std::chrono::milliseconds at_most) {
  pw_loop_enter(loop_.get());
  pw_loop_iterate(loop_.get(), static_cast<int>(std::max(at_most, 0ms).count()));
  pw_loop_leave(loop_.get());
}

void PipeWireConnection::wake() {
  pw_loop_signal_event(loop_.get(), wake_up_);
}

void PipeWireConnection::also_wait_for(int descriptor) {
  constexpr bool kStaysOpen = false;
  pw_loop_add_io(
      loop_.get(), descriptor, SPA_IO_IN | SPA_IO_HUP | SPA_IO_ERR, kStaysOpen,
      [](void*, int, std::uint32_t) {}, nullptr);
}

void PipeWireConnection::on_done(int sequence) {
  listed_ = sequence;
}

// Other objects' errors reach us through them.
void PipeWireConnection::on_error(std::uint32_t id, int result) {
  if (id == PW_ID_CORE && !failure_) {
    failure_ = Error{ErrorCode::Unavailable, tr_format("PipeWire went away ({})", spa_strerror(result))};
  }
}

void PipeWireConnection::on_global(std::uint32_t id, const char* type, const spa_dict* properties) {
  if (std::strcmp(type, PW_TYPE_INTERFACE_Node) != 0) return;
  nodes_[id] = {.name = value_of(properties, PW_KEY_NODE_NAME),
                .serial = value_of(properties, PW_KEY_OBJECT_SERIAL),
                .description = value_of(properties, PW_KEY_NODE_DESCRIPTION),
                .media_class = value_of(properties, PW_KEY_MEDIA_CLASS),
                .device_path = value_of(properties, "api.v4l2.path")};
}

}  // namespace meanwhile
