# Usage: cmake -DNM=nm -DREADELF=readelf -DLIBRARY=liblicet.so -DEXPECTED=exports.txt -DHEADER=licet.h
#              -DCHOSEN=… -P check_exports.cmake
# CHOSEN: the libraries of those stores that the build was asked for.
# Fails unless the library exports exactly the symbols listed in EXPECTED, which are exactly those
# that HEADER declares, and needs nothing at run time that it should not.
execute_process(
    COMMAND "${NM}" --dynamic --defined-only --format=posix "${LIBRARY}"
    OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${listing}")
set(actual "")
foreach(line IN LISTS lines)
    string(REGEX REPLACE "[@ ].*" "" symbol "${line}")
    if(NOT symbol MATCHES "^LICET_[0-9]+$")  # the version node itself
        list(APPEND actual "${symbol}")
    endif()
endforeach()
list(SORT actual)
file(STRINGS "${EXPECTED}" expected)
if(NOT actual STREQUAL expected)
    list(JOIN actual "\n  " actual)
    message(FATAL_ERROR "exports differ from ${EXPECTED}; the library has:\n  ${actual}")
endif()

file(READ "${HEADER}" header)
string(REGEX MATCHALL "LICET_API [^;(]*[ *](licet_[a-z_]+)\\(" declarations "${header}")
list(TRANSFORM declarations REPLACE ".*[ *](licet_[a-z_]+)\\(" "\\1")
list(SORT declarations)
if(NOT declarations STREQUAL expected)
    list(JOIN declarations "\n  " declarations)
    message(FATAL_ERROR "${HEADER} differs from ${EXPECTED}; it declares:\n  ${declarations}")
endif()

execute_process(COMMAND "${READELF}" --dynamic "${LIBRARY}"
    OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "Shared library: \\[[^]]+" needed "${dynamic}")
list(TRANSFORM needed REPLACE ".*\\[" "")
list(JOIN CHOSEN "|" chosen)
foreach(library IN LISTS needed)
    if(NOT library MATCHES "^(libsqlite3|libcrypto|libstdc\\+\\+|libgcc_s|libc|libm|ld-linux|libpthread)[-.]"
        AND NOT (CHOSEN AND library MATCHES "^(${chosen})[-.]"))
        message(FATAL_ERROR "${LIBRARY} needs ${library} at run time")
    endif()
endforeach()
