#include "store/etcd_http.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace licet::etcd {
namespace {

constexpr std::size_t answer_size_max = std::size_t{64} << 20;

struct Exchange {
    std::string_view unsent;
    std::string answer;
};

std::size_t hand_out(char* to, std::size_t size, std::size_t count, void* of) {
    auto& unsent = static_cast<Exchange*>(of)->unsent;
    const std::size_t piece = std::min(size * count, unsent.size());
    std::memcpy(to, unsent.data(), piece);
    unsent.remove_prefix(piece);
    return piece;
}

// What is not taken ends the exchange; no exception passes through C.
std::size_t take_in(char* from, std::size_t size, std::size_t count, void* to) noexcept {
    auto& answer = static_cast<Exchange*>(to)->answer;
    if (answer.size() + size * count > answer_size_max) {
        return 0;
    }
    try {
        answer.append(from, size * count);
    } catch (const std::bad_alloc&) {
        return 0;
    }
    return size * count;
}

struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

bool append(Headers& headers, const std::string& line) {
    curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) {
        return false;
    }
    static_cast<void>(headers.release());
    headers.reset(longer);
    return true;
}

}  // namespace

std::unique_ptr<Asker> Asker::create(const EtcdTls& tls) {
    Handle handle(curl_easy_init());
    if (!handle) {
        return nullptr;
    }
    std::unique_ptr<Asker> asker(new Asker(std::move(handle)));
    asker->set_up(tls);
    return asker;
}

void Asker::set_up(const EtcdTls& tls) {
    CURL* handle = handle_.get();
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &hand_out);  // and no way to begin it again
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_in);
    const auto set_file = [&](CURLoption option, const std::string& file) {
        if (!file.empty()) {
            curl_easy_setopt(handle, option, file.c_str());
        }
    };
    set_file(CURLOPT_CAINFO, tls.ca_file);
    set_file(CURLOPT_SSLCERT, tls.cert_file);
    set_file(CURLOPT_SSLKEY, tls.key_file);
}

Reply Asker::post(const Request& request) {
    CURL* handle = handle_.get();
    Headers headers;
    bool listed = append(headers, "Content-Type: application/json") && append(headers, "Expect:");
    if (!request.token.empty()) {
        listed = listed && append(headers, "Authorization: " + std::string(request.token));
    }
    if (!listed) {
        return {0, "out of memory", false};
    }
    Exchange exchange{request.body, {}};
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_READDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    const CURLcode code = curl_easy_perform(handle);
    Reply reply{0, {}, exchange.unsent.empty()};
    if (code != CURLE_OK) {
        reply.body = curl_easy_strerror(code);
        return reply;
    }
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply.status);
    reply.body = std::move(exchange.answer);
    if (reply.status == 200 &&
        reply.body.empty()) {  // libcurl takes headers that break off for all
        reply = {0, "the answer broke off", reply.sent};
    }
    return reply;
}

Reply Askers::post(const Request& request) {
    auto asker = take();
    if (!asker) {
        return {0, "out of memory", false};
    }
    Reply reply = asker->post(request);
    give_back(std::move(asker));
    return reply;
}

std::unique_ptr<Asker> Askers::take() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto asker = std::move(idle_.back());
            idle_.pop_back();
            return asker;
        }
    }
    return Asker::create(tls_);
}

void Askers::give_back(std::unique_ptr<Asker> asker) noexcept {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < idle_max) {
        idle_.push_back(std::move(asker));
    }
}

}  // namespace licet::etcd
