#pragma once

/// \file
/// Where those wait who write to the same record.

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "combiner.hpp"

namespace licet {

/// A lane for each home, which is there while someone is in it.
template <class Item>
class Lanes {
public:
    /// As `Combiner::run`, among those of the same home.
    template <class Serve>
    void run(const std::string& home, Item& item, const Serve& serve) {
        const Visit visit(*this, home);
        visit.queue().run(item, serve);
    }

    /// How many of this home wait or are being served.
    std::size_t waiting(const std::string& home) const {
        const std::lock_guard lock(mutex_);
        const auto lane = lanes_.find(home);
        return lane == lanes_.end() ? 0 : lane->second.queue.waiting();
    }

private:
    struct Lane {
        Combiner<Item> queue;
        std::size_t visitors = 0;
    };
    using Map = std::map<std::string, Lane>;

    class Visit {
    public:
        Visit(Lanes& owner, const std::string& home) : owner_(owner) {
            const std::lock_guard lock(owner.mutex_);
            lane_ = owner.lanes_.try_emplace(home).first;
            ++lane_->second.visitors;
        }
        ~Visit() {
            const std::lock_guard lock(owner_.mutex_);
            if (--lane_->second.visitors == 0) {
                owner_.lanes_.erase(lane_);
            }
        }
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

        Combiner<Item>& queue() const noexcept { return lane_->second.queue; }

    private:
        Lanes& owner_;
        typename Map::iterator lane_;
    };

    mutable std::mutex mutex_;
    Map lanes_;
};

}  // namespace licet
