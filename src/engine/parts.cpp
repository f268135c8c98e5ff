#include "engine/parts.hpp"

#include <algorithm>

#include "engine/seat_event.hpp"
#include "sha256.hpp"

namespace licet {

result<void> Parts::begin() {
    auto told = stream_.progress(done_, total_);
    return told ? std::move(told) : result<void>(stopped(std::move(told).error()));
}

void Parts::end() { (void)stream_.progress(done_, done_); }

const Caller& Parts::caller() {
    if (done_ == 0) {
        return caller_;
    }
    next_.as = caller_.as;
    if (caller_.idempotency_key) {
        next_.idempotency_key = sha256_hex(*caller_.idempotency_key + '/' + std::to_string(done_));
    }
    return next_;
}

Error Parts::stopped(Error why) const {
    if (done_ > 0) {
        why.detail += why.detail.empty() ? "" : "; ";
        why.detail += std::to_string(done_);
        why.detail += total_ > 0 ? " of " + std::to_string(total_) : std::string();
        why.detail.append(" ").append(what_).append(" are done");
    }
    return why;
}

std::size_t part_size(const Limits& limits, std::size_t pools) noexcept {
    if (limits.writes_per_batch == 0) {
        return part_max;
    }
    // Beside the seats: the answer, and of each pool its record and an event for every 1,000 users.
    const std::size_t others = 1 + 2 * pools + limits.writes_per_batch / users_per_event;
    const std::size_t seats = limits.writes_per_batch - std::min(limits.writes_per_batch, others);
    return std::clamp<std::size_t>(seats / pools, 1, part_max);
}

bool is_halved(const Error& error, std::size_t& size) noexcept {
    if (error.code != Errc::batch_too_large || size < 2) {
        return false;
    }
    size /= 2;
    return true;
}

}  // namespace licet
