#pragma once

/// \file
/// A cluster of etcd as one server: one endpoint is asked, and the next one when it fails.

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/etcd_http.hpp"
#include "store/etcd_refusal.hpp"

namespace licet::etcd {

struct Endpoint {
    std::string url;   ///< Without user and path.
    std::string name;  ///< "host:port", for people.
    std::string user;  ///< "" for none.
    std::string password;
};

/// Nothing where the text is not `http[s]://[user[:password]@]host[:port]`.
std::optional<Endpoint> endpoint_of(const std::string& url);

/// Whether to ask once more may do harm where the first time may have been heard.
enum class Again { harmless, harmful };

class Client {
public:
    /// There must be an endpoint.
    Client(std::vector<Endpoint> endpoints, std::chrono::milliseconds timeout, EtcdTls tls);

    /// The body of a success. Fails with `outcome_unknown` where it may have been done and asking
    /// again is harmful; otherwise as the last refusal says (etcd_refusal.hpp).
    result<std::string> ask(std::string_view path, std::string_view body, Again again);

private:
    using Moment = std::chrono::steady_clock::time_point;

    struct Outcome {
        std::string body;
        std::optional<Refusal> refusal;
    };

    Outcome ask_at(const Endpoint& endpoint, std::string_view path, std::string_view body,
                   Moment deadline);
    Outcome log_in(const Endpoint& endpoint, Moment deadline);
    Outcome post(const Endpoint& endpoint, std::string_view path, std::string_view body,
                 std::string_view token, Moment deadline);
    void log_out();

    std::vector<Endpoint> endpoints_;
    std::chrono::milliseconds timeout_;
    Askers askers_;
    std::atomic<std::size_t> preferred_ = 0;
    std::mutex token_mutex_;
    std::string token_;
};

}  // namespace licet::etcd
