#pragma once

/// \file
/// Requests over HTTP, by libcurl: what was asked, what was answered, and whether what was asked
/// can have been carried out.

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include <licet/store/etcd.hpp>

namespace licet::etcd {

struct Request {
    std::string url;
    std::string_view body;
    std::string_view token;  ///< Of the user; "" for none.
    std::chrono::milliseconds timeout{};
};

struct Reply {
    long status = 0;   ///< 0: no whole answer came.
    std::string body;  ///< The answer, or in a few words why there is none.
    /// The whole request has left, so that it may be carried out. It leaves once: no connection
    /// that turns out to be closed makes libcurl send it again.
    bool sent = false;
};

/// Keeps a connection to each server that it asked. One thread at a time.
class Asker {
public:
    /// Nothing where there is no memory.
    static std::unique_ptr<Asker> create(const EtcdTls& tls);

    Reply post(const Request& request);

private:
    struct Release {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    };
    using Handle = std::unique_ptr<CURL, Release>;

    explicit Asker(Handle handle) noexcept : handle_(std::move(handle)) {}
    void set_up(const EtcdTls& tls);

    Handle handle_;
};

/// libcurl, which counts who uses it.
class Library {
public:
    Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Library() { curl_global_cleanup(); }

    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

/// Lends askers out: one is made where none is idle, a few are kept.
class Askers {
public:
    explicit Askers(EtcdTls tls) : tls_(std::move(tls)) { idle_.reserve(idle_max); }

    Askers(const Askers&) = delete;
    Askers& operator=(const Askers&) = delete;

    Reply post(const Request& request);

private:
    static constexpr std::size_t idle_max = 32;

    std::unique_ptr<Asker> take();
    void give_back(std::unique_ptr<Asker> asker) noexcept;

    Library library_;
    EtcdTls tls_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Asker>> idle_;
};

}  // namespace licet::etcd
