#include "app/platform/accessible_bridge.h"

#include <functional>
#include <memory>

#include "app/platform/accessible.h"

#ifdef MEANWHILE_ATSPI
#include <atk-bridge.h>
#include <gio/gio.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "app/platform/accessible_tree.h"
#include "media/base/guarded.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_ATSPI
namespace {

constexpr const char* kBusName = "org.a11y.Bus";
constexpr const char* kBusPath = "/org/a11y/bus";
constexpr const char* kStatus = "org.a11y.Status";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";

struct BridgeUnref {
  void operator()(GMainLoop* loop) const { g_main_loop_unref(loop); }
  void operator()(GDBusConnection* bus) const { g_object_unref(bus); }
  void operator()(GCancellable* ending) const { g_object_unref(ending); }
  void operator()(GVariant* value) const { g_variant_unref(value); }
};
template <typename T>
using BridgePtr = std::unique_ptr<T, BridgeUnref>;

// Looks whether the session has somebody who listens (the properties of org.a11y.Status), and starts nothing
// for it: a screen reader brings the accessibility bus along. Only then the tree goes onto that bus.
// atk-bridge works in the default main context and can't be begun twice: once there, the tree stays until the
// window ends.
class AtspiBridge final : public AccessibleBridge {
 public:
  explicit AtspiBridge(AccessibleCalls calls)
      : calls_(std::move(calls)), thread_("accessible", [this] { run(); }) {}
  ~AtspiBridge() override {
    post([](AtspiBridge& self) { g_main_loop_quit(self.loop_.get()); });
  }

  bool is_heard() const override { return is_heard_.load(); }

  void show(AccessibleFrame frame) override {
    const bool is_waiting = std::exchange(*newest_.lock(), std::move(frame)).has_value();
    if (!is_waiting) post([](AtspiBridge& self) { self.show_newest(); });
  }

 private:
  using Work = void (*)(AtspiBridge&);
  struct Letter {
    AtspiBridge* self;
    Work work;
  };

  void post(Work work) {
    const auto call = [](gpointer data) -> gboolean {
      const auto* letter = static_cast<Letter*>(data);
      letter->work(*letter->self);
      return G_SOURCE_REMOVE;
    };
    const auto release = [](gpointer data) { delete static_cast<Letter*>(data); };
    GSource* const source = g_idle_source_new();
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, call, std::make_unique<Letter>(this, work).release(), release);
    g_source_attach(source, nullptr);
    g_source_unref(source);
  }

  void run();
  bool reach_bus();
  void watch();
  void ask_status();
  void take_status(GVariant* properties);
  void begin_telling();
  void show_newest();

  static AtspiBridge& of(gpointer self) { return *static_cast<AtspiBridge*>(self); }

  const AccessibleCalls calls_;
  const BridgePtr<GCancellable> ending_{g_cancellable_new()};
  const BridgePtr<GMainLoop> loop_{g_main_loop_new(nullptr, FALSE)};
  // Shared.
  std::atomic<bool> is_heard_ = false;
  Guarded<std::optional<AccessibleFrame>> newest_;
  // Only the thread's.
  BridgePtr<GDBusConnection> bus_;
  guint watched_name_ = 0;
  guint watched_status_ = 0;
  bool is_enabled_ = false;
  bool is_read_ = false;
  std::optional<AccessibleTree> tree_;
  NamedThread thread_;  // last: joined before anything above goes
};

void AtspiBridge::run() {
  if (reach_bus()) watch();
  g_main_loop_run(loop_.get());
  if (tree_) atk_bridge_adaptor_cleanup();
  tree_.reset();
  if (!bus_) return;
  g_bus_unwatch_name(watched_name_);
  g_dbus_connection_signal_unsubscribe(bus_.get(), watched_status_);
  g_cancellable_cancel(ending_.get());
  // What was asked for, and subscribed to, is given back by work that waits here.
  while (g_main_context_iteration(nullptr, FALSE)) {
  }
}

// GLib would start a bus where the session has none.
bool has_session_bus() {
  if (std::getenv("DBUS_SESSION_BUS_ADDRESS")) return true;
  const char* const folder = std::getenv("XDG_RUNTIME_DIR");
  std::error_code error;
  return folder && std::filesystem::exists(std::filesystem::path(folder) / "bus", error);
}

bool AtspiBridge::reach_bus() {
  if (!has_session_bus()) return false;
  GError* error = nullptr;
  bus_.reset(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, &error));
  if (bus_) {
    // Else it would end the program when the session's bus goes.
    g_dbus_connection_set_exit_on_close(bus_.get(), FALSE);
  } else {
    log(LogLevel::Info,
        std::string("no screen reader can listen: ") + (error ? error->message : "no session bus"));
  }
  g_clear_error(&error);
  return bus_ != nullptr;
}

void AtspiBridge::watch() {
  const auto on_change = [](GDBusConnection*, const char*, const char*, const char*, const char*,
                            GVariant* parameters, gpointer self) {
    const BridgePtr<GVariant> changed(g_variant_get_child_value(parameters, 1));
    of(self).take_status(changed.get());
  };
  watched_status_ =
      g_dbus_connection_signal_subscribe(bus_.get(), kBusName, kProperties, "PropertiesChanged", kBusPath,
                                         kStatus, G_DBUS_SIGNAL_FLAGS_NONE, on_change, this, nullptr);
  const auto on_appeared = [](GDBusConnection*, const char*, const char*, gpointer self) {
    of(self).ask_status();
  };
  watched_name_ = g_bus_watch_name_on_connection(bus_.get(), kBusName, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                 on_appeared, nullptr, this, nullptr);
}

void AtspiBridge::ask_status() {
  const auto on_answer = [](GObject* bus, GAsyncResult* result, gpointer self) {
    const BridgePtr<GVariant> answer(
        g_dbus_connection_call_finish(reinterpret_cast<GDBusConnection*>(bus), result, nullptr));
    if (!answer) return;
    const BridgePtr<GVariant> properties(g_variant_get_child_value(answer.get(), 0));
    of(self).take_status(properties.get());
  };
  g_dbus_connection_call(bus_.get(), kBusName, kBusPath, kProperties, "GetAll", g_variant_new("(s)", kStatus),
                         G_VARIANT_TYPE("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, ending_.get(),
                         on_answer, this);
}

void AtspiBridge::take_status(GVariant* properties) {
  const auto look = [properties](const char* name, bool& into) {
    gboolean value = FALSE;
    if (g_variant_lookup(properties, name, "b", &value)) into = value != FALSE;
  };
  look("IsEnabled", is_enabled_);
  look("ScreenReaderEnabled", is_read_);
  const bool is_heard = is_enabled_ || is_read_;
  if (is_heard && !tree_) begin_telling();
  if (is_heard_.exchange(is_heard) != is_heard && is_heard) calls_.on_heard();
}

void AtspiBridge::begin_telling() {
  tree_.emplace(calls_.on_wish);
  atk_bridge_adaptor_init(nullptr, nullptr);
}

void AtspiBridge::show_newest() {
  const std::optional<AccessibleFrame> frame = std::exchange(*newest_.lock(), std::nullopt);
  if (frame && tree_) tree_->show(*frame);
}

}  // namespace

std::unique_ptr<AccessibleBridge> make_accessible_bridge(AccessibleCalls calls) {
  return std::make_unique<AtspiBridge>(std::move(calls));
}
#else
namespace {

class NoBridge final : public AccessibleBridge {
 public:
  bool is_heard() const override { return false; }
  void show(AccessibleFrame) override {}
};

}  // namespace

std::unique_ptr<AccessibleBridge> make_accessible_bridge(AccessibleCalls) {
  return std::make_unique<NoBridge>();
}
#endif

}  // namespace meanwhile
