# Every library that Meanwhile uses, found once, as one imported target each. All come from the distribution.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
find_package(EXPAT REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Freetype REQUIRED)
find_package(OpenGL REQUIRED)

pkg_check_modules(ffmpeg REQUIRED IMPORTED_TARGET
  libavcodec libavdevice libavfilter libavformat libavutil libswresample libswscale)
pkg_check_modules(sdl2 REQUIRED IMPORTED_TARGET sdl2)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)

# libyuv ships no pkg-config file in Debian.
find_path(LIBYUV_INCLUDE_DIR libyuv.h REQUIRED)
find_library(LIBYUV_LIBRARY yuv REQUIRED)
add_library(libyuv INTERFACE IMPORTED)
target_include_directories(libyuv INTERFACE ${LIBYUV_INCLUDE_DIR})
target_link_libraries(libyuv INTERFACE ${LIBYUV_LIBRARY})

# Debian's Dear ImGui is a static library without a CMake file; its SDL2 platform header was renamed in 1.89.
find_path(IMGUI_INCLUDE_DIR imgui.h PATH_SUFFIXES imgui REQUIRED)
find_library(IMGUI_LIBRARY imgui REQUIRED)
find_library(STB_LIBRARY stb)
add_library(imgui INTERFACE IMPORTED)
target_include_directories(imgui SYSTEM INTERFACE ${IMGUI_INCLUDE_DIR} ${IMGUI_INCLUDE_DIR}/backends)
target_link_libraries(imgui INTERFACE ${IMGUI_LIBRARY} OpenGL::GL Freetype::Freetype ${CMAKE_DL_LIBS})
if(STB_LIBRARY)
  target_link_libraries(imgui INTERFACE ${STB_LIBRARY})
endif()

if(MEANWHILE_X11)
  pkg_check_modules(xcb REQUIRED IMPORTED_TARGET xcb xcb-shm xcb-damage xcb-xfixes xcb-randr xcb-composite xcb-xtest)
endif()
if(MEANWHILE_PIPEWIRE)
  pkg_check_modules(pipewire REQUIRED IMPORTED_TARGET libpipewire-0.3)
  # sd-bus: part of libsystemd, which needs no systemd to run; elsewhere libelogind or basu have it.
  pkg_search_module(sdbus REQUIRED IMPORTED_TARGET libsystemd libelogind basu)
endif()
if(MEANWHILE_PULSE)
  pkg_check_modules(pulse REQUIRED IMPORTED_TARGET libpulse)
endif()
if(MEANWHILE_TESTS)
  find_package(GTest REQUIRED)
endif()
