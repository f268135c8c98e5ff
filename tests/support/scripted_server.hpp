#pragma once

/// \file
/// An HTTP server on loopback that does what a script says, request by request.

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct Step {
    enum class Kind {
        answer,            ///< And keep the connection.
        close_unanswered,  ///< The request has been read.
        cut_answer,        ///< In the middle of the body.
        stay_silent,       ///< Until the other side gives up.
    };
    Kind kind = Kind::answer;
    int status = 200;
    std::string body;
};

/// After the last step every connection is closed at once.
class ScriptedServer {
public:
    explicit ScriptedServer(std::vector<Step> steps);
    ~ScriptedServer();

    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    /// "127.0.0.1:port"
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    /// The requests that came as a whole, headers and all.
    std::vector<std::string> requests() const;

private:
    void run();
    void serve(int connection);
    bool take_step(int connection, const Step& step);

    std::vector<Step> steps_;
    std::size_t next_ = 0;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

/// A loopback address on which nothing listens.
std::string address_of_nobody();
