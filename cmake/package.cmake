# What is installed, and the Debian packages made of it: liblicet0, what a program needs to run, and
# liblicet-dev, what one needs to be built.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/licet)
install(TARGETS licet EXPORT licet COMPONENT dev
    FILE_SET HEADERS COMPONENT dev
    FILE_SET tables COMPONENT dev)
install(TARGETS licet_c EXPORT licet
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev
    RUNTIME COMPONENT runtime
    FILE_SET HEADERS COMPONENT dev)
if(LICET_POSTGRES)
    install(TARGETS licet_with_postgres EXPORT licet COMPONENT dev)
endif()
install(EXPORT licet NAMESPACE licet:: FILE licet-targets.cmake
    DESTINATION ${package_dir} COMPONENT dev)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(licet-config-version.cmake COMPATIBILITY SameMinorVersion)
configure_file(cmake/licet-config.cmake.in licet-config.cmake @ONLY)
install(FILES cmake/licet-lint.cmake
    ${PROJECT_BINARY_DIR}/licet-config.cmake ${PROJECT_BINARY_DIR}/licet-config-version.cmake
    DESTINATION ${package_dir} COMPONENT dev)
file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # relocatable, as --prefix needs
configure_file(cmake/licet.pc.in licet.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/licet.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)

set(CPACK_PACKAGE_CONTACT "The licet authors <licet@licet.example>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME liblicet${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME liblicet-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "liblicet${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}), libboost1.81-dev, libsqlite3-dev, libssl-dev")
if(LICET_ETCD)
    string(APPEND CPACK_DEBIAN_DEV_PACKAGE_DEPENDS ", libcurl4-openssl-dev")
endif()
if(LICET_POSTGRES)
    string(APPEND CPACK_DEBIAN_DEV_PACKAGE_DEPENDS ", libpq-dev")
endif()
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS OFF)
include(CPack)
