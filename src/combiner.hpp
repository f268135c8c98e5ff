#pragma once

/// \file
/// Joins what several threads want at the same time: one of them does it for all.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <span>
#include <vector>

#include <boost/intrusive/list.hpp>

namespace licet {

/// One of the threads that wait leads: it serves those who have queued up, itself first, while
/// they sleep and those who come meanwhile queue up for the next leader.
template <class Item>
class Combiner {
public:
    /// Returns once `item` has been served. `serve(items)` serves some of the items from the
    /// front, at least the first, and gives their number; one thread at a time calls it. Where it
    /// throws, the first is the one that hears of it, and the others stay in the queue.
    template <class Serve>
    void run(Item& item, const Serve& serve) {
        Waiter self{item};
        std::unique_lock lock(mutex_);
        queue_.push_back(self);
        self.leads = queue_.size() == 1;
        self.wake.wait(lock, [&] { return self.served || self.leads; });
        if (self.leads) {
            Lead lead(*this, lock);
            list_items();
            lock.unlock();
            lead.served = serve(std::span<Item* const>(items_));
        }
    }

    /// How many are in the queue, those who are being served included.
    std::size_t waiting() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }

private:
    struct Waiter : boost::intrusive::list_base_hook<> {
        explicit Waiter(Item& of) noexcept : item(of) {}

        Item& item;
        bool served = false;
        bool leads = false;
        std::condition_variable wake{};
    };

    // What a leader owes to the others, also where it is left by an exception.
    struct Lead {
        Lead(Combiner& of, std::unique_lock<std::mutex>& held) noexcept : owner(of), lock(held) {}
        Lead(const Lead&) = delete;
        Lead& operator=(const Lead&) = delete;
        ~Lead() {
            if (!lock.owns_lock()) {
                lock.lock();
            }
            owner.pass_on(served);
        }

        Combiner& owner;
        std::unique_lock<std::mutex>& lock;
        std::size_t served = 1;
    };

    void list_items() {
        items_.clear();
        for (const Waiter& waiter : queue_) {
            items_.push_back(&waiter.item);
        }
    }

    // Woken under the lock: a waiter lives on its thread's stack and is gone once it is served.
    void pass_on(std::size_t served) noexcept {
        for (; served != 0; --served) {
            Waiter& done = queue_.front();
            queue_.pop_front();
            done.served = true;
            done.wake.notify_one();
        }
        if (!queue_.empty()) {
            queue_.front().leads = true;
            queue_.front().wake.notify_one();
        }
    }

    mutable std::mutex mutex_;
    boost::intrusive::list<Waiter> queue_;
    std::vector<Item*> items_;  // the leader's alone
};

}  // namespace licet
