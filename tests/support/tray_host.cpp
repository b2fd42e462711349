#include "tests/support/tray_host.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace meanwhile {
namespace {

constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kWatcherPath = "/StatusNotifierWatcher";
constexpr const char* kItem = "org.kde.StatusNotifierItem";
constexpr const char* kItemPath = "/StatusNotifierItem";
constexpr const char* kMenu = "com.canonical.dbusmenu";
constexpr const char* kMenuPath = "/MenuBar";
constexpr std::uint64_t kLookEveryUs = 20'000;

}  // namespace

TrayHost::Watcher::Watcher(BusPtr bus) : bus_(std::move(bus)) {
  const auto handle = [](sd_bus_message* message, void* self, sd_bus_error*) {
    return static_cast<Watcher*>(self)->answer(message);
  };
  sd_bus_add_object(bus_.get(), nullptr, kWatcherPath, handle, this);
  sd_bus_request_name(bus_.get(), kWatcher, 0);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void TrayHost::Watcher::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    while (sd_bus_process(bus_.get(), nullptr) > 0) {
    }
    sd_bus_wait(bus_.get(), kLookEveryUs);
  }
}

int TrayHost::Watcher::answer(sd_bus_message* call) {
  if (sd_bus_message_is_method_call(call, kWatcher, "RegisterStatusNotifierItem") <= 0) return 0;
  const char* name = nullptr;
  sd_bus_message_read(call, "s", &name);
  registered_.lock()->emplace_back(name);
  return sd_bus_reply_method_return(call, "");
}

Result<std::unique_ptr<TrayHost>> TrayHost::start() {
  auto session = SessionBus::start();
  if (!session) return std::unexpected(session.error());
  std::unique_ptr<TrayHost> host(new TrayHost);
  host->session_ = std::move(*session);
  host->asking_ = host->session_->connect();
  return host;
}

void TrayHost::appear() {
  watcher_ = std::make_unique<Watcher>(session_->connect());
}

std::vector<std::string> TrayHost::items() {
  std::vector<std::string> there;
  if (!watcher_) return there;
  for (const std::string& name : watcher_->registered()) {
    sd_bus_message* reply = nullptr;
    sd_bus_call_method(asking_.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                       "NameHasOwner", nullptr, &reply, "s", name.c_str());
    const BusMessagePtr owned(reply);
    int has_owner = 0;
    if (reply && sd_bus_message_read(reply, "b", &has_owner) > 0 && has_owner != 0) there.push_back(name);
  }
  return there;
}

std::string TrayHost::text(const std::string& item, const std::string& property) {
  if (property == "ToolTip") {
    sd_bus_message* reply = nullptr;
    sd_bus_get_property(asking_.get(), item.c_str(), kItemPath, kItem, "ToolTip", nullptr, &reply,
                        "(sa(iiay)ss)");
    const BusMessagePtr answer(reply);
    const char* words = nullptr;
    if (!reply || sd_bus_message_enter_container(reply, 'r', "sa(iiay)ss") <= 0) return {};
    sd_bus_message_skip(reply, "sa(iiay)s");
    return sd_bus_message_read(reply, "s", &words) > 0 ? words : "";
  }
  char* words = nullptr;
  sd_bus_get_property_string(asking_.get(), item.c_str(), kItemPath, kItem, property.c_str(), nullptr,
                             &words);
  const std::unique_ptr<char, decltype(&std::free)> owned(words, &std::free);
  return words ? words : "";
}

std::vector<int> TrayHost::icon_sides(const std::string& item) {
  sd_bus_message* reply = nullptr;
  sd_bus_get_property(asking_.get(), item.c_str(), kItemPath, kItem, "IconPixmap", nullptr, &reply,
                      "a(iiay)");
  const BusMessagePtr answer(reply);
  std::vector<int> sides;
  if (!reply || sd_bus_message_enter_container(reply, 'a', "(iiay)") <= 0) return sides;
  while (sd_bus_message_enter_container(reply, 'r', "iiay") > 0) {
    int width = 0;
    int height = 0;
    const void* pixels = nullptr;
    std::size_t size = 0;
    sd_bus_message_read(reply, "ii", &width, &height);
    sd_bus_message_read_array(reply, 'y', &pixels, &size);
    sd_bus_message_exit_container(reply);
    if (size == std::size_t(width) * std::size_t(height) * 4) sides.push_back(width);
  }
  return sides;
}

// Stands before the contents of (ia{sv}av).
TrayHost::MenuItem TrayHost::read_item(sd_bus_message* reply) {
  MenuItem item;
  sd_bus_message_read(reply, "i", &item.id);
  sd_bus_message_enter_container(reply, 'a', "{sv}");
  while (sd_bus_message_enter_container(reply, 'e', "sv") > 0) {
    const char* name = nullptr;
    sd_bus_message_read(reply, "s", &name);
    const char* text = nullptr;
    int flag = 0;
    if (std::strcmp(name, "label") == 0 && sd_bus_message_read(reply, "v", "s", &text) > 0) {
      item.label = text;
    } else if (std::strcmp(name, "type") == 0 && sd_bus_message_read(reply, "v", "s", &text) > 0) {
      item.is_line = std::strcmp(text, "separator") == 0;
    } else if (std::strcmp(name, "enabled") == 0 && sd_bus_message_read(reply, "v", "b", &flag) > 0) {
      item.is_enabled = flag != 0;
    } else {
      sd_bus_message_skip(reply, "v");
    }
    sd_bus_message_exit_container(reply);
  }
  sd_bus_message_exit_container(reply);
  return item;
}

std::vector<TrayHost::MenuItem> TrayHost::read_menu(const std::string& item) {
  sd_bus_message* reply = nullptr;
  sd_bus_call_method(asking_.get(), item.c_str(), kMenuPath, kMenu, "GetLayout", nullptr, &reply, "iias", 0,
                     -1, 0);
  const BusMessagePtr answer(reply);
  std::vector<MenuItem> items;
  if (!reply || sd_bus_message_skip(reply, "u") < 0 ||
      sd_bus_message_enter_container(reply, 'r', "ia{sv}av") <= 0)
    return items;
  read_item(reply);  // the root
  sd_bus_message_enter_container(reply, 'a', "v");
  while (sd_bus_message_enter_container(reply, 'v', "(ia{sv}av)") > 0) {
    sd_bus_message_enter_container(reply, 'r', "ia{sv}av");
    items.push_back(read_item(reply));
    sd_bus_message_skip(reply, "av");
    sd_bus_message_exit_container(reply);
    sd_bus_message_exit_container(reply);
  }
  return items;
}

std::vector<std::string> TrayHost::menu(const std::string& item) {
  std::vector<std::string> labels;
  for (const MenuItem& entry : read_menu(item))
    labels.push_back(entry.is_line ? "-" : entry.is_enabled ? entry.label : "[" + entry.label + "]");
  return labels;
}

bool TrayHost::choose(const std::string& item, const std::string& label) {
  for (const MenuItem& entry : read_menu(item)) {
    if (entry.label != label) continue;
    return sd_bus_call_method(asking_.get(), item.c_str(), kMenuPath, kMenu, "Event", nullptr, nullptr,
                              "isvu", entry.id, "clicked", "i", 0, 0U) >= 0;
  }
  return false;
}

void TrayHost::click(const std::string& item) {
  sd_bus_call_method(asking_.get(), item.c_str(), kItemPath, kItem, "Activate", nullptr, nullptr, "ii", 0, 0);
}

}  // namespace meanwhile
