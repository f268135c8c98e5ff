#pragma once

/// \file
/// A store in etcd 3.4 or later, through the JSON gateway that every etcd serves: for small state
/// (an etcd holds 2 GiB, or 8 when told to) that outlives a machine and fails over in seconds.
///
/// It is there where licet was built with LICET_ETCD.
///
/// Stamps are etcd's revisions: etcd restored from an older snapshot goes back in them, and no
/// engine may be open over it meanwhile. etcd keeps every version of every key until it is
/// compacted: start it with `--auto-compaction-retention`.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <licet/store/store.hpp>

namespace licet {

/// Files in PEM; "": the system's authorities, no certificate of our own.
struct EtcdTls {
    std::string ca_file;
    std::string cert_file;
    std::string key_file;
};

struct EtcdOptions {
    /// How long a call may take, over all the endpoints that it tries.
    std::chrono::milliseconds timeout{10'000};
    /// Stands before every key, so that an etcd may be shared: 1 to 200 bytes of printable ASCII.
    std::string prefix = "licet/";
    EtcdTls tls;
};

class EtcdStore final : public Store {
public:
    /// Endpoints are `http://host:port` or `https://…`, of one cluster; a user and a password
    /// before the host are those of etcd's own authentication, and are never told in an error.
    /// Connects to none of them yet. Fails with `url_syntax` (the detail is the number of the
    /// endpoint, from 0) and with `store_key` for the prefix.
    static result<std::unique_ptr<EtcdStore>> open(const std::vector<std::string>& endpoints,
                                                   EtcdOptions options = {});
    ~EtcdStore() override;

    /// One view also where it takes several round trips: more than 128 keys, or more than 4 MiB.
    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    /// Gives at most 1,000 records a page, and fewer where they are more than 4 MiB.
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    /// Fails with `outcome_unknown` once the whole request has left and no answer, or none that
    /// is final, has come; before that it is sent again, to the next endpoint.
    result<Stamp> commit(const Batch& batch) override;
    /// 128 operations, and values that fit with their keys into a request of 1.5 MiB, as an etcd
    /// takes them that was not told otherwise. A batch that is longer as a whole, or than this
    /// etcd takes, is `batch_too_large` all the same.
    Limits limits() const noexcept override;

private:
    struct State;
    explicit EtcdStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace licet
