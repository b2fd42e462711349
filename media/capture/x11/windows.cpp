#include "media/capture/x11/windows.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/window_words.h"

namespace meanwhile {
namespace {

constexpr int kSmallestListed = 64;
constexpr int kSmallestRecorded = 16;  // what an encoder takes as a picture
// Frames are nested once or twice; a program that nests windows without end must not keep us.
constexpr int kDeepest = 32;
constexpr std::string_view kOwnProgram = "meanwhile";

// Reads the properties of windows.
class Properties {
 public:
  explicit Properties(const XScreen& x) : x_(x) {}

  // As it is stored; longer ones are cut off.
  std::string bytes(xcb_window_t window, xcb_atom_t property) const {
    constexpr std::uint32_t kMostWords = 16'384;
    const auto reply = get(window, property, kMostWords);
    if (!reply) return {};
    return {static_cast<const char*>(xcb_get_property_value(reply.get())),
            static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))};
  }
  std::string bytes(xcb_window_t window, const char* property) const { return bytes(window, atom(property)); }

  std::vector<std::uint32_t> numbers(xcb_window_t window, const char* property) const {
    const std::string all = bytes(window, property);
    std::vector<std::uint32_t> numbers(all.size() / sizeof(std::uint32_t));
    if (!numbers.empty()) std::memcpy(numbers.data(), all.data(), numbers.size() * sizeof(std::uint32_t));
    return numbers;
  }

  // 0: nobody on this display knows it.
  xcb_atom_t atom(const char* name) const {
    xcb_connection_t* connection = x_.connection.get();
    const auto length = static_cast<std::uint16_t>(std::strlen(name));
    const auto reply =
        owned(xcb_intern_atom_reply(connection, xcb_intern_atom(connection, true, length, name), nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
  }

  std::string title(xcb_window_t window) const {
    if (std::string modern = bytes(window, "_NET_WM_NAME"); !modern.empty()) return modern;
    const auto old = get(window, XCB_ATOM_WM_NAME, 256);
    if (!old) return {};
    const std::string_view text(static_cast<const char*>(xcb_get_property_value(old.get())),
                                static_cast<std::size_t>(xcb_get_property_value_length(old.get())));
    return old->type == XCB_ATOM_STRING ? utf8_from_latin1(text) : std::string(text);
  }

 private:
  XReply<xcb_get_property_reply_t> get(xcb_window_t window, xcb_atom_t property, std::uint32_t words) const {
    xcb_connection_t* connection = x_.connection.get();
    if (property == XCB_ATOM_NONE) return nullptr;
    return owned(xcb_get_property_reply(
        connection,
        xcb_get_property(connection, false, window, property, XCB_GET_PROPERTY_TYPE_ANY, 0, words), nullptr));
  }

  const XScreen& x_;
};

XReply<xcb_query_tree_reply_t> tree_of(const XScreen& x, xcb_window_t window) {
  xcb_connection_t* connection = x.connection.get();
  return owned(xcb_query_tree_reply(connection, xcb_query_tree(connection, window), nullptr));
}

XReply<xcb_get_window_attributes_reply_t> attributes_of(const XScreen& x, xcb_window_t window) {
  xcb_connection_t* connection = x.connection.get();
  return owned(
      xcb_get_window_attributes_reply(connection, xcb_get_window_attributes(connection, window), nullptr));
}

// The topmost last. Source: EWMH, "_NET_CLIENT_LIST_STACKING".
std::vector<xcb_window_t> stacked_windows(const XScreen& x, const Properties& properties) {
  for (const char* list : {"_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"}) {
    if (auto windows = properties.numbers(x.screen->root, list); !windows.empty()) return windows;
  }
  const auto tree = tree_of(x, x.screen->root);
  if (!tree) return {};
  const xcb_window_t* children = xcb_query_tree_children(tree.get());
  return {children, children + xcb_query_tree_children_length(tree.get())};
}

// No menu, panel, tooltip or desktop. Source: EWMH, "_NET_WM_WINDOW_TYPE".
bool is_for_people(const XScreen& x, const Properties& properties, xcb_window_t window) {
  const auto attributes = attributes_of(x, window);
  if (!attributes || attributes->override_redirect != 0) return false;
  const auto types = properties.numbers(window, "_NET_WM_WINDOW_TYPE");
  if (types.empty()) return true;
  return std::ranges::any_of(types, [&](xcb_atom_t type) {
    return type == properties.atom("_NET_WM_WINDOW_TYPE_NORMAL") ||
           type == properties.atom("_NET_WM_WINDOW_TYPE_DIALOG");
  });
}

bool is_own(const Properties& properties, xcb_window_t window) {
  const auto process = properties.numbers(window, "_NET_WM_PID");
  if (!process.empty() && process[0] == static_cast<std::uint32_t>(::getpid())) return true;
  return program_in(properties.bytes(window, XCB_ATOM_WM_CLASS)) == kOwnProgram;
}

// Those of 24 and 32 bits have the pixels that we can read; the eight more are for what shines through.
bool has_usual_depth(const XScreen& x, xcb_window_t window) {
  xcb_connection_t* connection = x.connection.get();
  const auto reply = owned(xcb_get_geometry_reply(connection, xcb_get_geometry(connection, window), nullptr));
  return reply && (reply->depth == 24 || reply->depth == 32);
}

std::string name_of(const Properties& properties, xcb_window_t window) {
  const std::string wm_class = properties.bytes(window, XCB_ATOM_WM_CLASS);
  return window_name(properties.title(window), program_in(wm_class));
}

}  // namespace

std::vector<AppWindow> list_windows(const XScreen& x) {
  const Properties properties(x);
  auto all = stacked_windows(x, properties);
  std::ranges::reverse(all);
  std::vector<AppWindow> windows;
  for (const xcb_window_t window : all) {
    const auto layout = window_layout(x, window);
    if (!layout || !layout->is_viewable) continue;
    if (layout->size.width < kSmallestListed || layout->size.height < kSmallestListed) continue;
    if (!is_for_people(x, properties, window) || is_own(properties, window)) continue;
    std::string name = name_of(properties, window);
    if (!name.empty()) windows.push_back({window, std::move(name), layout->size});
  }
  return windows;
}

Result<AppWindow> find_window(const XScreen& x, xcb_window_t window) {
  const std::string doing = tr_format("recording the window {:#x}", window);
  if (window == x.screen->root) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("{}: that is the whole screen; x11:{} records it", doing, x.display));
  }
  const auto attributes = attributes_of(x, window);
  const auto layout = window_layout(x, window);
  if (!attributes || !layout) {
    return fail(
        ErrorCode::NotFound,
        tr_format("{}: the X display {} has none of that number (any more); `meanwhile devices` lists "
                  "those that are there",
                  doing, x.display));
  }
  std::string name = name_of(Properties(x), window);
  if (name.empty()) name = tr_format("the window {:#x}", window);
  if (!layout->is_viewable) {
    return fail(ErrorCode::Unavailable,
                tr_format("recording {}: it is minimised or hidden; show it first", name));
  }
  if (attributes->_class != XCB_WINDOW_CLASS_INPUT_OUTPUT || !has_usual_depth(x, window)) {
    return fail(ErrorCode::Unsupported,
                tr_format("recording {}: only windows with 32 bits a pixel can be recorded", name));
  }
  if (layout->size.width < kSmallestRecorded || layout->size.height < kSmallestRecorded) {
    return fail(ErrorCode::Unsupported,
                tr_format("recording {}: it is {} x {}, and a picture needs {} x {} at least", name,
                          layout->size.width, layout->size.height, kSmallestRecorded, kSmallestRecorded));
  }
  return AppWindow{window, std::move(name), layout->size};
}

bool WindowLayout::operator==(const WindowLayout& other) const {
  return size.width == other.size.width && size.height == other.size.height && border == other.border &&
         is_viewable == other.is_viewable;
}

std::optional<WindowLayout> window_layout(const XScreen& x, xcb_window_t window) {
  xcb_connection_t* connection = x.connection.get();
  const auto measuring = xcb_get_geometry(connection, window);
  const auto asking = xcb_get_window_attributes(connection, window);
  const auto geometry = owned(xcb_get_geometry_reply(connection, measuring, nullptr));
  const auto attributes = owned(xcb_get_window_attributes_reply(connection, asking, nullptr));
  if (!geometry || !attributes) return std::nullopt;
  return WindowLayout{.size = {geometry->width, geometry->height},
                      .border = geometry->border_width,
                      .is_viewable = attributes->map_state == XCB_MAP_STATE_VIEWABLE};
}

xcb_window_t frame_of(const XScreen& x, xcb_window_t window) {
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto tree = tree_of(x, window);
    if (!tree || tree->parent == x.screen->root || tree->parent == XCB_NONE) break;
    window = tree->parent;
  }
  return window;
}

std::string spec_for(const std::string& display, const AppWindow& window) {
  return fmt::format("x11:{}#{:#x}", display, window.window);
}

}  // namespace meanwhile
