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

}  // namespace

std::optional<bool> desktop_wants_dark() {
  may_block(Blocking::Bus, "theme");
  constexpr int kLongestWaitMs = 250;
  const std::unique_ptr<GDBusConnection, UnrefTheme> bus(
      g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
  if (!bus) return std::nullopt;
  const VariantPtr reply(g_dbus_connection_call_sync(
      bus.get(), "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.Settings", "Read",
      g_variant_new("(ss)", "org.freedesktop.appearance", "color-scheme"), G_VARIANT_TYPE("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, kLongestWaitMs, nullptr, nullptr));
  if (!reply) return std::nullopt;
  const VariantPtr value = innermost(VariantPtr(g_variant_get_child_value(reply.get(), 0)));
  if (!g_variant_is_of_type(value.get(), G_VARIANT_TYPE_UINT32)) return std::nullopt;
  constexpr guint32 kPrefersDark = 1;
  constexpr guint32 kPrefersLight = 2;
  const guint32 scheme = g_variant_get_uint32(value.get());
  if (scheme != kPrefersDark && scheme != kPrefersLight) return std::nullopt;
  return scheme == kPrefersDark;
}
#else
std::optional<bool> desktop_wants_dark() {
  return std::nullopt;
}
#endif

}  // namespace meanwhile
