#include "store/etcd_client.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "store/etcd_messages.hpp"

namespace licet::etcd {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Kind = Refusal::Kind;

constexpr milliseconds pause_min = 10ms;
constexpr milliseconds pause_max = 200ms;

struct FreeUrl {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, CURLU_URLDECODE) != CURLUE_OK) {
        return {};
    }
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
    return text;
}

milliseconds until(steady_clock::time_point moment) {
    return std::chrono::ceil<milliseconds>(moment - steady_clock::now());
}

// Who has asked all endpoints waits a little, longer each time. False when time is over.
bool wait_for_next(std::size_t tries, std::size_t endpoints, steady_clock::time_point deadline) {
    const milliseconds left = until(deadline);
    if (tries % endpoints == 0) {
        const std::size_t rounds = std::min<std::size_t>(tries / endpoints, 10);
        const milliseconds pause = std::min(pause_min * (1U << rounds), pause_max);
        std::this_thread::sleep_for(std::clamp(pause, 0ms, std::max(left, 0ms)));
    }
    return until(deadline) > 0ms;
}

}  // namespace

std::optional<Endpoint> endpoint_of(const std::string& url) {
    const Url parsed(curl_url());
    if (url.find('\0') != std::string::npos ||
        curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
        return std::nullopt;
    }
    const auto part = [&](CURLUPart which) { return part_of(parsed.get(), which); };
    const std::string scheme = part(CURLUPART_SCHEME);
    const std::string port = part(CURLUPART_PORT);
    const std::string path = part(CURLUPART_PATH);
    const bool is_bare = (path.empty() || path == "/") && part(CURLUPART_QUERY).empty() &&
                         part(CURLUPART_FRAGMENT).empty();
    if ((scheme != "http" && scheme != "https") || !is_bare) {
        return std::nullopt;
    }
    const std::string name = part(CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
    return Endpoint{scheme + "://" + name, name, part(CURLUPART_USER), part(CURLUPART_PASSWORD)};
}

Client::Client(std::vector<Endpoint> endpoints, milliseconds timeout, EtcdTls tls)
    : endpoints_(std::move(endpoints)), timeout_(timeout), askers_(std::move(tls)) {}

result<std::string> Client::ask(std::string_view path, std::string_view body, Again again) {
    const auto deadline = steady_clock::now() + timeout_;
    for (std::size_t tries = 1;; ++tries) {
        std::size_t at = preferred_;
        const Endpoint& endpoint = endpoints_[at];
        auto [answer, refusal] = ask_at(endpoint, path, body, deadline);
        if (!refusal) {
            return std::move(answer);
        }
        Error error = std::move(refusal->error);
        error.detail.insert(0, endpoint.name + ": ");
        if (refusal->kind == Kind::lost && again == Again::harmful) {
            error.code = Errc::outcome_unknown;
        }
        const bool must_log_in = refusal->kind == Kind::not_logged_in;
        if (must_log_in) {
            log_out();
        } else if (refusal->kind != Kind::refused) {
            preferred_.compare_exchange_strong(at, (at + 1) % endpoints_.size());
        }
        if (refusal->kind == Kind::refused || (must_log_in && endpoint.user.empty()) ||
            error.code == Errc::outcome_unknown ||
            !wait_for_next(tries, endpoints_.size(), deadline)) {
            return error;
        }
    }
}

Client::Outcome Client::ask_at(const Endpoint& endpoint, std::string_view path,
                               std::string_view body, Moment deadline) {
    if (endpoint.user.empty()) {
        return post(endpoint, path, body, {}, deadline);
    }
    Outcome in = log_in(endpoint, deadline);
    if (!in.refusal) {
        return post(endpoint, path, body, in.body, deadline);
    }
    if (in.refusal->kind == Kind::lost) {
        in.refusal->kind = Kind::not_now;
    }
    return in;
}

// The token of the user, from then on the same for all.
Client::Outcome Client::log_in(const Endpoint& endpoint, Moment deadline) {
    const std::scoped_lock lock(token_mutex_);
    if (!token_.empty()) {
        return {token_, std::nullopt};
    }
    Outcome in = post(endpoint, "/v3/auth/authenticate",
                      login_request(endpoint.user, endpoint.password), {}, deadline);
    if (in.refusal) {
        return in;
    }
    auto token = login_answer(in.body);
    if (!token) {
        return {{}, Refusal{Kind::refused, std::move(token).error()}};
    }
    token_ = token.value();
    return {std::move(token).value(), std::nullopt};
}

void Client::log_out() {
    const std::scoped_lock lock(token_mutex_);
    token_.clear();
}

Client::Outcome Client::post(const Endpoint& endpoint, std::string_view path, std::string_view body,
                             std::string_view token, Moment deadline) {
    // No endpoint takes the time that the others may need.
    const milliseconds share = timeout_ / static_cast<std::int64_t>(endpoints_.size());
    const milliseconds timeout = std::max(std::min(share, until(deadline)), 1ms);
    Reply reply = askers_.post({endpoint.url + std::string(path), body, token, timeout});
    if (reply.status == 200) {
        return {std::move(reply.body), std::nullopt};
    }
    if (reply.status != 0) {
        return {{}, refusal_of(reply.status, reply.body)};
    }
    return {{},
            Refusal{reply.sent ? Kind::lost : Kind::not_now,
                    {Errc::store_failed, std::move(reply.body), {}}}};
}

}  // namespace licet::etcd
