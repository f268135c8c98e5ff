#include "store/group_commit.hpp"

#include <utility>

namespace licet {

/// What a leader owes to the others, also where it is left by an exception: to wake those whose
/// batches it took, and to pass the lead on.
class GroupCommit::Leadership {
public:
    Leadership(GroupCommit& owner, std::vector<Waiter*> group) noexcept
        : owner_(owner), group_(std::move(group)) {}

    Leadership(const Leadership&) = delete;
    Leadership& operator=(const Leadership&) = delete;

    ~Leadership() {
        // Woken under the lock: a waiter lives on its thread's stack and is gone once it is done.
        const std::lock_guard lock(owner_.mutex_);
        for (Waiter* waiter : group_) {
            waiter->done = true;
            waiter->wake.notify_one();
        }
        owner_.led_ = !owner_.queue_.empty();
        if (owner_.led_) {
            owner_.queue_.front()->leads = true;
            owner_.queue_.front()->wake.notify_one();
        }
    }

    void commit() const {
        const std::vector<PendingBatch*> batches(group_.begin(), group_.end());
        owner_.commit_group_(batches);
    }

private:
    GroupCommit& owner_;
    std::vector<Waiter*> group_;
};

GroupCommit::GroupCommit(CommitGroup commit_group) : commit_group_(std::move(commit_group)) {}

result<Stamp> GroupCommit::commit(const Batch& batch) {
    Waiter self;
    self.batch = &batch;
    std::unique_lock lock(mutex_);
    queue_.push_back(&self);
    if (!std::exchange(led_, true)) {
        self.leads = true;
    }
    self.wake.wait(lock, [&] { return self.done || self.leads; });
    if (self.leads) {
        const Leadership leadership(*this, std::exchange(queue_, {}));
        lock.unlock();
        leadership.commit();
    }
    return std::move(self.outcome);
}

}  // namespace licet
