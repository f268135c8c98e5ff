#include "model/linearizability.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace licet::model {
namespace {

using Holders = std::bitset<users_max>;
using Done = std::bitset<calls_max>;

class Search {
public:
    Search(const std::vector<Call>& calls, std::size_t capacity)
        : calls_(calls), capacity_(capacity) {}

    bool go_on(const Done& done, const Holders& holders) {
        if (order.size() == calls_.size()) {
            return true;
        }
        if (!seen_.emplace(done.to_ullong(), holders.to_ulong()).second) {
            return false;
        }
        const std::uint64_t first_end = first_end_of_the_rest(done);
        for (std::size_t n = 0; n < calls_.size(); ++n) {
            if (done[n] || calls_[n].began > first_end) {
                continue;
            }
            Holders after = holders;
            if (tell(calls_[n], after) != calls_[n].told) {
                continue;
            }
            order.push_back(n);
            if (go_on(Done(done).set(n), after)) {
                return true;
            }
            order.pop_back();
        }
        return false;
    }

    std::vector<std::size_t> order;

private:
    std::uint64_t first_end_of_the_rest(const Done& done) const {
        std::uint64_t first = UINT64_MAX;
        for (std::size_t n = 0; n < calls_.size(); ++n) {
            first = done[n] ? first : std::min(first, calls_[n].ended);
        }
        return first;
    }

    std::size_t tell(const Call& call, Holders& holders) const {
        const bool holds = holders[call.user];
        switch (call.act) {
            case Act::assign:
                holders[call.user] = holds || holders.count() < capacity_;
                return holders[call.user];
            case Act::unassign:
                holders[call.user] = false;
                return holds;
            case Act::count:
                return holders.count();
            case Act::check:
                return holds;
        }
        return 0;
    }

    const std::vector<Call>& calls_;
    std::size_t capacity_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;  // from here there is no way
};

}  // namespace

std::optional<std::vector<std::size_t>> linearization(const std::vector<Call>& calls,
                                                      std::size_t capacity) {
    Search search(calls, capacity);
    return search.go_on({}, {}) ? std::optional(std::move(search.order)) : std::nullopt;
}

std::string text_of(const std::vector<Call>& calls) {
    constexpr const char* acts[] = {"assign", "unassign", "count", "check"};
    std::string text;
    for (const Call& call : calls) {
        text += std::to_string(call.began) + " to " + std::to_string(call.ended) + ": " +
                acts[static_cast<std::size_t>(call.act)] + " user " + std::to_string(call.user) +
                " told " + std::to_string(call.told) + '\n';
    }
    return text;
}

}  // namespace licet::model
