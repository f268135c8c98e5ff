#include "huge_pages.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>

using namespace licet;

TEST_CASE("a piece as large as a huge page begins with one, a smaller one as it was asked for") {
    const auto begins_at_multiple_of = [](const void* memory, std::size_t alignment) {
        return reinterpret_cast<std::uintptr_t>(memory) % alignment == 0;
    };
    for (const std::size_t size : {std::size_t{1}, huge_page - 1, huge_page, 3 * huge_page + 1}) {
        CAPTURE(size);
        void* const memory = huge_pages().allocate(size, 64);
        CHECK(begins_at_multiple_of(memory, size < huge_page ? 64 : huge_page));
        std::memset(memory, 0xab, size);  // all of it is there
        huge_pages().deallocate(memory, size, 64);
    }
}
