# licet_lint_offer(TARGET target OFFER file… [PROFILE create|import] [DEFINITION file MAPPING file])
#
# Building `target` fails where an offer (JSON) or its plan files (CSV) have errors, with all of them
# told as a compiler tells its own; warnings are shown. The files are looked at again when they
# change. Paths are relative to the current source folder. With one offer, the plan files are also
# held against it. PROFILE import is for offers that exist already (default: create).
function(licet_lint_offer)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;PROFILE;DEFINITION;MAPPING" "OFFER")
    if(NOT TARGET licet::cli)
        message(FATAL_ERROR "licet_lint_offer: this licet was built without its command line")
    endif()
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "licet_lint_offer: unknown argument ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT TARGET "${arg_TARGET}" OR "${arg_OFFER}${arg_DEFINITION}" STREQUAL "")
        message(FATAL_ERROR "licet_lint_offer: name a TARGET that exists, and an OFFER")
    endif()

    set(files)
    foreach(file IN LISTS arg_OFFER arg_DEFINITION arg_MAPPING)
        cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
        list(APPEND files ${file})
    endforeach()
    if(NOT arg_PROFILE)
        set(arg_PROFILE create)
    endif()

    string(MD5 id "${files};${arg_PROFILE}")
    set(lint ${arg_TARGET}_lint_${id})
    set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${lint}.stamp)
    add_custom_command(
        OUTPUT ${stamp}
        COMMAND licet::cli lint ${files} --profile ${arg_PROFILE}
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${files} licet::cli
        COMMENT "Linting the offer of ${arg_TARGET}" VERBATIM)
    add_custom_target(${lint} DEPENDS ${stamp})
    add_dependencies(${arg_TARGET} ${lint})
endfunction()
