# suyuan_module(): the only way a C++ library enters the build.
#
# It buys one property that reviews cannot: a module may name only modules that were declared
# before it, so the order of the add_subdirectory() lines in src/CMakeLists.txt IS the dependency
# order, and a cycle cannot be configured. The declared edges are also written to
# <build>/module_manifest.txt, which tests/tidy compares with the real #include lines.

add_library(suyuan_compile_options INTERFACE)
target_compile_options(
    suyuan_compile_options
    INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
              -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wundef -Werror
              $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
              # Clang blames us for what std::stable_sort calls.
              $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
target_compile_definitions(
    suyuan_compile_options
    INTERFACE $<$<BOOL:${SUYUAN_EXPENSIVE_ASSERTS}>:SUYUAN_EXPENSIVE_ASSERTS=1>)
if(SUYUAN_SANITIZERS)
    target_compile_options(suyuan_compile_options
                           INTERFACE -fsanitize=${SUYUAN_SANITIZERS} -fno-sanitize-recover=all)
    string(REPLACE "fuzzer-no-link," "" link_sanitizers "${SUYUAN_SANITIZERS}")
    target_link_options(suyuan_compile_options INTERFACE -fsanitize=${link_sanitizers})
endif()

file(WRITE "${PROJECT_BINARY_DIR}/module_manifest.txt" "")

# Everything labelled unit or fuzz: what runs under the sanitizers.
add_custom_target(unit_programs)

# suyuan_test(<target> LABEL <label> SOURCES ... LIBRARIES ... [TIMEOUT <seconds>]): a gtest program,
# each of its cases a test of ctest's named <target>/Suite.Case.
function(suyuan_test target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LIBRARIES;DEFINITIONS")
    if(NOT SUYUAN_BUILD_TESTS)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${target} ${arg_SOURCES})
    target_compile_features(${target} PRIVATE cxx_std_20)
    target_compile_definitions(${target} PRIVATE ${arg_DEFINITIONS})
    target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} suyuan_compile_options GTest::gtest_main)
    if(arg_LABEL STREQUAL "unit")
        add_dependencies(unit_programs ${target})
    endif()
    gtest_discover_tests(
        ${target}
        TEST_PREFIX "${target}/"
        DISCOVERY_TIMEOUT 60
        PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
endfunction()

# One program per *_fuzz.cc: with SUYUAN_BUILD_FUZZERS a libFuzzer target; otherwise a replay of a fixed
# number of seeded mutations, which is a test.
function(suyuan_fuzzer source)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
    get_filename_component(target "${source}" NAME_WE)
    if(SUYUAN_BUILD_FUZZERS)
        add_executable(${target} ${source})
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    elseif(SUYUAN_BUILD_TESTS)
        add_executable(${target} ${source} "${PROJECT_SOURCE_DIR}/tests/support/fuzz_replay.cc")
        add_dependencies(unit_programs ${target})
        add_test(NAME fuzz/${target} COMMAND ${target})
        set_tests_properties(fuzz/${target} PROPERTIES LABELS fuzz TIMEOUT 300)
    else()
        return()
    endif()
    target_compile_features(${target} PRIVATE cxx_std_20)
    target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} suyuan_compile_options)
endfunction()

function(suyuan_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;EXTERNAL;HEADERS;SOURCES;TESTS;BENCHES;FUZZERS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "suyuan_module(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
    endif()
    foreach(dependency IN LISTS arg_DEPENDS)
        if(NOT TARGET suyuan::${dependency})
            message(FATAL_ERROR "module '${name}' may not depend on '${dependency}': "
                                "it is declared later in src/CMakeLists.txt, or not at all")
        endif()
    endforeach()

    if(NOT arg_SOURCES)  # headers only
        file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/empty.cc" "")
        set(arg_SOURCES "${CMAKE_CURRENT_BINARY_DIR}/empty.cc")
    endif()

    set(target suyuan_${name})
    add_library(${target} STATIC)
    add_library(suyuan::${name} ALIAS ${target})
    target_sources(
        ${target}
        PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/src" FILES ${arg_HEADERS}
        PRIVATE ${arg_SOURCES})
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
    list(TRANSFORM arg_DEPENDS PREPEND suyuan:: OUTPUT_VARIABLE links)
    target_link_libraries(${target} PUBLIC ${links} PRIVATE ${arg_EXTERNAL} suyuan_compile_options)

    string(REPLACE ";" " " dependencies "${arg_DEPENDS}")
    file(APPEND "${PROJECT_BINARY_DIR}/module_manifest.txt" "${name}: ${dependencies}\n")

    if(arg_TESTS)
        suyuan_test(${name}_test LABEL unit SOURCES ${arg_TESTS} LIBRARIES ${target})
    endif()
    foreach(fuzzer IN LISTS arg_FUZZERS)
        suyuan_fuzzer("${CMAKE_CURRENT_SOURCE_DIR}/${fuzzer}" LIBRARIES ${target})
    endforeach()
    if(SUYUAN_BUILD_BENCHES)
        foreach(bench IN LISTS arg_BENCHES)
            get_filename_component(program "${bench}" NAME_WE)
            add_executable(${program} ${bench})
            target_link_libraries(${program} PRIVATE ${target} suyuan_compile_options)
        endforeach()
    endif()
endfunction()
