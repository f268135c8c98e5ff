# A project that lints its offer: builds with a good one, fails with a bad one, and so on.
set(good [[{"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",
"setup":{"sell_through_microsoft":false,"license_management":true,"require_license_for_install":true},
"listing":{"name":"Fabrikam 365"},
"technical":{"base_license_model":"user","package_url":"https://fabrikam.example/package.zip"},
"plans":[{"id":"bronze","name":"Bronze","apps":["crf36_BronzeApp"]}]}]])
string(REPLACE "\"bronze\"" "\"Bronze\"" bad "${good}")

function(expect_build offer succeeds)
    file(WRITE ${BUILD}/offer.json "${offer}")
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD}
        RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(failed AND succeeds OR NOT failed AND NOT succeeds)
        message(FATAL_ERROR "the build came to ${failed}: ${output}")
    endif()
    if(failed AND NOT output MATCHES "offer.json:5:16: error: .*plan_id_bad_character")
        message(FATAL_ERROR "the build does not say why: ${output}")
    endif()
endfunction()

file(REMOVE_RECURSE ${BUILD})
file(WRITE ${BUILD}/offer.json "${good}")
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD} -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
expect_build("${good}" TRUE)
expect_build("${bad}" FALSE)
expect_build("${bad}" FALSE)
expect_build("${good}" TRUE)
