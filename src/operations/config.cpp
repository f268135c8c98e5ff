#include <licet/operations/operations.hpp>

#include <boost/outcome/try.hpp>

#include <licet/store/etcd.hpp>
#include <licet/store/faulty.hpp>
#include <licet/store/memory.hpp>
#ifdef LICET_POSTGRES
#include <licet/store/postgres.hpp>
#endif
#include <licet/store/sqlite.hpp>

#include "formats/enums.hpp"
#include "formats/tables/common.hpp"
#include "operations/config.hpp"

namespace licet {
namespace {

enum class StoreKind { memory, sqlite, postgresql, etcd };

struct ClockConfig {
    Timestamp manual;
};

struct IdsConfig {
    std::uint64_t sequential = 1;
};

struct Config {
    std::optional<StoreKind> store;
    std::optional<std::string> path;
    std::optional<std::string> uri;
    std::vector<std::string> endpoints;
    std::optional<std::string> prefix;
    std::optional<EtcdTls> tls;
    std::optional<ClockConfig> clock;
    std::optional<IdsConfig> ids;
    Duration staleness_max{1'000};
    bool exclusive = false;
    bool allow_unfinished = false;
    std::int64_t timeout_ms = 10'000;
    bool allow_async = false;
    Policy policy;
    std::optional<Faults> faults;
};

}  // namespace

template <>
struct Words<StoreKind> {
    static constexpr Word<StoreKind> all[] = {
        {"memory", StoreKind::memory},
        {"sqlite", StoreKind::sqlite},
        {"postgresql", StoreKind::postgresql},
        {"etcd", StoreKind::etcd},
    };
};
template <>
struct Words<Overage::Kind> {
    static constexpr Word<Overage::Kind> all[] = {
        {"none", Overage::Kind::none},
        {"always", Overage::Kind::always},
    };
};

namespace formats {

template <>
struct Table<ClockConfig> {
    static constexpr Field fields[] = {field<ClockConfig, &ClockConfig::manual>("manual")};
};
template <>
struct Table<IdsConfig> {
    static constexpr Field fields[] = {field<IdsConfig, &IdsConfig::sequential>("sequential")};
};

constexpr Bounds path_length{1, 4096};

template <>
struct Table<EtcdTls> {
    static constexpr std::string_view name = "Tls";
    static constexpr Field fields[] = {
        field<EtcdTls, &EtcdTls::ca_file>("ca_file", Need::defaulted, Set::by_caller, path_length),
        field<EtcdTls, &EtcdTls::cert_file>("cert_file", Need::defaulted, Set::by_caller,
                                            path_length),
        field<EtcdTls, &EtcdTls::key_file>("key_file", Need::defaulted, Set::by_caller,
                                           path_length),
    };
};

constexpr Bounds per_mille{0, 1000};
constexpr Bounds span_of_time{0, INT64_MAX};

template <>
struct Table<Faults> {
    static constexpr std::string_view name = "Faults";
    static constexpr Field fields[] = {
        field<Faults, &Faults::seed>("seed", Need::defaulted),
        field<Faults, &Faults::read_fails>("read_fails", Need::defaulted, Set::by_caller,
                                           per_mille),
        field<Faults, &Faults::commit_fails>("commit_fails", Need::defaulted, Set::by_caller,
                                             per_mille),
        field<Faults, &Faults::conflicts>("conflicts", Need::defaulted, Set::by_caller, per_mille),
        field<Faults, &Faults::unknown_lost>("unknown_lost", Need::defaulted, Set::by_caller,
                                             per_mille),
        field<Faults, &Faults::unknown_done>("unknown_done", Need::defaulted, Set::by_caller,
                                             per_mille),
    };
};

struct PercentOverage {
    Decimal percent;
};
template <>
struct Table<PercentOverage> {
    static constexpr Field fields[] = {field<PercentOverage, &PercentOverage::percent>("percent")};
};
/// `"none"`, `"always"` or `{"percent":"12.5"}`.
template <>
struct Codec<Overage> {
    static void read(const Node& in, Overage& out, Reader& reader, const Path& at) {
        if (in.is_object()) {
            PercentOverage given;
            Codec<PercentOverage>::read(in, given, reader, at);
            out = {Overage::Kind::percent, given.percent};
        } else {
            Codec<Overage::Kind>::read(in, out.kind, reader, at);
        }
    }
    static void write(Writer& out, const Overage& value) {
        if (value.kind == Overage::Kind::percent) {
            Codec<PercentOverage>::write(out, {value.percent});
        } else {
            Codec<Overage::Kind>::write(out, value.kind);
        }
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return any_of(
            {Codec<Overage::Kind>::schema(in, bounds), Codec<PercentOverage>::schema(in, bounds)});
    }
};

constexpr Bounds day_count{0, 36'500};

constexpr Field policy_fields[] = {
    field<Policy, &Policy::overage>("overage", Need::defaulted),
    field<Policy, &Policy::lowering>("lowering", Need::defaulted),
    field<Policy, &Policy::require_usage_location>("require_usage_location", Need::defaulted),
    field<Policy, &Policy::alias_immutable>("alias_immutable", Need::defaulted),
    field<Policy, &Policy::go_live_delay>("go_live_delay_ms", Need::defaulted, Set::by_caller,
                                          span_of_time),
    field<Policy, &Policy::invite_ttl_days>("invite_ttl_days", Need::defaulted, Set::by_caller,
                                            day_count),
    field<Policy, &Policy::grace_days>("grace_days", Need::defaulted, Set::by_caller, day_count),
    field<Policy, &Policy::suspended_days>("suspended_days", Need::defaulted, Set::by_caller,
                                           day_count),
    field<Policy, &Policy::over_assigned_days>("over_assigned_days", Need::defaulted,
                                               Set::by_caller, day_count),
    field<Policy, &Policy::quantity_max>("quantity_max", Need::defaulted, Set::by_caller,
                                         {1, 1'000'000}),
    field<Policy, &Policy::invite_link_base>("invite_link_base", Need::defaulted, Set::by_caller,
                                             {1, 2048}),
    field<Policy, &Policy::usd_rates>("usd_rates", Need::defaulted),
};
/// An object, or the name of a preset.
template <>
struct Codec<Policy> {
    static void read(const Node& in, Policy& out, Reader& reader, const Path& at) {
        if (in.is_text()) {
            if (in.text() == "microsoft365") {
                out = Policy::microsoft365();
            } else {
                reader.findings().error(Errc::unknown_word, at, {}, "one of microsoft365");
            }
        } else {
            read_object(in, {{&out, policy_fields}}, reader, at);
        }
    }
    static void write(Writer& out, const Policy& value) {
        write_object(out, {{&value, policy_fields}});
    }
    static std::string schema(const Schema& in, const Bounds&) {
        return any_of({R"({"const":"microsoft365"})", in.document("Policy", policy_fields)});
    }
};

template <>
struct Table<Config> {
    static constexpr std::string_view name = "Config";
    static constexpr Field fields[] = {
        field<Config, &Config::store>("store", Need::optional),
        field<Config, &Config::path>("path", Need::optional, Set::by_caller, path_length),
        field<Config, &Config::uri>("uri", Need::optional),
        field<Config, &Config::endpoints>("endpoints", Need::optional),
        field<Config, &Config::prefix>("prefix", Need::optional, Set::by_caller, {1, 200}),
        field<Config, &Config::tls>("tls", Need::optional),
        field<Config, &Config::clock>("clock", Need::optional),
        field<Config, &Config::ids>("ids", Need::optional),
        field<Config, &Config::staleness_max>("staleness_max_ms", Need::defaulted, Set::by_caller,
                                              span_of_time),
        field<Config, &Config::exclusive>("exclusive", Need::defaulted),
        field<Config, &Config::allow_unfinished>("allow_unfinished", Need::defaulted),
        field<Config, &Config::timeout_ms>("timeout_ms", Need::defaulted, Set::by_caller,
                                           {0, 3'600'000}),
        field<Config, &Config::allow_async>("allow_async", Need::defaulted),
        field<Config, &Config::policy>("policy", Need::defaulted),
        field<Config, &Config::faults>("faults", Need::optional),
    };
};

}  // namespace formats

namespace {

// A host that brings a store names none.
enum class StoreIs { named, brought };

// What goes together and what does not.
void check_config(const Config& config, StoreIs store, Findings& findings) {
    const Path at;
    if (store == StoreIs::named && !config.store && !findings.broken(at / "store")) {
        findings.error(Errc::missing_field, at / "store", "store");
    }
    if (store == StoreIs::brought && config.store) {
        findings.error(Errc::unknown_field, at / "store", "store", "a store is given already");
    }
    if (config.store == StoreKind::sqlite && !config.path && !findings.broken(at / "path")) {
        findings.error(Errc::missing_field, at / "path", "path", "the file of the database");
    }
    if (config.store != StoreKind::sqlite && config.path) {
        findings.error(Errc::unknown_field, at / "path", "path", "only with the sqlite store");
    }
    if (config.store != StoreKind::memory && config.faults) {
        findings.error(Errc::unknown_field, at / "faults", "faults", "only with the memory store");
    }
    if (config.store == StoreKind::postgresql && !config.uri && !findings.broken(at / "uri")) {
        findings.error(Errc::missing_field, at / "uri", "uri", "postgresql://...");
    }
    if (config.store != StoreKind::postgresql && config.uri) {
        findings.error(Errc::unknown_field, at / "uri", "uri", "only with the postgresql store");
    }
    if (config.store != StoreKind::postgresql && config.allow_async) {
        findings.error(Errc::unknown_field, at / "allow_async", "allow_async",
                       "only with the postgresql store");
    }
    if (config.store == StoreKind::etcd && config.endpoints.empty() &&
        !findings.broken(at / "endpoints")) {
        findings.error(Errc::missing_field, at / "endpoints", "endpoints");
    }
    const auto only_etcd = [&](std::string_view name, bool is_given) {
        if (config.store != StoreKind::etcd && is_given) {
            findings.error(Errc::unknown_field, at / name, std::string(name),
                           "only with the etcd store");
        }
    };
    only_etcd("endpoints", !config.endpoints.empty());
    only_etcd("prefix", config.prefix.has_value());
    only_etcd("tls", config.tls.has_value());
    for (const auto& [currency, rate] : config.policy.usd_rates) {
        if (!Currency::parse(currency)) {
            findings.error(Errc::currency_syntax, at / "policy" / "usd_rates" / currency);
        }
    }
}

#ifdef LICET_ETCD
result<std::unique_ptr<Store>> open_etcd(const Config& config) {
    EtcdOptions options;
    options.timeout = std::chrono::milliseconds(config.timeout_ms);
    options.prefix = config.prefix.value_or(options.prefix);
    options.tls = config.tls.value_or(options.tls);
    BOOST_OUTCOME_TRY(auto store, EtcdStore::open(config.endpoints, std::move(options)));
    return std::unique_ptr<Store>(std::move(store));
}
#else
result<std::unique_ptr<Store>> open_etcd(const Config& /*config*/) {
    return Error{Errc::unsupported_here, "etcd", {}};
}
#endif

#ifdef LICET_POSTGRES
result<std::unique_ptr<Store>> open_postgres(const Config& config) {
    PostgresOptions options;
    options.timeout = std::chrono::milliseconds(config.timeout_ms);
    options.allow_async = config.allow_async;
    BOOST_OUTCOME_TRY(auto store, PostgresStore::open(*config.uri, options));
    return std::unique_ptr<Store>(std::move(store));
}
#else
result<std::unique_ptr<Store>> open_postgres(const Config& /*config*/) {
    return Error{Errc::unsupported_here, "postgresql", {}};
}
#endif

result<std::unique_ptr<Store>> store_of(const Config& config) {
    switch (*config.store) {
        case StoreKind::memory: {
            std::unique_ptr<Store> store = std::make_unique<MemoryStore>();
            if (config.faults) {
                store = std::make_unique<FaultyStore>(std::move(store), *config.faults);
            }
            return store;
        }
        case StoreKind::sqlite: {
            BOOST_OUTCOME_TRY(
                auto store,
                SqliteStore::open(*config.path, {std::chrono::milliseconds(config.timeout_ms)}));
            return std::unique_ptr<Store>(std::move(store));
        }
        case StoreKind::postgresql:
            return open_postgres(config);
        case StoreKind::etcd:
            return open_etcd(config);
    }
    return Error{Errc::internal, {}, {}};
}

result<Config> read_config(std::string_view text, StoreIs store) {
    Findings findings;
    formats::Parsed document;
    Config config;
    if (document.parse(text, findings)) {
        formats::Reader reader(findings, formats::Origin::caller);
        formats::Codec<Config>::read(document.root(), config, reader, Path());
        if (document.root().is_object()) {
            check_config(config, store, findings);
        }
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return config;
}

EngineOptions options_of(Config config) {
    EngineOptions options;
    options.policy = std::move(config.policy);
    options.staleness_max = config.staleness_max;
    options.exclusive = config.exclusive;
    options.allow_unfinished = config.allow_unfinished;
    if (config.clock) {
        options.clock = std::make_shared<ManualClock>(config.clock->manual);
    }
    if (config.ids) {
        options.ids = std::make_shared<SequentialIds>(config.ids->sequential);
    }
    return options;
}

}  // namespace

std::string config_schema(const formats::Schema& in) {
    return formats::Codec<Config>::schema(in, {});
}

result<std::unique_ptr<Store>> open_store(std::string_view config) {
    BOOST_OUTCOME_TRY(const Config read, read_config(config, StoreIs::named));
    return store_of(read);
}

result<std::unique_ptr<Engine>> open_engine(std::string_view config) {
    BOOST_OUTCOME_TRY(Config read, read_config(config, StoreIs::named));
    BOOST_OUTCOME_TRY(auto store, store_of(read));
    return Engine::open(std::move(store), options_of(std::move(read)));
}

result<std::unique_ptr<Engine>> open_engine(std::string_view config, std::unique_ptr<Store> store) {
    BOOST_OUTCOME_TRY(Config read, read_config(config.empty() ? "{}" : config, StoreIs::brought));
    return Engine::open(std::move(store), options_of(std::move(read)));
}

}  // namespace licet
