#pragma once

/// \file
/// A good store behind licet_store_vtable, and places to make it misbehave.

#include <atomic>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include <licet.h>
#include <licet/store/memory.hpp>

/// A callback that is set stands in for what the store would have said, and returns the status.
struct Bridge {
    licet::MemoryStore store;
    std::function<int32_t(licet_reply*)> on_read;
    std::function<int32_t(licet_reply*)> on_scan;
    std::function<int32_t(licet_reply*)> on_commit;
    std::function<int32_t(licet_reply*)> on_limits;
    std::optional<std::thread::id> only_thread;  ///< Others are counted as strangers.
    std::atomic<int> strangers{0};
    std::atomic<int> calls{0};
    int destroyed = 0;

    static licet_store_vtable vtable() {
        return {sizeof(licet_store_vtable), read, scan, commit, limits, destroy};
    }

    /// Ends the test where it cannot be had. `functions` may have some in another's stead.
    licet_store* open(const licet_store_vtable& functions = vtable());

private:
    static Bridge& from(void* self);
    static int32_t read(void* self, const licet_string* keys, size_t count, licet_reply* reply);
    static int32_t scan(void* self, const char* from, size_t from_size, const char* to,
                        size_t to_size, size_t limit, licet_reply* reply);
    static int32_t commit(void* self, const licet_expectation* expectations,
                          size_t expectation_count, const licet_write* writes, size_t write_count,
                          licet_reply* reply);
    static int32_t limits(void* self, licet_reply* reply);
    static void destroy(void* self);
};
