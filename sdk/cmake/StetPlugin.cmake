# stet_add_plugin(<name> [SOURCES <file>...] [MANIFEST <file>])
#
# Builds <name>.so: a module with only stet_plugin_v1 visible, no unresolved symbols, and the
# manifest embedded in the section .stet.manifest (look at it with `readelf -p .stet.manifest`).
# SOURCES is <name>.cpp and MANIFEST is manifest.json unless given. Outside stet's own build a
# manifest that stet would refuse is an error of the build.
function(stet_add_plugin name)
  cmake_parse_arguments(arg "" "MANIFEST" "SOURCES" ${ARGN})
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  if(NOT arg_MANIFEST)
    set(arg_MANIFEST manifest.json)
  endif()
  get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
  if(NOT EXISTS ${manifest})
    message(FATAL_ERROR "stet_add_plugin(${name}): no manifest ${manifest}")
  endif()
  if(NOT CMAKE_OBJCOPY)
    message(FATAL_ERROR "stet_add_plugin(${name}): objcopy, which embeds the manifest, was not found: "
      "install binutils, or set CMAKE_OBJCOPY")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE stet::sdk)
  set_target_properties(${name} PROPERTIES
    PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${manifest})
  # A symbol that is missing must be an error here, not in a newsroom. What comes from static libraries,
  # the C++ library perhaps, must not meet another copy of it in the host.
  # Symbols, of which a stripped library keeps the exported ones, would be copied and hashed at every start.
  target_link_options(${name} PRIVATE -Wl,-z,now -Wl,--exclude-libs,ALL $<$<CONFIG:Release>:-s>)
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize" AND NOT CMAKE_SHARED_LINKER_FLAGS MATCHES "-fsanitize")
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET ${name} POST_BUILD VERBATIM COMMAND ${CMAKE_OBJCOPY}
    --remove-section=.stet.manifest --add-section=.stet.manifest=${manifest} $<TARGET_FILE:${name}>)
  get_target_property(installed stet::stet IMPORTED)
  if(installed)
    add_custom_command(TARGET ${name} POST_BUILD VERBATIM
      COMMAND sh -c "\"$1\" plugin info \"$2\" >/dev/null" sh $<TARGET_FILE:stet::stet> $<TARGET_FILE:${name}>)
  endif()
endfunction()

# stet_add_plugin_test(<name> CASES <folder>)
#
# Adds the test cases/<name>: `stet plugin test` on the plugin <name> and the cases in the folder.
function(stet_add_plugin_test name)
  cmake_parse_arguments(arg "" "CASES" "" ${ARGN})
  if(NOT arg_CASES)
    message(FATAL_ERROR "stet_add_plugin_test(${name}): no CASES")
  endif()
  get_filename_component(cases ${arg_CASES} ABSOLUTE)
  add_test(NAME cases/${name}
    COMMAND $<TARGET_FILE:stet::stet> plugin test $<TARGET_FILE:${name}> ${cases})
endfunction()
