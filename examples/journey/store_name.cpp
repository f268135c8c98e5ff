#include "store_name.hpp"

#include <string_view>

#include <boost/json.hpp>

namespace journey {
namespace {

namespace json = boost::json;

constexpr std::string_view sqlite = "sqlite:";

}  // namespace

std::string file_of(const std::string& store) {
    if (store.starts_with(sqlite)) {
        return store.substr(sqlite.size());
    }
    const bool is_another = store == "memory" || store.starts_with('{') ||
                            store.starts_with("postgresql://") || store.starts_with("postgres://");
    return is_another ? "" : store;
}

std::string config_of(const std::string& store) {
    if (store.starts_with('{')) {
        return store;
    }
    if (const std::string file = file_of(store); !file.empty()) {
        return json::serialize(json::object{{"store", "sqlite"}, {"path", file}});
    }
    return json::serialize(store == "memory"
                               ? json::object{{"store", "memory"}}
                               : json::object{{"store", "postgresql"}, {"uri", store}});
}

}  // namespace journey
