#include "store/postgres_uri.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include <libpq-fe.h>

namespace licet::postgres {
namespace {

Error refused(const char* why) { return {Errc::url_syntax, why, {}}; }

}  // namespace

result<std::size_t> check_uri(const std::string& uri) {
    const auto scheme = uri.find("://");
    const std::string_view name = std::string_view(uri).substr(0, scheme);
    if (scheme == std::string::npos || (name != "postgresql" && name != "postgres") ||
        uri.find('\0') != std::string::npos) {
        return refused("not postgresql://...");
    }
    const std::string_view rest = std::string_view(uri).substr(scheme + 3);
    const auto at = rest.find('@');
    if (at != std::string_view::npos &&
        (rest.find('/') < at || rest.find('@', at + 1) != std::string_view::npos)) {
        return refused(
            "an '@' or '/' in a user's name, a password or a parameter is to be "
            "written %40 or %2F");
    }

    char* said = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(uri.c_str(), &said), PQconninfoFree);
    PQfreemem(said);  // it repeats the URI
    if (!options) {
        return refused("libpq cannot read it");
    }
    std::size_t hosts = 1;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        const std::string_view keyword = option->keyword;
        const std::string_view value = option->val ? option->val : "";
        if (keyword == "host") {
            hosts += static_cast<std::size_t>(std::ranges::count(value, ','));
        }
        if (keyword == "port" && value.find_first_not_of("0123456789,") != std::string::npos) {
            return refused("a port is not a number");
        }
    }
    return hosts;
}

}  // namespace licet::postgres
