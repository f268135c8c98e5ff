# licet_precompile(<target> <header>…): what most of the target's files include is read once. Only in
# builds that ask for it: it halves what clang takes, gains nothing with gcc, and hides an include
# that is missing.
function(licet_precompile target)
    if(LICET_PRECOMPILE)
        list(TRANSFORM ARGN REPLACE "^([^<].*)$" "<\\1>")
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
