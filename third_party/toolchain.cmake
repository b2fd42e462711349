# How everything is compiled: warnings, sanitizers, ccache. Included once, from the top.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

if(NOT MSVC)
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
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

# meanwhile_layer(NAME SOURCES... LINK targets...): one static library for one folder, with the project's root as its
# include folder, so that every include names its layer: #include "media/base/result.h".
function(meanwhile_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_LINK})
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
