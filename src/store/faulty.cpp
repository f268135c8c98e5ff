#include <licet/store/faulty.hpp>

#include <array>
#include <cstddef>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet {
namespace {

Error injected(Errc code) { return {code, "injected fault", {}}; }

}  // namespace

FaultyStore::FaultyStore(std::unique_ptr<Store> inner, Faults faults) : inner_(std::move(inner)) {
    set(faults);
}

void FaultyStore::set(Faults faults) {
    const std::lock_guard lock(mutex_);
    faults_ = faults;
    random_.emplace(faults.seed);
}

result<std::vector<std::optional<Value>>> FaultyStore::read(const std::vector<std::string>& keys) {
    if (read_fails()) {
        return injected(Errc::store_failed);
    }
    return inner_->read(keys);
}

result<ScanPage> FaultyStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    if (read_fails()) {
        return injected(Errc::store_failed);
    }
    return inner_->scan(from, to, limit);
}

result<Stamp> FaultyStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    switch (fate_of_commit()) {
        case Fate::fails:
            return injected(Errc::store_failed);
        case Fate::conflicts:
            if (batch.expectations.empty()) {
                break;  // there is nothing it could be in conflict about
            }
            return Error{Errc::store_conflict, batch.expectations.front().key, {}};
        case Fate::unknown_lost:
            return injected(Errc::outcome_unknown);
        case Fate::unknown_done: {
            BOOST_OUTCOME_TRY(inner_->commit(batch));
            return injected(Errc::outcome_unknown);
        }
        case Fate::kept:
            break;
    }
    return inner_->commit(batch);
}

Limits FaultyStore::limits() const noexcept { return inner_->limits(); }

bool FaultyStore::read_fails() {
    const std::lock_guard lock(mutex_);
    return draw() < faults_.read_fails;
}

FaultyStore::Fate FaultyStore::fate_of_commit() {
    const std::lock_guard lock(mutex_);
    std::int64_t left = draw();
    for (const auto& [share, fate] : {std::pair{faults_.commit_fails, Fate::fails},
                                      std::pair{faults_.conflicts, Fate::conflicts},
                                      std::pair{faults_.unknown_lost, Fate::unknown_lost},
                                      std::pair{faults_.unknown_done, Fate::unknown_done}}) {
        if (left < share) {
            return fate;
        }
        left -= share;
    }
    return Fate::kept;
}

std::int64_t FaultyStore::draw() {
    std::array<std::byte, 4> bytes{};
    if (!random_->fill(bytes)) {
        return 0;
    }
    std::int64_t number = 0;
    for (const std::byte byte : bytes) {
        number = number * 256 + std::to_integer<std::int64_t>(byte);
    }
    return number % 1000;
}

}  // namespace licet
