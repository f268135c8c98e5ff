#include "engine/core.hpp"

#include <mutex>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "engine/layout.hpp"
#include "formats/tables/common.hpp"
#include "store/mirror.hpp"

namespace licet {
namespace {

constexpr std::size_t attempts_max = 64;

}  // namespace

Core::Core(std::unique_ptr<Store> store, EngineOptions options, const Seeds& seeds)
    : store_(std::move(store)),
      options_(std::move(options)),
      index_(*this, *options_.clock, {options_.staleness_max, options_.exclusive}, seeds.index),
      write_path_(*store_, *options_.clock, *options_.random, index_, seeds.commands) {}

result<void> Core::check_format() {
    const std::string key(keys::format);
    for (std::size_t attempt = 0; attempt < attempts_max; ++attempt) {
        BOOST_OUTCOME_TRY(const auto values, store_->read({key, std::string(unfinished_key)}));
        if (values[1] && !options_.allow_unfinished) {
            return Error{Errc::store_unfinished, {}, {}};
        }
        if (values[0]) {
            return check_layout(values[0]->text);
        }
        const auto written = store_->commit({{{key, 0}}, {{key, layout_text()}}});
        if (!written && written.error().code != Errc::store_conflict &&
            written.error().code != Errc::outcome_unknown) {
            return written.error();
        }
    }
    return Error{Errc::contended, key, {}};
}

std::int64_t Core::pool_number(const std::string& pool_key) const {
    const std::shared_lock lock(pool_numbers_mutex_);
    const auto found = pool_numbers_.find(pool_key);
    return found == pool_numbers_.end() ? 0 : found->second;
}

void Core::learn_pool_number(const std::string& pool_key, std::int64_t number) {
    const std::scoped_lock lock(pool_numbers_mutex_);
    pool_numbers_.emplace(pool_key, number);
}

result<void> check_page(const PageRequest& page) {
    if (page.limit < 1 || page.limit > 1000) {
        Findings findings;
        findings.error(Errc::number_out_of_range, Path() / "limit", std::to_string(page.limit),
                       "from 1 to 1000");
        return error_of(findings);
    }
    return boost::outcome_v2::success();
}

}  // namespace licet
