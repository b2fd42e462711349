# What is installed beside the program, and how it becomes a Debian package (cpack -G DEB). Included by app/CMakeLists.txt.

set(MEANWHILE_MAINTAINER "Meanwhile <maintainers@meanwhile.example>" CACHE STRING
    "Who answers for packages: Name <address>. There is no address for all the world yet (RFC 2606)")
set(MEANWHILE_WEBSITE "https://meanwhile.example" CACHE STRING
    "Where the source tree can be read as it is, for the homepage and screenshots of software centres. There is none yet, either")

# The day of the version is in its changelog alone.
file(READ ${CMAKE_CURRENT_LIST_DIR}/changelog.in changelog)
string(REGEX MATCH "([0-9][0-9]) ([A-Z][a-z][a-z]) (20[0-9][0-9])" released "${changelog}")
set(day ${CMAKE_MATCH_1})
set(year ${CMAKE_MATCH_3})
set(months Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)
list(FIND months "${CMAKE_MATCH_2}" month)
math(EXPR month "${month} + 1")
if(month LESS 10)
  set(month 0${month})
endif()
set(release_date ${year}-${month}-${day})

# Packages of one version for several releases of Debian differ in the libraries that they need: 0.1.0-1~debian12 is
# older than 0.1.0-1~debian13, so that a system that is upgraded takes the newer one's.
cmake_host_system_information(RESULT distribution QUERY DISTRIB_ID)
cmake_host_system_information(RESULT distribution_version QUERY DISTRIB_VERSION_ID)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1+unnumbered)  # unstable has no number, and is newer than all that have
if(distribution MATCHES "^[a-z]+$" AND distribution_version MATCHES "^[0-9.]+$")
  set(CPACK_DEBIAN_PACKAGE_RELEASE 1~${distribution}${distribution_version})
endif()

set(metainfo_template ${CMAKE_CURRENT_LIST_DIR}/com.meanwhile.Meanwhile.metainfo.xml.in)
include(${CMAKE_CURRENT_LIST_DIR}/metainfo.cmake)
set(package_folder ${CMAKE_CURRENT_BINARY_DIR}/package)
meanwhile_metainfo(${package_folder}/com.meanwhile.Meanwhile.metainfo.xml "${MEANWHILE_WEBSITE}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in ${package_folder}/changelog @ONLY)

# What lies inside the program of others' comes with their terms, as the distribution has them.
file(READ ${CMAKE_CURRENT_LIST_DIR}/copyright.in copyright)
foreach(library libimgui-dev libcli11-dev nlohmann-json3-dev libfmt-dev libspdlog-dev libhowardhinnant-date-dev)
  if(EXISTS /usr/share/doc/${library}/copyright)
    file(READ /usr/share/doc/${library}/copyright terms)
    string(APPEND copyright "\n\n== Of ${library}, parts of which are compiled in ==\n\n${terms}")
  endif()
endforeach()
file(WRITE ${package_folder}/copyright "${copyright}")

include(GNUInstallDirs)
set(share ${CMAKE_INSTALL_DATADIR})
install(TARGETS meanwhile RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES platform/meanwhile.desktop DESTINATION ${share}/applications)
install(FILES ${package_folder}/com.meanwhile.Meanwhile.metainfo.xml DESTINATION ${share}/metainfo)
install(FILES platform/meanwhile.svg DESTINATION ${share}/icons/hicolor/scalable/apps)
install(FILES package/meanwhile-symbolic.svg DESTINATION ${share}/icons/hicolor/symbolic/apps)
foreach(size 48 128)
  install(FILES package/icon_${size}.png DESTINATION ${share}/icons/hicolor/${size}x${size}/apps RENAME meanwhile.png)
endforeach()
install(FILES ${package_folder}/copyright ${package_folder}/changelog DESTINATION ${share}/doc/meanwhile)

# The program writes its manual page and completions itself, so they are never older than it.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "Meanwhile is built for another machine: its manual page and completions, which it writes itself, are left out")
else()
  add_custom_command(
    TARGET meanwhile POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 MEANWHILE_LANGUAGE=en
            ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:meanwhile> manual ${package_folder} --date ${release_date}
    BYPRODUCTS ${package_folder}/meanwhile.1 ${package_folder}/meanwhile.bash ${package_folder}/_meanwhile
               ${package_folder}/meanwhile.fish
    VERBATIM)
  install(FILES ${package_folder}/meanwhile.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${package_folder}/meanwhile.bash DESTINATION ${share}/bash-completion/completions RENAME meanwhile)
  install(FILES ${package_folder}/_meanwhile DESTINATION ${share}/zsh/site-functions)
  install(FILES ${package_folder}/meanwhile.fish DESTINATION ${share}/fish/vendor_completions.d)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME meanwhile)
set(CPACK_PACKAGE_VENDOR Meanwhile)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "video updates for people who work apart in time")
set(CPACK_PACKAGE_DESCRIPTION
    "Meanwhile records screen and camera side by side, shares the recording in
storage that a team has already (a synced folder, WebDAV or S3), and plays
it with comments and recorded answers at the very moments they concern.
.
There is no server of its own. A window and a command line do the same.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${MEANWHILE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Without the fonts the window is readable but plain; without the certificates no https:// is trusted; xdg-utils opens
# links and folders.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-materialdesignicons-webfont, ca-certificates, xdg-utils")
# A private screen and a voice for `meanwhile demo`, captions of English, dialogs where there is no portal, other scripts.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
    "xvfb, espeak-ng, pocketsphinx-en-us, zenity | kdialog, fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji")
include(CPack)
