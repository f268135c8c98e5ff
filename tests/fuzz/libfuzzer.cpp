#include <cstddef>
#include <cstdint>

#include "fuzz/judge.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::judge({reinterpret_cast<const char*>(data), size});
    return 0;
}
