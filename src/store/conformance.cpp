#include <licet/store/conformance.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include <licet/random.hpp>

#include "hex.hpp"
#include "store/conformance/room.hpp"

namespace licet {
namespace {

using conformance::Case;
using conformance::Room;

/// Deletes all that the cases wrote, and nothing else: a broken scan may give records of others,
/// and may give for ever what was deleted.
void clean_up(Room& room) {
    constexpr int pages_max = 1000;
    const std::size_t limit = room.store().limits().writes_per_batch;
    const std::size_t page_size = limit == 0 ? 100 : limit;
    for (int i = 0; i < pages_max; ++i) {
        Batch batch;
        for (const Record& record : room.scan(page_size).records) {
            if (record.key.starts_with(room.key(""))) {
                batch.writes.push_back({record.key, std::nullopt});
            }
        }
        if (batch.writes.empty()) {
            break;
        }
        room.commit(batch);
    }
    room.expect_names(room.scan(page_size), {});
}

constexpr Case cleaning{"what is deleted page by page is gone", clean_up};

}  // namespace

bool ConformanceReport::ok() const noexcept {
    return std::ranges::all_of(cases, &ConformanceCase::ok);
}

ConformanceReport check_store(Store& store, Threads threads) {
    ConformanceReport report;
    const auto check = [&](const Case& one, const std::string& prefix) {
        Room room(store, prefix);
        one.run(room);
        std::string seen = room.seen();
        const bool ok = seen.empty();
        report.cases.push_back({one.name, ok, std::move(seen)});
    };

    std::array<std::byte, 8> random{};
    if (const auto filled = SystemRandom().fill(random); !filled) {
        report.cases.push_back({"keys of its own can be made", false, filled.error().message()});
        return report;
    }
    const std::string prefix = "conformance/" + hex(random) + "/";
    const auto check_all = [&](std::span<const Case> cases) {
        for (const Case& one : cases) {
            check(one, prefix + std::to_string(report.cases.size()) + "/");
        }
    };
    check_all(conformance::reading_cases());
    check_all(conformance::committing_cases());
    check_all(conformance::refusal_cases());
    if (threads == Threads::several) {
        check_all(conformance::concurrency_cases());
    } else {
        for (const Case& one : conformance::concurrency_cases()) {
            report.left_out.emplace_back(one.name);
        }
    }
    check(cleaning, prefix);
    return report;
}

}  // namespace licet
