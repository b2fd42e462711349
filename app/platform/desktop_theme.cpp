#include "app/platform/desktop_theme.h"

#include <optional>

#ifdef MEANWHILE_KEYRING
#include <gio/gio.h>

#include <memory>

#include "media/base/blocking.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_KEYRING
namespace {

struct UnrefTheme {
  void operator()(GVariant* value) const { g_variant_unref(value); }
  void operator()(GDBusConnection* bus) const { g_object_unref(bus); }
};
using VariantPtr = std::unique_ptr<GVariant, UnrefTheme>;

// The answer lies in a variant within a variant.
VariantPtr innermost(VariantPtr value) {
  while (value && g_variant_is_of_type(value.get(), G_VARIANT_TYPE_VARIANT))
    value.reset(g_variant_get_variant(value.get()));
  return value;
}

std::optional<guint32> appearance(GDBusConnection* bus, const char* name) {
  constexpr int kLongestWaitMs = 250;
  const VariantPtr reply(g_dbus_connection_call_sync(
      bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.Settings", "Read", g_variant_new("(ss)", "org.freedesktop.appearance", name),
      G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, kLongestWaitMs, nullptr, nullptr));
  if (!reply) return std::nullopt;
  const VariantPtr value = innermost(VariantPtr(g_variant_get_child_value(reply.get(), 0)));
  if (!g_variant_is_of_type(value.get(), G_VARIANT_TYPE_UINT32)) return std::nullopt;
  return g_variant_get_uint32(value.get());
}

}  // namespace

DesktopLooks desktop_looks() {
  may_block(Blocking::Bus, "theme");
  const std::unique_ptr<GDBusConnection, UnrefTheme> bus(
      g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
  if (!bus) return {};
  constexpr guint32 kPrefersDark = 1;
  constexpr guint32 kPrefersLight = 2;
  constexpr guint32 kHigherContrast = 1;
  DesktopLooks looks;
  const auto scheme = appearance(bus.get(), "color-scheme");
  if (scheme == kPrefersDark || scheme == kPrefersLight) looks.is_dark = scheme == kPrefersDark;
  if (const auto contrast = appearance(bus.get(), "contrast"))
    looks.has_high_contrast = contrast == kHigherContrast;
  return looks;
}
#else
DesktopLooks desktop_looks() {
  return {};
}
#endif

}  // namespace meanwhile
