#include "app/platform/tray.h"

#include <functional>
#include <memory>

#ifdef MEANWHILE_TRAY
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/bus_loop.h"
#include "app/platform/tray_icon.h"
#include "app/platform/tray_menu.h"
#include "media/base/bus.h"
#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_TRAY
namespace {

constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kWatcherPath = "/StatusNotifierWatcher";
constexpr const char* kItem = "org.kde.StatusNotifierItem";
constexpr const char* kItemPath = "/StatusNotifierItem";
// Panels of today, and those of screens with twice the pixels.
constexpr std::array kIconSides{22, 44};

// Source: freedesktop.org, StatusNotifierItem 0.1, and what KDE, waybar and GNOME's AppIndicator read of it.
class BusTray final : public Tray, private BusLoop::Client {
 public:
  explicit BusTray(std::function<void(TrayWish)> on_wish)
      : on_wish_(std::move(on_wish)),
        thread_("tray", [this](const std::stop_token& stop) { loop_.run(*this, "sign in the tray", stop); }) {
  }
  ~BusTray() override {
    thread_.request_stop();
    loop_.wake();
  }

  void show(const TrayView& view) override {
    {
      auto wanted = wanted_.lock();
      if (*wanted == view) return;
      *wanted = view;
    }
    loop_.wake();
  }

 private:
  bool begin(sd_bus* bus) override;
  void go_on(sd_bus*) override { take_up_view(); }
  void register_item();
  void take_up_view();
  void emit(const char* signal) { sd_bus_emit_signal(bus_, kItemPath, kItem, signal, ""); }
  int answer_property(std::string_view property, sd_bus_message* reply) const;
  int answer_menu(std::string_view method, sd_bus_message* call, sd_bus_error* error);
  void obey_events(sd_bus_message* call);
  const char* status() const { return shown_.mood == TrayMood::Trouble ? "NeedsAttention" : "Active"; }

  static BusTray& of(void* self) { return *static_cast<BusTray*>(self); }
  static int on_property(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                         void* self, sd_bus_error*) {
    return of(self).answer_property(property, reply);
  }
  static int on_menu_property(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                              void*, sd_bus_error*);
  static int on_item_method(sd_bus_message* call, void* self, sd_bus_error*);
  static int on_menu_method(sd_bus_message* call, void* self, sd_bus_error* error) {
    return of(self).answer_menu(sd_bus_message_get_member(call), call, error);
  }
  static int on_watcher(sd_bus_message* signal, void* self, sd_bus_error*);
  static const sd_bus_vtable kItemTable[];
  static const sd_bus_vtable kMenuTable[];

  const std::function<void(TrayWish)> on_wish_;
  // Shared.
  Guarded<TrayView> wanted_;
  BusLoop loop_;
  // Only the thread's.
  TrayView shown_;
  TrayMenu menu_;
  std::string name_;
  sd_bus* bus_ = nullptr;  // the loop's
  NamedThread thread_;     // last: joined before anything above goes
};

const sd_bus_vtable BusTray::kItemTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Category", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("Id", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("Title", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("Status", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("WindowId", "i", on_property, 0, 0),
    SD_BUS_PROPERTY("IconThemePath", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("IconName", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("IconPixmap", "a(iiay)", on_property, 0, 0),
    SD_BUS_PROPERTY("OverlayIconName", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("OverlayIconPixmap", "a(iiay)", on_property, 0, 0),
    SD_BUS_PROPERTY("AttentionIconName", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("AttentionIconPixmap", "a(iiay)", on_property, 0, 0),
    SD_BUS_PROPERTY("AttentionMovieName", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("ToolTip", "(sa(iiay)ss)", on_property, 0, 0),
    SD_BUS_PROPERTY("ItemIsMenu", "b", on_property, 0, 0),
    SD_BUS_PROPERTY("Menu", "o", on_property, 0, 0),
    SD_BUS_PROPERTY("XAyatanaLabel", "s", on_property, 0, 0),
    SD_BUS_PROPERTY("XAyatanaLabelGuide", "s", on_property, 0, 0),
    SD_BUS_METHOD("ContextMenu", "ii", "", on_item_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Activate", "ii", "", on_item_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SecondaryActivate", "ii", "", on_item_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Scroll", "is", "", on_item_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("NewTitle", "", 0),
    SD_BUS_SIGNAL("NewIcon", "", 0),
    SD_BUS_SIGNAL("NewAttentionIcon", "", 0),
    SD_BUS_SIGNAL("NewOverlayIcon", "", 0),
    SD_BUS_SIGNAL("NewToolTip", "", 0),
    SD_BUS_SIGNAL("NewStatus", "s", 0),
    SD_BUS_SIGNAL("XAyatanaNewLabel", "ss", 0),
    SD_BUS_VTABLE_END};

const sd_bus_vtable BusTray::kMenuTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Version", "u", on_menu_property, 0, 0),
    SD_BUS_PROPERTY("TextDirection", "s", on_menu_property, 0, 0),
    SD_BUS_PROPERTY("Status", "s", on_menu_property, 0, 0),
    SD_BUS_PROPERTY("IconThemePath", "as", on_menu_property, 0, 0),
    SD_BUS_METHOD("GetLayout", "iias", "u(ia{sv}av)", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetGroupProperties", "aias", "a(ia{sv})", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetProperty", "is", "v", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Event", "isvu", "", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("EventGroup", "a(isvu)", "ai", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShow", "i", "b", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShowGroup", "ai", "aiai", on_menu_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", 0),
    SD_BUS_SIGNAL("LayoutUpdated", "ui", 0),
    SD_BUS_SIGNAL("ItemActivationRequested", "iu", 0),
    SD_BUS_VTABLE_END};

// One after the other in this process, as the specification names them.
std::string next_item_name() {
  static std::atomic<int> number = 0;
  return fmt::format("org.kde.StatusNotifierItem-{}-{}", ::getpid(), ++number);
}

bool BusTray::begin(sd_bus* made) {
  bus_ = made;
  name_ = next_item_name();
  const std::string watched = fmt::format(
      "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged'"
      ","
      "arg0='{}'",
      kWatcher);
  const bool is_made =
      sd_bus_add_object_vtable(made, nullptr, kItemPath, kItem, kItemTable, this) >= 0 &&
      sd_bus_add_object_vtable(made, nullptr, kTrayMenuPath, kTrayMenuInterface, kMenuTable, this) >= 0 &&
      sd_bus_request_name_async(made, nullptr, name_.c_str(), 0, nullptr, nullptr) >= 0 &&
      sd_bus_add_match_async(made, nullptr, watched.c_str(), on_watcher, nullptr, this) >= 0;
  if (is_made) register_item();
  return is_made;
}

// Where there is no watcher the bus says so, and nobody minds: it is told again when one comes.
void BusTray::register_item() {
  sd_bus_message* made = nullptr;
  if (sd_bus_message_new_method_call(bus_, &made, kWatcher, kWatcherPath, kWatcher,
                                     "RegisterStatusNotifierItem") < 0)
    return;
  const BusMessagePtr call(made);
  sd_bus_message_set_auto_start(made, 0);
  sd_bus_message_set_expect_reply(made, 0);
  if (sd_bus_message_append(made, "s", name_.c_str()) >= 0) sd_bus_send(bus_, made, nullptr);
}

int BusTray::on_watcher(sd_bus_message* signal, void* self, sd_bus_error*) {
  const char* name = nullptr;
  const char* before = nullptr;
  const char* now = nullptr;
  if (sd_bus_message_read(signal, "sss", &name, &before, &now) >= 0 && *now != '\0') of(self).register_item();
  return 0;
}

void BusTray::take_up_view() {
  const TrayView before = std::exchange(shown_, wanted_.copy());
  if (shown_ == before) return;
  menu_.show(shown_);
  if (shown_.mood != before.mood) {
    emit("NewIcon");
    emit("NewAttentionIcon");
    sd_bus_emit_signal(bus_, kItemPath, kItem, "NewStatus", "s", status());
  }
  if (shown_.words != before.words) {
    emit("NewTitle");
    emit("NewToolTip");
  }
  if (shown_.time != before.time)
    sd_bus_emit_signal(bus_, kItemPath, kItem, "XAyatanaNewLabel", "ss", shown_.time.c_str(), "00:00:00");
  sd_bus_message* made = nullptr;
  if (sd_bus_message_new_signal(bus_, &made, kTrayMenuPath, kTrayMenuInterface, "ItemsPropertiesUpdated") < 0)
    return;
  const BusMessagePtr update(made);
  if (menu_.append_update(made) >= 0) sd_bus_send(bus_, made, nullptr);
}

int append_icons(sd_bus_message* reply, TrayMood mood) {
  if (const int open = sd_bus_message_open_container(reply, 'a', "(iiay)"); open < 0) return open;
  for (const int side : kIconSides) {
    const auto pixels = tray_icon(mood, side);
    int done = sd_bus_message_open_container(reply, 'r', "iiay");
    if (done >= 0) done = sd_bus_message_append(reply, "ii", side, side);
    if (done >= 0) done = sd_bus_message_append_array(reply, 'y', pixels.data(), pixels.size());
    if (done >= 0) done = sd_bus_message_close_container(reply);
    if (done < 0) return done;
  }
  return sd_bus_message_close_container(reply);
}

int append_tooltip(sd_bus_message* reply, const TrayView& view) {
  int done = sd_bus_message_open_container(reply, 'r', "sa(iiay)ss");
  if (done >= 0) done = sd_bus_message_append(reply, "sa(iiay)ss", "", 0, "Meanwhile", view.words.c_str());
  return done < 0 ? done : sd_bus_message_close_container(reply);
}

int BusTray::answer_property(std::string_view property, sd_bus_message* reply) const {
  const auto text = [reply](const char* words) { return sd_bus_message_append(reply, "s", words); };
  if (property == "Category") return text("ApplicationStatus");
  if (property == "Id") return text("meanwhile");
  if (property == "Title") return text(("Meanwhile: " + shown_.words).c_str());
  if (property == "Status") return text(status());
  if (property == "WindowId") return sd_bus_message_append(reply, "i", 0);
  if (property == "IconPixmap" || property == "AttentionIconPixmap") return append_icons(reply, shown_.mood);
  if (property == "OverlayIconPixmap") return sd_bus_message_append(reply, "a(iiay)", 0);
  if (property == "ToolTip") return append_tooltip(reply, shown_);
  if (property == "ItemIsMenu") return sd_bus_message_append(reply, "b", 0);
  if (property == "Menu") return sd_bus_message_append(reply, "o", kTrayMenuPath);
  if (property == "XAyatanaLabel") return text(shown_.time.c_str());
  if (property == "XAyatanaLabelGuide") return text("00:00:00");
  return text("");  // names of icons: they come as pixels
}

int BusTray::on_menu_property(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                              void*, sd_bus_error*) {
  constexpr std::uint32_t kVersion = 3;
  const std::string_view name = property;
  if (name == "Version") return sd_bus_message_append(reply, "u", kVersion);
  if (name == "IconThemePath") return sd_bus_message_append(reply, "as", 0);
  return sd_bus_message_append(reply, "s", name == "TextDirection" ? "ltr" : "normal");
}

int BusTray::on_item_method(sd_bus_message* call, void* self, sd_bus_error*) {
  const std::string_view method = sd_bus_message_get_member(call);
  if (method == "Activate") of(self).on_wish_(TrayWish::ShowWindow);
  if (method == "SecondaryActivate") of(self).on_wish_(TrayWish::PauseOrResume);
  return sd_bus_reply_method_return(call, "");
}

void BusTray::obey_events(sd_bus_message* call) {
  if (sd_bus_message_enter_container(call, 'a', "(isvu)") < 0) return;
  while (sd_bus_message_enter_container(call, 'r', "isvu") > 0) {
    if (const auto wish = TrayMenu::read_event(call)) on_wish_(*wish);
    sd_bus_message_skip(call, "vu");
    sd_bus_message_exit_container(call);
  }
}

int BusTray::answer_menu(std::string_view method, sd_bus_message* call, sd_bus_error* error) {
  if (method == "GetLayout") return menu_.answer_layout(call);
  if (method == "GetGroupProperties") return menu_.answer_group_properties(call);
  if (method == "GetProperty") return menu_.answer_property(call, error);
  if (method == "AboutToShow") return sd_bus_reply_method_return(call, "b", 0);
  if (method == "AboutToShowGroup") return sd_bus_reply_method_return(call, "aiai", 0, 0);
  if (method == "EventGroup") {
    obey_events(call);
    return sd_bus_reply_method_return(call, "ai", 0);
  }
  if (const auto wish = TrayMenu::read_event(call)) on_wish_(*wish);
  return sd_bus_reply_method_return(call, "");
}

}  // namespace

std::unique_ptr<Tray> make_tray(std::function<void(TrayWish)> on_wish) {
  return std::make_unique<BusTray>(std::move(on_wish));
}
#else
namespace {

class NoTray final : public Tray {
 public:
  void show(const TrayView&) override {}
};

}  // namespace

std::unique_ptr<Tray> make_tray(std::function<void(TrayWish)>) {
  return std::make_unique<NoTray>();
}
#endif

}  // namespace meanwhile
