#include "engine/layout.hpp"

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "formats/codecs.hpp"
#include "store/mirror.hpp"

namespace licet {
namespace {

constexpr std::int64_t layout_version = 1;

struct Layout {
    std::int64_t version = layout_version;
};

}  // namespace

namespace formats {

template <>
struct Table<Layout> {
    static constexpr Field fields[] = {field<Layout, &Layout::version>("format")};
};

}  // namespace formats

std::string layout_text() { return formats::encode(Layout()); }

result<void> check_layout(std::string_view text) {
    BOOST_OUTCOME_TRY(const auto layout, formats::decode<Layout>(text));
    if (layout.version > layout_version) {
        return Error{Errc::store_format_newer,
                     "layout " + std::to_string(layout.version) + ", this licet knows " +
                         std::to_string(layout_version),
                     {}};
    }
    return boost::outcome_v2::success();
}

result<void> check_readable(Store& store) {
    BOOST_OUTCOME_TRY(const auto found,
                      store.read({std::string(keys::format), std::string(unfinished_key)}));
    if (found[1]) {
        return Error{Errc::store_unfinished, {}, {}};
    }
    return found[0] ? check_layout(found[0]->text) : boost::outcome_v2::success();
}

}  // namespace licet
