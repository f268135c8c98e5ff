#pragma once

/// \file
/// The connections of a store: opened when they are first needed, so many at most.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "store/postgres_connection.hpp"

namespace licet::postgres {

/// Lends connections out; whoever comes when all are lent waits for one.
class Pool {
public:
    /// Makes a connection that is ready for use. Called by several threads at once.
    using Connect = std::function<result<Connection>()>;
    using Slot = std::optional<Connection>;

    Pool(Connect connect, std::size_t size);

    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    struct GiveBack {
        Pool* owner = nullptr;
        void operator()(Slot* slot) const noexcept { owner->give_back(slot); }
    };
    using Loan = std::unique_ptr<Slot, GiveBack>;

    /// There is a connection in what it gives. Fails with `store_busy` at the deadline, or as
    /// `connect` does.
    result<Loan> borrow(Deadline deadline);

private:
    void give_back(Slot* slot) noexcept;

    Connect connect_;
    std::vector<Slot> slots_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<Slot*> free_;  // those with a connection last
};

}  // namespace licet::postgres
