#include <licet/engine/copy.hpp>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "engine/layout.hpp"
#include "store/mirror.hpp"

namespace licet {
namespace {

constexpr std::uint64_t told_every = 1000;

result<void> check_writable(Store& to) {
    BOOST_OUTCOME_TRY(const auto found, to.read({std::string(keys::format)}));
    return found[0] ? check_layout(found[0]->text) : boost::outcome_v2::success();
}

// The mark that `to` bears now stands in `from` as well where the two are one store.
result<void> check_are_two(Store& from, Mirror& mirror) {
    auto before = check_readable(from);
    if (before || before.error().code != Errc::store_unfinished) {
        return before;
    }
    BOOST_OUTCOME_TRYV(mirror.withdraw());
    BOOST_OUTCOME_TRYV(check_readable(from));
    return Error{Errc::store_not_empty, "it is the store that is copied", {}};
}

}  // namespace

result<Copied> copy_store(Store& from, Store& to, const CopyProgress& progress) {
    BOOST_OUTCOME_TRYV(check_readable(from));
    BOOST_OUTCOME_TRYV(check_writable(to));
    std::uint64_t total = 0;
    const auto tell = [&](CopyPhase phase, std::uint64_t done) -> result<void> {
        const bool is_time = done % told_every == 0 || done == total;
        return progress && is_time ? progress(phase, done, total) : boost::outcome_v2::success();
    };

    const Limits limits = to.limits();
    BOOST_OUTCOME_TRY(const Collected before,
                      collect(from, [&](const Record& record, const RecordChain& seen) {
                          auto fits = check_fits(record, limits);
                          return fits ? tell(CopyPhase::counting, seen.count()) : fits;
                      }));
    total = before.content.count();
    BOOST_OUTCOME_TRYV(tell(CopyPhase::counting, total));

    BOOST_OUTCOME_TRY(Mirror mirror, Mirror::begin(to));
    BOOST_OUTCOME_TRYV(check_are_two(from, mirror));
    BOOST_OUTCOME_TRY(const Collected after,
                      collect(from, [&](const Record& record, const RecordChain& seen) {
                          auto added = mirror.add(record);
                          return added ? tell(CopyPhase::copying, seen.count()) : added;
                      }));
    if (before.stamps != after.stamps) {
        return Error{Errc::source_changed, {}, {}};
    }
    BOOST_OUTCOME_TRYV(mirror.finish(
        after.content, [&](std::uint64_t count) { return tell(CopyPhase::verifying, count); }));
    return Copied{after.content.count(), mirror.written(), after.content.hash()};
}

}  // namespace licet
