#include "huge_pages.hpp"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace licet {
namespace {

class HugePages final : public std::pmr::memory_resource {
    static std::align_val_t alignment_of(std::size_t bytes, std::size_t wanted) noexcept {
        return std::align_val_t{bytes < huge_page ? wanted : huge_page};
    }

    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        void* const memory = ::operator new(bytes, alignment_of(bytes, alignment));
#ifdef __linux__
        // Asked for before the first touch: pages begun as small ones are not always made huge.
        if (bytes >= huge_page) {
            madvise(memory, bytes, MADV_HUGEPAGE);
        }
#endif
        return memory;
    }

    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
        ::operator delete(memory, alignment_of(bytes, alignment));
    }

    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
};

}  // namespace

std::pmr::memory_resource& huge_pages() noexcept {
    static auto* const resource = new HugePages();  // for good: what is static may still use it
    return *resource;
}

}  // namespace licet
