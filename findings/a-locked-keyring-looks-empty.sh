#!/usr/bin/env bash
# GNOME Keyring 42.1 (Debian 12's gnome-keyring 42.1-1+b2) and libsecret 0.20.5 (its secret-tool, libsecret-tools 0.20.5-3).
#
# One would guess: who looks for a password in a locked keyring is told that it is locked, or is asked to unlock it.
# Seen: where nobody can be asked (no prompter on the bus: ssh, a service, a kiosk) a lookup answers as for a password that was never
# kept: status 1 and not a word. Only storing says "locked". So "not found" doesn't mean that there is none: a program that
# then asks for a password, or makes a new key, does so although the old one is still there.
set -euo pipefail
room=$(mktemp -d)
bus= keyring=
end() {
  [ -z "$keyring" ] || kill "$keyring" 2>/dev/null || true
  [ -z "$bus" ] || kill "$bus" 2>/dev/null || true
  wait
  rm -rf "$room"
}
trap end EXIT

# The packages with what they need, unpacked and not installed; the C library is the system's.
mkdir -p "$room/debs/partial" "$room/root"
: >"$room/status"
apt-get -qq -o Dir::State::status="$room/status" -o Dir::Cache::archives="$room/debs" -o APT::Sandbox::User=root \
  -o Debug::NoLocking=1 --no-install-recommends --download-only -y \
  install gnome-keyring=42.1-1+b2 libsecret-tools=0.20.5-3 dbus-daemon libglib2.0-bin >/dev/null
for package in "$room"/debs/*.deb; do
  case $package in */libc6_*) ;; *) dpkg -x "$package" "$room/root" ;; esac
done
export LD_LIBRARY_PATH=$room/root/usr/lib/$(uname -m)-linux-gnu:$room/root/lib/$(uname -m)-linux-gnu
export PATH=$room/root/usr/bin:$PATH LC_ALL=C HOME=$room XDG_RUNTIME_DIR=$room XDG_DATA_HOME=$room
export DBUS_SESSION_BUS_ADDRESS=unix:path=$room/bus
unset DISPLAY WAYLAND_DISPLAY

# A bus of its own, that starts nothing by itself, and a keyring that is open.
cat >"$room/bus.conf" <<END
<busconfig><type>session</type><listen>unix:path=$room/bus</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
END
dbus-daemon --nofork --nopidfile --config-file "$room/bus.conf" 2>"$room/log" &
bus=$!
for _ in $(seq 100); do [ -S "$room/bus" ] && break; sleep 0.1; done
gnome-keyring-daemon --foreground --unlock --components=secrets <<<"keyring" >>"$room/log" 2>&1 &
keyring=$!
gdbus wait --session --timeout 30 org.freedesktop.secrets

look() { secret-tool lookup server "$1" >"$room/out" 2>&1 && echo "status 0, '$(<"$room/out")'" || echo "status $?, '$(<"$room/out")'"; }
{
  gnome-keyring-daemon --version | sed -n 1p
  echo -n "a secret" | secret-tool store --label=Test server kept
  echo "open, kept: $(look kept)"
  echo "open, never kept: $(look other)"
  gdbus call --session -d org.freedesktop.secrets -o /org/freedesktop/secrets -m org.freedesktop.Secret.Service.Lock \
    '[objectpath "/org/freedesktop/secrets/collection/login"]' >/dev/null
  echo "locked, kept: $(look kept)"
  echo "locked, never kept: $(look other)"
  echo "locked, storing: $( (echo -n "another" | secret-tool store --label=Test server new) 2>&1 || true)"
} | tee "$room/seen"
diff "$room/seen" - <<'END'
gnome-keyring-daemon: 42.1
open, kept: status 0, 'a secret'
open, never kept: status 1, ''
locked, kept: status 1, ''
locked, never kept: status 1, ''
locked, storing: secret-tool: Cannot create an item in a locked collection
END
