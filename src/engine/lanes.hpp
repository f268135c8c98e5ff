#pragma once

/// \file
/// Where those wait who write to the same record.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "combiner.hpp"

namespace licet {

/// A lane for each home in which someone is. Those that were left are for the homes that come next,
/// so there are never more than threads were here at once.
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
        const Lane* const lane = find(home);
        return lane ? lane->queue.waiting() : 0;
    }

private:
    struct Lane {
        Combiner<Item> queue;
        std::string home{};
        std::size_t visitors = 0;
    };

    class Visit {
    public:
        Visit(Lanes& owner, const std::string& home) : owner_(owner) {
            const std::lock_guard lock(owner.mutex_);
            lane_ = owner.find(home);
            if (!lane_) {
                lane_ = &owner.empty_lane();
                lane_->home = home;
            }
            ++lane_->visitors;
        }
        ~Visit() {
            const std::lock_guard lock(owner_.mutex_);
            --lane_->visitors;
        }
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

        Combiner<Item>& queue() const noexcept { return lane_->queue; }

    private:
        Lanes& owner_;
        Lane* lane_;
    };

    // Null where nobody is in it.
    Lane* find(const std::string& home) const {
        const auto found = std::ranges::find_if(
            lanes_, [&](const auto& lane) { return lane->visitors != 0 && lane->home == home; });
        return found == lanes_.end() ? nullptr : found->get();
    }

    Lane& empty_lane() {
        const auto found =
            std::ranges::find_if(lanes_, [](const auto& lane) { return lane->visitors == 0; });
        return found == lanes_.end() ? *lanes_.emplace_back(std::make_unique<Lane>()) : **found;
    }

    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace licet
