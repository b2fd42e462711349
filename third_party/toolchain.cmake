# How everything is compiled: warnings, hardening, sanitizers, ccache. Included once, from the top.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# What nearly every file includes is parsed once: a third of the time that a build takes. A file that lives off it,
# without including what it uses, is found by clang-tidy (.ci/run lint), which reads without it.
option(MEANWHILE_PRECOMPILE "Parse the headers of the standard library and of JSON once for all files" ON)
set(precompiled_headers <algorithm> <array> <atomic> <chrono> <condition_variable> <cstdint> <deque> <expected> <filesystem>
    <functional> <map> <memory> <mutex> <optional> <ranges> <set> <span> <stop_token> <string> <string_view> <thread> <utility>
    <variant> <vector> <fmt/format.h>)

# Some libraries ask for it and others don't, and files that share parsed headers must agree.
if(UNIX)
  add_compile_definitions(_REENTRANT)
endif()

# app/run.sh has CMake join files before they are compiled (CMAKE_UNITY_BUILD), which costs a newcomer a quarter of the
# time. Tests are never built so: a file that lives off its neighbour's includes would not be found.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)

# Release is -O2, as the distribution builds: what costs time when it runs is in libraries (x264, libyuv, SQLite).
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
# A release is hardened, for it reads other people's files: guarded stacks, checked copies and indices, jumps that land
# where they may (their mark is lost where the C library's own start code has none, as in Debian 12), and nothing that
# the loader fills in stays writable. tests/structure/hardening_test reads the program for it.
if(UNIX AND NOT APPLE)
  string(APPEND CMAKE_CXX_FLAGS_RELEASE " -fPIE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE"
         " -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS")
  string(APPEND CMAKE_EXE_LINKER_FLAGS_RELEASE " -pie -Wl,-z,relro,-z,now,-z,noexecstack")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i[3-6]86")
    string(APPEND CMAKE_CXX_FLAGS_RELEASE " -fcf-protection")
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64")
    string(APPEND CMAKE_CXX_FLAGS_RELEASE " -mbranch-protection=standard")
  endif()
endif()
if(NOT MSVC)
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
endif()
# GCC's optimiser suspects the union in std::expected and the end of a growing vector; the sanitizers know better.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_BUILD_TYPE STREQUAL Release)
  add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds)
endif()
# In a joined file no class stands in the main file, so that one with unnamed parts seems to be in a header.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_UNITY_BUILD)
  add_compile_options(-Wno-subobject-linkage)
endif()

if(MEANWHILE_SANITIZE)
  add_compile_options(-fsanitize=${MEANWHILE_SANITIZE} -fno-omit-frame-pointer -g1 -O1)
  add_link_options(-fsanitize=${MEANWHILE_SANITIZE})
  if(MEANWHILE_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()
if(MEANWHILE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -g1 -O1)
  add_link_options(-fsanitize=address,undefined)
endif()

# meanwhile_precompile(NAME [WITH headers... | LIKE OTHER]): what target NAME has parsed beforehand: the headers of all and
# those of its own, or the same as OTHER.
function(meanwhile_precompile name)
  cmake_parse_arguments(ARG "" "LIKE" "WITH" ${ARGN})
  if(MEANWHILE_PRECOMPILE AND ARG_LIKE)
    target_precompile_headers(${name} REUSE_FROM ${ARG_LIKE})
  elseif(MEANWHILE_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE ${precompiled_headers} ${ARG_WITH})
  endif()
endfunction()

# meanwhile_layer(NAME SOURCES... LINK targets... [PARSED target|OWN]): one static library for one folder, with the
# project's root as its include folder, so that every include names its layer: #include "media/base/result.h".
# PARSED: whose parsed headers it uses.
function(meanwhile_layer name)
  cmake_parse_arguments(ARG "" "PARSED" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_PARSED)
    set(ARG_PARSED media_base)
  endif()
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_LINK})
    if(name STREQUAL media_base)
      meanwhile_precompile(${name})
    elseif(NOT ARG_PARSED STREQUAL OWN)
      meanwhile_precompile(${name} LIKE ${ARG_PARSED})
    endif()
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_LINK})
  endif()
endfunction()

# meanwhile_glob(OUT FOLDER): all .cpp files directly in FOLDER and, recursively, below it.
function(meanwhile_glob out folder)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# meanwhile_room(NAME FOLDER LINK targets...): the layer NAME of all that is in FOLDER.
function(meanwhile_room name folder)
  meanwhile_glob(sources ${folder})
  meanwhile_layer(${name} SOURCES ${sources} ${ARGN})
endfunction()
