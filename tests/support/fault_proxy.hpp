#pragma once

/// \file
/// Stands between a store and its server on 127.0.0.1, counts what goes through, and does to it
/// what networks do.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include <doctest/doctest.h>

namespace licet::test {

/// What befalls a request. The other requests of its connection end with it.
enum class Fault {
    cut_before_request,   ///< The connection is closed, and the server knows nothing of it.
    cut_before_answer,    ///< The connection is closed when the server has answered.
    cut_in_answer,        ///< The same, and a part of the answer came through.
    delay,                ///< The server has answered, and that comes when the test lets it.
    silence,              ///< Nothing comes through any more, and nothing is closed.
    silence_for_answers,  ///< The server has the request, and then it is silent.
    stall,                ///< Only the beginning of the request comes through, the rest when the
                          ///< test lets it. Of that a little is taken in, later: then there is
                          ///< room between the client and here that hardly anybody tells of.
};

/// Those that befall a request of whatever size.
inline constexpr Fault all_faults[] = {Fault::cut_before_request,
                                       Fault::cut_before_answer,
                                       Fault::cut_in_answer,
                                       Fault::delay,
                                       Fault::silence,
                                       Fault::silence_for_answers};

doctest::String toString(Fault fault);

/// Whether who waits for the answer waits in vain.
constexpr bool is_silent(Fault fault) {
    return fault == Fault::silence || fault == Fault::silence_for_answers;
}

class FaultProxy {
public:
    explicit FaultProxy(int server_port);
    ~FaultProxy();

    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    int port() const noexcept { return port_; }

    /// Befalls one request from now on: the next, or the one after so many others.
    void strike(Fault fault, int after = 0);
    /// Waits until it has befallen one, or never will.
    void wait_for_strike();
    /// Whether it has; if not, it never will.
    bool has_struck();
    /// Lets through what is delayed or stalls.
    void let_go();

    /// Closes every connection.
    void cut_all();

    /// Requests that were sent, each after the answer to the one before it.
    int round_trips() const noexcept { return round_trips_; }

private:
    struct Link {
        int client = -1;
        int server = -1;
        bool is_asking = false;  // the newest bytes are the client's
        std::optional<Fault> fault;
        bool has_answer = false;  // which is delayed
        std::size_t passing = 0;  // of what stalls
        std::size_t room = 0;     // what will pass later
    };

    static bool hears_client(const Link& link);
    static bool hears_server(const Link& link);
    void run();
    bool attend();
    void accept_client();
    void begin_request(Link& link);
    void note_strike();
    bool from_client(Link& link);
    bool from_server(Link& link);
    void wake() const;

    int server_port_;
    int listener_ = -1;
    int wake_ = -1;
    int port_ = 0;
    std::list<Link> links_;  // of the proxy's thread
    std::atomic<int> round_trips_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Fault> planned_;
    int spared_ = 0;
    bool is_coming_ = false;
    bool has_struck_ = false;
    bool lets_go_ = false;
    bool cuts_ = false;
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace licet::test
