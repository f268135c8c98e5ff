#include "store_name.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <boost/json.hpp>

namespace journey {
namespace {

namespace json = boost::json;

constexpr std::string_view sqlite = "sqlite:";

std::string lower(std::string_view text) {
    std::string all(text);
    std::ranges::transform(all, all.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return all;
}

bool is_sqlite(std::string_view store) { return lower(store.substr(0, sqlite.size())) == sqlite; }

/// Where the scheme of a URI ends; npos where it is none. One slash is enough: who forgot the
/// other did not mean a path. ./a:/b is one.
std::size_t end_of_scheme(std::string_view store) {
    const std::size_t end = store.find(":/");
    return end < store.find('/') ? end : std::string_view::npos;
}

/// What libpq takes in place of a URI: "host=db user=app password=…", "service=book".
bool is_libpq_keywords(std::string_view store) {
    const std::size_t end = store.find_first_of("= ");
    const std::size_t equals = store.find_first_not_of(' ', end);
    const std::string_view word = store.substr(0, end);
    constexpr std::string_view keywords[] = {"dbname",   "host",    "hostaddr", "passfile",
                                             "password", "port",    "service",  "servicefile",
                                             "sslmode",  "options", "user"};
    return equals != std::string_view::npos && store[equals] == '=' &&
           std::ranges::find(keywords, word) != std::end(keywords);
}

/// Of a URI, whose scheme may be in any case of letters. What is none that there is, is told by
/// its scheme alone: what is behind that may be secret.
json::object config_of_uri(std::string_view uri, std::size_t end) {
    const std::string scheme = lower(uri.substr(0, end));
    const std::string_view rest = uri.substr(end);
    if ((scheme == "postgresql" || scheme == "postgres") && rest.starts_with("://")) {
        return {{"store", "postgresql"}, {"uri", scheme + std::string(rest)}};
    }
    const bool is_scheme =
        scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+.-") == std::string::npos;
    return {{"store", (is_scheme ? scheme : "") + "://"}};
}

/// Nothing where it is none.
std::string path_in(const std::string& config) {
    boost::system::error_code failed;
    const json::value read = json::parse(config, failed);
    const json::object* object = failed ? nullptr : read.if_object();
    const json::value* kind = object ? object->if_contains("store") : nullptr;
    const json::value* path = object ? object->if_contains("path") : nullptr;
    const bool is_file = kind && *kind == "sqlite" && path && path->is_string();
    return is_file ? std::string(path->get_string()) : "";
}

}  // namespace

std::string file_of(const std::string& store) {
    if (store.starts_with('{')) {
        return path_in(store);
    }
    if (is_sqlite(store)) {
        return store.substr(sqlite.size());
    }
    const bool is_another =
        store == "memory" || end_of_scheme(store) != std::string::npos || is_libpq_keywords(store);
    return is_another ? "" : store;
}

std::string config_of(const std::string& store) {
    if (store.starts_with('{')) {
        return store;
    }
    if (const std::string file = file_of(store); !file.empty()) {
        return json::serialize(json::object{{"store", "sqlite"}, {"path", file}});
    }
    if (is_libpq_keywords(store)) {  // which may be secret
        return json::serialize(json::object{{"store", "libpq://"}});
    }
    const std::size_t end = end_of_scheme(store);
    return json::serialize(end == std::string::npos || is_sqlite(store)
                               ? json::object{{"store", store}}
                               : config_of_uri(store, end));
}

}  // namespace journey
