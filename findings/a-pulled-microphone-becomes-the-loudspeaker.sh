#!/usr/bin/env bash
# PulseAudio 16.1 (Debian 12's pulseaudio 16.1+dfsg1-2+b1): the server, and parec as the program that records.
#
# One would guess: who records a microphone by its name gets an error, or silence, once that microphone is unplugged.
# Seen: the server moves the running recording to another source and says nothing. Where the only other one is the monitor of
# the loudspeaker, what is played goes into the recording from then on; the recorder goes on and sees no error.
# So a program that wants a voice and nothing else asks for PA_STREAM_DONT_MOVE, or stops when it is told of a move.
set -euo pipefail
room=$(mktemp -d)
server= recorder=
end() {
  [ -z "$recorder" ] || kill "$recorder" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait
  rm -rf "$room"
}
trap end EXIT

# The packages with what they need, unpacked and not installed; the C library is the system's.
mkdir -p "$room/debs/partial" "$room/root"
: >"$room/status"
apt-get -qq -o Dir::State::status="$room/status" -o Dir::Cache::archives="$room/debs" -o APT::Sandbox::User=root \
  -o Debug::NoLocking=1 --no-install-recommends --download-only -y \
  install pulseaudio=16.1+dfsg1-2+b1 pulseaudio-utils=16.1+dfsg1-2+b1 >/dev/null
for package in "$room"/debs/*.deb; do
  case $package in */libc6_*) ;; *) dpkg -x "$package" "$room/root" ;; esac
done
library=$room/root/usr/lib/$(uname -m)-linux-gnu
export LD_LIBRARY_PATH=$library:$library/pulseaudio PATH=$room/root/usr/bin:$PATH LC_ALL=C HOME=$room
export PULSE_SERVER=unix:$room/native PULSE_RUNTIME_PATH=$room XDG_RUNTIME_DIR=$room DBUS_SESSION_BUS_ADDRESS=unix:path=$room/none

wait_until() {
  local tries
  for tries in $(seq 300); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  echo "gave up after $tries tries: $*" >&2
  cat "$room/log" >&2
  exit 1
}

# A loudspeaker on which 1000 Hz are played, and a microphone that hears nothing (a pipe into which nobody writes).
pulseaudio -n --daemonize=no --exit-idle-time=-1 --realtime=no --high-priority=no --use-pid-file=no \
  --dl-search-path="$(echo "$room"/root/usr/lib/pulse-*/modules)" \
  -L "module-native-protocol-unix auth-anonymous=1 socket=$room/native" \
  -L "module-null-sink sink_name=loudspeaker norewinds=1" -L "module-sine sink=loudspeaker frequency=1000" \
  >"$room/log" 2>&1 &
server=$!
wait_until pactl info
microphone=$(pactl load-module module-pipe-source source_name=microphone file="$room/pipe" rate=8000 channels=1)

recorded_source() {
  pactl list short sources | awk -v number="$(pactl list short source-outputs | cut -f2)" '$1 == number { print $2 }'
}
records_from() { [ "$(recorded_source)" = "$1" ]; }
loudest() { od -An -v -td2 -w2 "$1" | awk '{ v = $1 < 0 ? -$1 : $1; if (v > most) most = v } END { print most + 0 }'; }
is_louder_than_1000() { [ "$(loudest "$room/voice")" -gt 1000 ]; }

parec --device=microphone --rate=8000 --channels=1 --format=s16le >"$room/voice" 2>"$room/complaints" &
recorder=$!
wait_until records_from microphone
before="$(recorded_source), loudest sample $(loudest "$room/voice")"
pactl unload-module "$microphone"
wait_until records_from loudspeaker.monitor
wait_until is_louder_than_1000
kill -0 "$recorder"

pulseaudio --version 2>/dev/null
echo "recording from: $before"
echo "unplugged; recording from: $(recorded_source), loudest sample $(loudest "$room/voice")"
echo "the recorder runs, its complaints: $(wc -c <"$room/complaints") bytes"
[ ! -s "$room/complaints" ]
