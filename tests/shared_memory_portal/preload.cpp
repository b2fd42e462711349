// Preloaded into xdg-desktop-portal-wlr 0.7, which starts no cast before the compositor has announced a
// dmabuf for a frame; one without a GPU has none to announce. So each listener for a frame is told of one, of
// a pixel, before anything real comes. It is never used: without a GPU there are no modifiers that a client
// could agree on, and shared memory is what is left. Newer versions don't need it and don't mind it.
#include <dlfcn.h>

#include <cstdint>
#include <string_view>

struct wl_proxy;

extern "C" {

const char* wl_proxy_get_class(wl_proxy* proxy);

int wl_proxy_add_listener(wl_proxy* proxy, void (**listeners)(), void* data) {
  using Function = int (*)(wl_proxy*, void (**)(), void*);
  using DmabufListener =
      void (*)(void*, wl_proxy*, std::uint32_t format, std::uint32_t width, std::uint32_t height);
  static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "wl_proxy_add_listener"));
  // Events of zwlr_screencopy_frame_v1: buffer, flags, ready, failed, damage, linux_dmabuf.
  constexpr int kDmabufEvent = 5;
  constexpr std::uint32_t kXrgb8888 = 0x34325258;
  const int result = original(proxy, listeners, data);
  if (result == 0 && std::string_view(wl_proxy_get_class(proxy)) == "zwlr_screencopy_frame_v1")
    reinterpret_cast<DmabufListener>(listeners[kDmabufEvent])(data, proxy, kXrgb8888, 1, 1);
  return result;
}
}
