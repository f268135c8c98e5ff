# How licet's own builds take less time, where the presets ask for it: the engine's floor half with
# gcc, and with clang a third. Releases do without.

# licet_together(<target> [ALONE files…]): eight of its files are compiled as one, as most of the work
# is what all of them include. Those alone have a name for themselves that another one has too.
# What joins them is written in the folder LICET_TOGETHER, under a name of its own for each eight: a
# compiler cache then knows them from whatever build they were first compiled in.
function(licet_together target)
    cmake_parse_arguments(arg "" "" "ALONE" ${ARGN})
    if(NOT LICET_TOGETHER)
        return()
    endif()
    get_target_property(files ${target} SOURCES)
    set(alone ${files})
    list(FILTER files INCLUDE REGEX "\\.cpp$")
    list(REMOVE_ITEM files ${arg_ALONE})
    list(REMOVE_ITEM alone ${files})
    set_target_properties(${target} PROPERTIES SOURCES "${alone}" LICET_TOGETHER ON)
    while(files)
        list(SUBLIST files 0 8 eight)
        list(REMOVE_ITEM files ${eight})
        set(text "")
        foreach(file IN LISTS eight)
            get_filename_component(path ${file} ABSOLUTE)
            string(APPEND text "#include \"${path}\"\n")
        endforeach()
        string(MD5 name "${text}")
        file(CONFIGURE OUTPUT ${LICET_TOGETHER}/${target}_${name}.cpp CONTENT "${text}" @ONLY)
        target_sources(${target} PRIVATE ${LICET_TOGETHER}/${target}_${name}.cpp)
    endwhile()
endfunction()

# licet_precompile(<target> <header>…): what most of its files include is read once. For clang: gcc
# gains nothing by it.
function(licet_precompile target)
    if(LICET_PRECOMPILE)
        list(TRANSFORM ARGN REPLACE "^([^<].*)$" "<\\1>")
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()

if(LICET_TOGETHER)  # lld links the engine's tests in a quarter of the time of ld, gold in half
    include(CheckLinkerFlag)
    foreach(linker IN ITEMS lld gold)
        check_linker_flag(CXX -fuse-ld=${linker} LICET_HAS_${linker})
        if(LICET_HAS_${linker})
            string(APPEND CMAKE_EXE_LINKER_FLAGS " -fuse-ld=${linker}")
            break()
        endif()
    endforeach()
endif()
