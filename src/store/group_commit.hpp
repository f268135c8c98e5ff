#pragma once

/// \file
/// Joins the batches that several threads commit at the same time, for a store that can put
/// them into one transaction.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include <licet/store/store.hpp>

namespace licet {

/// A batch that waits to be committed, and what became of it.
struct PendingBatch {
    const Batch* batch = nullptr;
    result<Stamp> outcome =
        Error{Errc::out_of_memory, "not written", {}};  // what an exception leaves
};

/// One of the threads that wait leads: it commits all that has queued up, its own batch too,
/// while the others sleep and those who come meanwhile queue up for the next leader.
class GroupCommit {
public:
    /// Commits each batch of a group for itself and sets its outcome. Called by one thread at a
    /// time.
    using CommitGroup = std::function<void(std::span<PendingBatch* const>)>;

    explicit GroupCommit(CommitGroup commit_group);

    result<Stamp> commit(const Batch& batch);

private:
    struct Waiter : PendingBatch {
        bool done = false;
        bool leads = false;
        std::condition_variable wake;
    };
    class Leadership;

    CommitGroup commit_group_;
    std::mutex mutex_;
    std::vector<Waiter*> queue_;
    bool led_ = false;
};

}  // namespace licet
