# How licet's own builds take less time, where the presets ask for it: the engine's floor half with
# gcc, and with clang a third. Releases do without.

# licet_together(<target> [ALONE files…]): eight of its files are compiled as one, as most of the work
# is what all of them include. Those alone have a name for themselves that another one has too.
function(licet_together target)
    cmake_parse_arguments(arg "" "" "ALONE" ${ARGN})
    if(LICET_TOGETHER)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        set_source_files_properties(${arg_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
endfunction()

# licet_precompile(<target> <header>…): what most of its files include is read once. For clang: gcc
# gains nothing by it.
function(licet_precompile target)
    if(LICET_PRECOMPILE)
        list(TRANSFORM ARGN REPLACE "^([^<].*)$" "<\\1>")
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
