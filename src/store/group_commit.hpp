#pragma once

/// \file
/// Joins the batches that several threads commit at the same time, for a store that can put
/// them into one transaction.

#include <functional>
#include <span>
#include <utility>

#include <licet/store/store.hpp>

#include "combiner.hpp"

namespace licet {

/// A batch that waits to be committed, and what became of it.
struct PendingBatch {
    const Batch* batch = nullptr;
    result<Stamp> outcome = Stamp{0};
};

class GroupCommit {
public:
    /// Commits each batch of a group for itself and sets its outcome. Called by one thread at a
    /// time.
    using CommitGroup = std::function<void(std::span<PendingBatch* const>)>;

    explicit GroupCommit(CommitGroup commit_group) : commit_group_(std::move(commit_group)) {}

    result<Stamp> commit(const Batch& batch) {
        PendingBatch pending{&batch};
        waiting_.run(pending, [this](std::span<PendingBatch* const> group) {
            commit_group_(group);
            return group.size();
        });
        return std::move(pending.outcome);
    }

private:
    CommitGroup commit_group_;
    Combiner<PendingBatch> waiting_;
};

}  // namespace licet
