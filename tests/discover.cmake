# Tells CTest what is in a test program, after that was linked: an entry a suite, for a process costs more than most tests
# (its failures are named by GoogleTest's own words); an entry a test for those that run alone, and where asked.
#   cmake -D PROGRAM=… -D INTO=FILE [-D EACH=ON] [-D ALONE=REGEX of names like "Suite.Test"] -P discover.cmake
execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE list COMMAND_ERROR_IS_FATAL ANY)
set(entries "")

function(add_entry name filter properties)
  string(APPEND entries "add_test([==[${name}]==] [==[${PROGRAM}]==] [==[--gtest_filter=${filter}]==])\n"
                        "set_tests_properties([==[${name}]==] PROPERTIES TIMEOUT 300 ${properties})\n")
  set(entries "${entries}" PARENT_SCOPE)
endfunction()

# What a suite has left besides those that got an entry of their own.
function(add_rest suite own together)
  if(together)
    list(TRANSFORM own PREPEND "${suite}.")
    list(JOIN own ":" without)
    add_entry("${suite}" "${suite}.*-${without}" "")
    set(entries "${entries}" PARENT_SCOPE)
  endif()
endfunction()

string(REGEX REPLACE " +#[^\n]*" "" list "${list}")  # the values of parameters
string(REPLACE "\n" ";" lines "${list}")
foreach(line IN LISTS lines)
  if(line MATCHES "^  (.*)$")
    set(test "${CMAKE_MATCH_1}")
    if(test MATCHES "^DISABLED_")
      continue()
    endif()
    if(ALONE AND "${suite}.${test}" MATCHES "${ALONE}")
      add_entry("${suite}.${test}" "${suite}.${test}" "RUN_SERIAL TRUE")
      list(APPEND own "${test}")
    elseif(EACH)
      # That one is skipped is seen only of an entry that is one test.
      add_entry("${suite}.${test}" "${suite}.${test}" [=[SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]"]=])
      list(APPEND own "${test}")
    else()
      set(together TRUE)
    endif()
  elseif(line MATCHES "^(.+)\\.$")
    add_rest("${suite}" "${own}" "${together}")
    set(suite "${CMAKE_MATCH_1}")
    set(own "")
    set(together FALSE)
  endif()
endforeach()
add_rest("${suite}" "${own}" "${together}")
if(entries STREQUAL "")
  message(FATAL_ERROR "${PROGRAM} has no tests: is another main() in it?")
endif()
file(WRITE ${INTO} "${entries}")
