#include "store/postgres_pool.hpp"

#include <utility>

#include <boost/outcome/try.hpp>

namespace licet::postgres {

Pool::Pool(Connect connect, std::size_t size) : connect_(std::move(connect)), slots_(size) {
    free_.reserve(size);
    for (Slot& slot : slots_) {
        free_.push_back(&slot);
    }
}

result<Pool::Loan> Pool::borrow(Deadline deadline) {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_until(lock, deadline, [&] { return !free_.empty(); })) {
        return Error{Errc::store_busy, "all connections are in use", {}};
    }
    Loan loan(free_.back(), GiveBack{this});
    free_.pop_back();
    lock.unlock();
    if (!loan->has_value()) {
        BOOST_OUTCOME_TRY(auto connection, connect_());
        loan->emplace(std::move(connection));
    }
    return loan;
}

void Pool::give_back(Slot* slot) noexcept {
    const std::lock_guard lock(mutex_);
    if (*slot && (*slot)->has_ended()) {
        slot->reset();
        for (Slot* other : free_) {  // what ended this one has most likely ended them
            other->reset();
        }
    }
    free_.insert(*slot ? free_.end() : free_.begin(), slot);
    returned_.notify_one();
}

}  // namespace licet::postgres
