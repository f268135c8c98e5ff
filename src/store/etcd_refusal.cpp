#include "store/etcd_refusal.hpp"

#include <boost/json/parse.hpp>

namespace licet::etcd {
namespace {

using Kind = Refusal::Kind;

// The numbers of gRPC that etcd answers with.
enum Code : std::int64_t {
    unknown = 2,
    invalid_argument = 3,
    not_found = 5,
    permission_denied = 7,
    resource_exhausted = 8,
    failed_precondition = 9,
    out_of_range = 11,
    unimplemented = 12,
    data_loss = 15,
    unauthenticated = 16,
};

struct Meaning {
    std::int64_t code;
    std::string_view said;  // a part of the message; "" for any
    Kind kind;
    Errc rule;
};

// The first that fits.
constexpr Meaning meanings[] = {
    {unknown, "proposal dropped", Kind::not_now, Errc::store_failed},
    {invalid_argument, "user name is empty", Kind::not_logged_in, Errc::store_failed},
    {invalid_argument, "revision of auth store is old", Kind::not_logged_in, Errc::store_failed},
    {invalid_argument, "request is too large", Kind::refused, Errc::batch_too_large},
    {invalid_argument, "too many operations", Kind::refused, Errc::batch_too_large},
    {invalid_argument, "", Kind::refused, Errc::store_failed},
    {not_found, "", Kind::refused, Errc::store_failed},
    {permission_denied, "", Kind::refused, Errc::store_failed},
    {resource_exhausted, "database space exceeded", Kind::refused, Errc::store_full},
    {resource_exhausted, "message larger than max", Kind::refused, Errc::batch_too_large},
    {resource_exhausted, "too many requests", Kind::not_now, Errc::store_busy},
    {failed_precondition, "", Kind::refused, Errc::store_failed},
    {out_of_range, "has been compacted", Kind::refused, Errc::contended},
    {out_of_range, "", Kind::refused, Errc::store_failed},
    {unimplemented, "", Kind::refused, Errc::store_failed},
    {data_loss, "", Kind::refused, Errc::store_corrupt},
    {unauthenticated, "", Kind::not_logged_in, Errc::store_failed},
};

Refusal in_words_of_etcd(std::int64_t code, std::string_view message) {
    for (const Meaning& meaning : meanings) {
        if (meaning.code == code && message.find(meaning.said) != std::string_view::npos) {
            return {meaning.kind, {meaning.rule, std::string(message), {}}};
        }
    }
    return {Kind::lost, {Errc::store_failed, std::string(message), {}}};
}

}  // namespace

Refusal refusal_of(long status, std::string_view body) {
    boost::json::error_code error;
    const auto root = boost::json::parse(body, error);
    if (const auto* said = error ? nullptr : root.if_object()) {
        const auto* code = said->if_contains("code");
        const auto* message = said->if_contains("message");
        if (code && code->is_int64() && message && message->is_string()) {
            return in_words_of_etcd(code->get_int64(), message->get_string());
        }
    }
    // Not etcd's own words: what stands before it does not know what became of it behind.
    const bool refused = status >= 400 && status < 500 && status != 408;
    return {refused ? Kind::refused : Kind::lost,
            {Errc::store_failed, "HTTP " + std::to_string(status), {}}};
}

}  // namespace licet::etcd
