#include "deals/countries.hpp"

#include <algorithm>
#include <iterator>

namespace licet {
namespace {

struct Row {
    std::string_view code;
    std::string_view name;
};

constexpr Row rows[] = {
#include "deals/countries.inc"
};
static_assert(std::ranges::is_sorted(rows, {}, &Row::code));

}  // namespace

std::string_view country_name(const Country& code) noexcept {
    const auto* const row = std::ranges::lower_bound(rows, code.str(), {}, &Row::code);
    return row != std::end(rows) && row->code == code.str() ? row->name : std::string_view();
}

}  // namespace licet
