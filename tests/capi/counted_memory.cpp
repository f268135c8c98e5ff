#include "counted_memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace counted {

thread_local std::int64_t until_failure = -1;
thread_local std::int64_t alive = 0;
thread_local std::int64_t bytes = 0;
thread_local std::int64_t bytes_most = 0;

}  // namespace counted

namespace {

using namespace counted;

void* allocate(std::size_t size, std::size_t alignment) noexcept {
    if (until_failure >= 0 && until_failure-- == 0) {
        return nullptr;
    }
    void* memory =
        alignment <= alignof(std::max_align_t)
            ? std::malloc(size == 0 ? 1 : size)
            : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
    alive += memory ? 1 : 0;
    bytes += static_cast<std::int64_t>(malloc_usable_size(memory));
    bytes_most = std::max(bytes, bytes_most);
    return memory;
}

void release(void* memory) noexcept {
    alive -= memory ? 1 : 0;
    bytes -= static_cast<std::int64_t>(malloc_usable_size(memory));
    std::free(memory);
}

void* must(void* memory) {
    if (!memory) {
        throw std::bad_alloc();
    }
    return memory;
}

}  // namespace

void* operator new(std::size_t size) { return must(allocate(size, 1)); }
void* operator new[](std::size_t size) { return must(allocate(size, 1)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return must(allocate(size, static_cast<std::size_t>(alignment)));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return must(allocate(size, static_cast<std::size_t>(alignment)));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 1); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 1); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }
