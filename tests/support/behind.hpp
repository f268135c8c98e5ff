#pragma once

/// \file
/// Stores of one content on a test's own server, with a proxy before it that lets things befall
/// them.

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <licet/store/store.hpp>

#include "support/fault_proxy.hpp"

namespace licet::test {

using Patience = std::chrono::milliseconds;

constexpr Patience patient = std::chrono::seconds(10);  // on a busy machine too
constexpr Patience impatient{100};                      // where it is to wait in vain

constexpr Patience patience_for(Fault fault) { return is_silent(fault) ? impatient : patient; }

/// A new and empty part of a server, and how a store of it is opened by way of a port.
struct Site {
    int port = 0;
    std::function<std::unique_ptr<Store>(int port, Patience)> open;
};

class Behind {
public:
    explicit Behind(Site site)
        : proxy(site.port), site_(std::move(site)), witness_(open_witness()) {}

    /// A store that nothing befalls.
    std::unique_ptr<Store> open_witness() const { return site_.open(site_.port, patient); }
    Store& witness() const { return *witness_; }

    /// One behind the proxy, with a connection made.
    std::unique_ptr<Store> open(Patience patience) const {
        auto store = site_.open(proxy.port(), patience);
        for (int tries = 0; tries < 100 && !store->read({"meta/format"}); ++tries) {
        }
        return store;
    }

    /// Calls it while the fault befalls one of its requests: false where it has not so many.
    bool befalls(Fault fault, int after, const std::function<void()>& call) {
        proxy.strike(fault, after);
        std::jthread helper([&] {
            proxy.wait_for_strike();
            CHECK(witness_->read({"meta/format"}));  // for as long as it is delayed
            proxy.let_go();
        });
        call();
        return proxy.has_struck();
    }

    FaultProxy proxy;

private:
    Site site_;
    std::unique_ptr<Store> witness_;
};

/// All that a store holds.
inline std::vector<Record> all_of(Store& store) {
    std::vector<Record> all;
    for (std::optional<std::string> from = ""; from;) {
        auto page = store.scan(*from, "", 100'000);
        REQUIRE_MESSAGE(page, page.error().message());
        std::move(page.value().records.begin(), page.value().records.end(),
                  std::back_inserter(all));
        from = page.value().next;
    }
    return all;
}

}  // namespace licet::test
