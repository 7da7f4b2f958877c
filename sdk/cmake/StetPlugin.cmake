# stet_add_plugin(<name> SOURCES <file>... [MANIFEST manifest.json])
#
# Builds <name>.so: a module with only stet_plugin_v1 visible, no unresolved symbols, and the
# manifest embedded in the section .stet.manifest (look at it with `readelf -p .stet.manifest`).
function(stet_add_plugin name)
  cmake_parse_arguments(arg "" "MANIFEST" "SOURCES" ${ARGN})
  if(NOT arg_MANIFEST)
    set(arg_MANIFEST manifest.json)
  endif()
  get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE stet::sdk)
  set_target_properties(${name} PROPERTIES
    PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${manifest})
  # A symbol that is missing must be an error here, not in a newsroom.
  target_link_options(${name} PRIVATE -Wl,-z,now)
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize" AND NOT CMAKE_SHARED_LINKER_FLAGS MATCHES "-fsanitize")
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET ${name} POST_BUILD VERBATIM COMMAND ${CMAKE_OBJCOPY}
    --remove-section=.stet.manifest --add-section=.stet.manifest=${manifest} $<TARGET_FILE:${name}>)
endfunction()
