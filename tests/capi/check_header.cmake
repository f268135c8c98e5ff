# Usage: cmake -DHEADER=licet.h -P check_header.cmake
# Fails unless the header compiles alone, without a warning, as every C since C99 and every C++, with
# each of gcc and clang that is here.
set(strict -Wall -Wextra -Wpedantic -Werror -fsyntax-only)
set(compilers 0)
foreach(compiler IN ITEMS gcc clang)
    find_program(found_${compiler} ${compiler})
    if(NOT found_${compiler})
        continue()
    endif()
    math(EXPR compilers "${compilers} + 1")
    foreach(standard IN ITEMS c99 c11 c17)
        execute_process(COMMAND "${found_${compiler}}" -std=${standard} ${strict} -Wstrict-prototypes
            -x c "${HEADER}" COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    foreach(standard IN ITEMS c++98 c++11 c++14 c++17 c++20)
        execute_process(COMMAND "${found_${compiler}}" -std=${standard} ${strict}
            -x c++ "${HEADER}" COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
endforeach()
if(compilers EQUAL 0)
    message(FATAL_ERROR "neither gcc nor clang is here")
endif()
