#!/usr/bin/env bash
# SDL 2.26.5 (Debian 12's libsdl2-2.0-0 2.26.5+dfsg-1), its software renderer.
#
# One would guess: SDL_RenderGeometry without a texture follows SDL_SetRenderDrawBlendMode, as filled rectangles do, and two
# triangles look the same drawn in one call or in two.
# Seen: two triangles of a call that make up an upright box of one colour are blended, whatever the mode says; one of them alone
# follows it. So SDL_BLENDMODE_NONE doesn't write a colour with its alpha as it is, and boxes through which nothing is seen are
# mixed pixel by pixel with what lies below, which costs much more than filling them: whoever draws an interface with
# SDL_RenderGeometry (Dear ImGui's way) should give its boxes to SDL_RenderFillRect.
# Source: src/render/SDL_render.c of that version, SDL_SW_RenderGeometryRaw (boxes are found among the triangles, and drawn apart).
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

# The packages with what they need, unpacked and not installed; the C library is the system's.
mkdir -p "$room/debs/partial" "$room/root"
: >"$room/status"
apt-get -qq -o Dir::State::status="$room/status" -o Dir::Cache::archives="$room/debs" -o APT::Sandbox::User=root \
  -o Debug::NoLocking=1 --no-install-recommends --download-only -y \
  install libsdl2-2.0-0=2.26.5+dfsg-1 python3.11-minimal libpython3.11-stdlib >/dev/null
for package in "$room"/debs/*.deb; do
  case $package in */libc6_*) ;; *) dpkg -x "$package" "$room/root" ;; esac
done
libraries=$room/root/usr/lib/$(uname -m)-linux-gnu
export LD_LIBRARY_PATH=$libraries:$room/root/lib/$(uname -m)-linux-gnu:$libraries/pulseaudio
export PYTHONHOME=$room/root/usr LC_ALL=C

cat >"$room/draw.py" <<'END'
import ctypes as c
sdl = c.CDLL("libSDL2-2.0.so.0")
for name in ("SDL_CreateRGBSurfaceWithFormat", "SDL_CreateSoftwareRenderer"): getattr(sdl, name).restype = c.c_void_p
class Box(c.Structure): _fields_ = [("x", c.c_float), ("y", c.c_float), ("w", c.c_float), ("h", c.c_float)]
class Vertex(c.Structure):
    _fields_ = [("x", c.c_float), ("y", c.c_float), ("color", c.c_uint8 * 4), ("u", c.c_float), ("v", c.c_float)]
version = (c.c_uint8 * 3)()
sdl.SDL_GetVersion(version)
print("SDL", ".".join(map(str, version)))
side, argb8888 = 32, 0x16362004
pixels = (c.c_uint32 * (side * side))()
sdl.SDL_CreateRGBSurfaceWithFormatFrom.restype = c.c_void_p
surface = sdl.SDL_CreateRGBSurfaceWithFormatFrom(pixels, side, side, 32, side * 4, argb8888)
renderer = c.c_void_p(sdl.SDL_CreateSoftwareRenderer(c.c_void_p(surface)))
red = (255, 0, 0, 128)
corners = (Vertex * 4)(*[Vertex(x, y, (c.c_uint8 * 4)(*red), 0, 0) for x, y in ((0, 0), (20, 0), (20, 20), (0, 20))])
def triangles(*indices):
    sdl.SDL_RenderGeometry(renderer, None, corners, 4, (c.c_int * len(indices))(*indices), len(indices))
def rectangle():
    sdl.SDL_SetRenderDrawColor(renderer, *red)
    sdl.SDL_RenderFillRectF(renderer, c.byref(Box(0, 0, 20, 20)))
for mode, number in (("none", 0), ("blend", 1)):
    for what, draw in (("a filled rectangle", rectangle), ("one triangle", lambda: triangles(0, 1, 2)),
                       ("two triangles that are a box", lambda: triangles(0, 1, 2, 0, 2, 3))):
        sdl.SDL_SetRenderDrawColor(renderer, 255, 255, 255, 255)
        sdl.SDL_RenderClear(renderer)
        sdl.SDL_SetRenderDrawBlendMode(renderer, number)
        draw()
        sdl.SDL_RenderFlush(renderer)
        green = pixels[10 * side + 15] >> 8 & 255
        print(f"mode {mode}, {what}, half transparent red on white: {'mixed' if green > 100 else 'red'}")
END
"$room/root/usr/bin/python3.11" "$room/draw.py" | tee "$room/seen"
diff "$room/seen" - <<'END'
SDL 2.26.5
mode none, a filled rectangle, half transparent red on white: red
mode none, one triangle, half transparent red on white: red
mode none, two triangles that are a box, half transparent red on white: mixed
mode blend, a filled rectangle, half transparent red on white: mixed
mode blend, one triangle, half transparent red on white: mixed
mode blend, two triangles that are a box, half transparent red on white: mixed
END
