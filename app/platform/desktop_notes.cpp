#include "app/platform/desktop_notes.h"

#include <functional>
#include <memory>
#include <string>

#ifdef MEANWHILE_NOTIFICATIONS
#include <gio/gio.h>
#include <libnotify/notify.h>

#include <map>
#include <utility>

#include "media/base/log.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_NOTIFICATIONS
namespace {

struct Unref {
  void operator()(NotifyNotification* note) const { g_object_unref(note); }
  void operator()(GMainContext* context) const { g_main_context_unref(context); }
  void operator()(GMainLoop* loop) const { g_main_loop_unref(loop); }
  void operator()(GDBusConnection* bus) const { g_object_unref(bus); }
};
template <typename T>
using GlibPtr = std::unique_ptr<T, Unref>;

// libnotify hears of presses through the context in which it was first used: all of it happens on one thread.
class LibnotifyNotes final : public DesktopNotes {
 public:
  explicit LibnotifyNotes(std::function<void(const std::string&, const std::string&)> on_action)
      : on_action_(std::move(on_action)), thread_("notes", [this] { run(); }) {}
  ~LibnotifyNotes() override {
    post([this] { g_main_loop_quit(loop_.get()); });
  }

  void show(const DesktopNote& note) override {
    post([this, note] { show_here(note); });
  }

 private:
  using Work = std::function<void()>;

  void post(Work work) {
    const auto call = [](gpointer data) -> gboolean {
      (*static_cast<Work*>(data))();
      return G_SOURCE_REMOVE;
    };
    const auto release = [](gpointer data) { delete static_cast<Work*>(data); };
    auto owned = std::make_unique<Work>(std::move(work));
    GSource* const source = g_idle_source_new();
    g_source_set_callback(source, call, owned.release(), release);
    g_source_attach(source, context_.get());
    g_source_unref(source);
  }

  void run() {
    g_main_context_push_thread_default(context_.get());
    g_main_loop_run(loop_.get());
    if (watch_ != 0) g_dbus_connection_signal_unsubscribe(bus_.get(), watch_);
    shown_.clear();
    if (notify_is_initted()) notify_uninit();
    // What was subscribed to is given back by work that waits here.
    while (g_main_context_iteration(context_.get(), FALSE)) {
    }
    g_main_context_pop_thread_default(context_.get());
  }

  struct Press {
    LibnotifyNotes* notes;
    std::string key;
  };

  // Some services take the body for markup, the others for plain text.
  static std::string body_of(const std::string& text) {
    GList* const capabilities = notify_get_server_caps();
    const auto differs = [](gconstpointer one, gconstpointer other) {
      return g_strcmp0(static_cast<const char*>(one), static_cast<const char*>(other));
    };
    const bool has_markup = g_list_find_custom(capabilities, "body-markup", differs) != nullptr;
    g_list_free_full(capabilities, g_free);
    if (!has_markup) return text;
    const std::unique_ptr<char, decltype(&g_free)> escaped(g_markup_escape_text(text.c_str(), -1), g_free);
    return escaped.get();
  }

  // The session's bus, which libnotify takes too. By itself it would end the program when the session's bus
  // goes.
  bool reach_bus() {
    if (bus_) return true;
    GError* error = nullptr;
    bus_.reset(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, &error));
    if (bus_) {
      g_dbus_connection_set_exit_on_close(bus_.get(), FALSE);
      watch_service();
    } else {
      log_failure(error);
    }
    return bus_ != nullptr;
  }

  // One that starts anew numbers its notes from the beginning: a press on its first would be one on the first
  // of the service before, too. What that had shown is gone.
  void watch_service() {
    const auto on_change = [](GDBusConnection*, const char*, const char*, const char*, const char*,
                              GVariant* change, gpointer data) {
      const char* name = nullptr;
      const char* before = nullptr;
      const char* now = nullptr;
      g_variant_get(change, "(&s&s&s)", &name, &before, &now);
      if (*before != 0) static_cast<LibnotifyNotes*>(data)->shown_.clear();
    };
    watch_ = g_dbus_connection_signal_subscribe(bus_.get(), "org.freedesktop.DBus", "org.freedesktop.DBus",
                                                "NameOwnerChanged", "/org/freedesktop/DBus",
                                                "org.freedesktop.Notifications", G_DBUS_SIGNAL_FLAGS_NONE,
                                                on_change, this, nullptr);
  }

  // Takes the error.
  static void log_failure(GError* error) {
    log(LogLevel::Info, std::string("no note on the desktop: ") + (error ? error->message : "no service"));
    g_clear_error(&error);
  }

  void show_here(const DesktopNote& note) {
    if (!reach_bus()) return;
    if (!notify_is_initted() && !notify_init("Meanwhile")) return;
    const std::string body = body_of(note.text);
    GlibPtr<NotifyNotification>& shown = shown_[note.key];
    if (shown) {
      notify_notification_update(shown.get(), note.title.c_str(), body.c_str(), "meanwhile");
      notify_notification_clear_actions(shown.get());
    } else {
      shown.reset(notify_notification_new(note.title.c_str(), body.c_str(), "meanwhile"));
    }
    const auto on_press = [](NotifyNotification*, char* action, gpointer data) {
      const auto* press = static_cast<const Press*>(data);
      press->notes->on_action_(press->key, action);
    };
    const auto release = [](gpointer data) { delete static_cast<Press*>(data); };
    for (const DesktopNote::Button& button : note.buttons) {
      notify_notification_add_action(shown.get(), button.action.c_str(), button.label.c_str(), on_press,
                                     std::make_unique<Press>(Press{this, note.key}).release(), release);
    }
    GError* error = nullptr;
    if (notify_notification_show(shown.get(), &error)) return;
    log_failure(error);
    shown_.erase(note.key);
  }

  const std::function<void(const std::string&, const std::string&)> on_action_;
  const GlibPtr<GMainContext> context_{g_main_context_new()};
  const GlibPtr<GMainLoop> loop_{g_main_loop_new(context_.get(), FALSE)};
  std::map<std::string, GlibPtr<NotifyNotification>> shown_;  // only the thread's, as is the bus
  GlibPtr<GDBusConnection> bus_;
  guint watch_ = 0;  // for the service's end
  NamedThread thread_;
};

}  // namespace

std::unique_ptr<DesktopNotes> make_desktop_notes(
    std::function<void(const std::string&, const std::string&)> on_action) {
  return std::make_unique<LibnotifyNotes>(std::move(on_action));
}
#else
namespace {

class NoNotes final : public DesktopNotes {
 public:
  void show(const DesktopNote&) override {}
};

}  // namespace

std::unique_ptr<DesktopNotes> make_desktop_notes(
    std::function<void(const std::string&, const std::string&)>) {
  return std::make_unique<NoNotes>();
}
#endif

}  // namespace meanwhile
