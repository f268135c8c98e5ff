#pragma once

/// \file
/// Records that were written a moment ago, in the form that code works on, so that who reads one
/// again need not decode it.

#include <any>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <licet/store/store.hpp>

namespace licet {

/// A record of whatever type; null where it is not known.
using Decoded = std::shared_ptr<const std::any>;

/// A few of them, each true as long as its key has its stamp. Any thread.
class RecordCache {
public:
    struct Newest {
        Stamp stamp = 0;
        Decoded record{};  ///< Null where none is kept.
        bool is_trusted = false;
    };

    /// What was last kept under a key, whatever the store has there by now.
    Newest newest(std::string_view key) const {
        const Slot& slot = slots_[place(key)];
        const std::lock_guard lock(slot.mutex);
        return slot.key == key ? Newest{slot.stamp, slot.record, slot.is_trusted} : Newest{};
    }

    /// Whether to rely on the newest before the store has been asked: yes, until told otherwise.
    void trust(std::string_view key, bool is_trusted) noexcept {
        Slot& slot = slots_[place(key)];
        const std::lock_guard lock(slot.mutex);
        if (slot.key == key) {
            slot.is_trusted = is_trusted;
        }
    }

    /// Null where it is not kept.
    Decoded find(std::string_view key, Stamp stamp) const {
        const Slot& slot = slots_[place(key)];
        const std::lock_guard lock(slot.mutex);
        return slot.stamp == stamp && slot.key == key ? slot.record : nullptr;
    }

    /// Whatever else has its place is forgotten.
    void keep(std::string&& key, Stamp stamp, Decoded record) noexcept {
        Slot& slot = slots_[place(key)];
        const std::lock_guard lock(slot.mutex);
        if (slot.key != key) {
            slot.key.swap(key);
            slot.is_trusted = true;
        } else if (slot.stamp > stamp) {
            return;
        }
        slot.stamp = stamp;
        slot.record.swap(record);
    }

private:
    static constexpr std::size_t slots_count = 256;

    struct Slot {
        mutable std::mutex mutex;
        std::string key;
        Stamp stamp = 0;
        Decoded record;
        bool is_trusted = true;
    };

    static std::size_t place(std::string_view key) noexcept {
        return std::hash<std::string_view>()(key) % slots_count;
    }

    std::array<Slot, slots_count> slots_;
};

}  // namespace licet
