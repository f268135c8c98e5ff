#include "support/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <doctest/doctest.h>

namespace {

struct Listener {
    int socket = -1;
    std::uint16_t port = 0;
};

Listener listen_on_loopback() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(listener, generic, size) == 0);
    REQUIRE(::listen(listener, 16) == 0);
    REQUIRE(::getsockname(listener, generic, &size) == 0);
    return {listener, ntohs(address.sin_port)};
}

/// A whole request, with a body as long as its headers say; nothing where the other side left.
std::optional<std::string> read_request(int connection) {
    constexpr std::string_view length_is = "Content-Length: ";
    std::string request;
    std::array<char, 4096> piece{};
    for (;;) {
        const std::size_t end = request.find("\r\n\r\n");
        const std::size_t at = request.find(length_is);
        if (end != std::string::npos && at < end) {
            std::size_t length = 0;
            std::from_chars(request.data() + at + length_is.size(), request.data() + end, length);
            if (request.size() >= end + 4 + length) {
                return request;
            }
        }
        const auto got = ::recv(connection, piece.data(), piece.size(), 0);
        if (got <= 0) {
            return std::nullopt;
        }
        request.append(piece.data(), static_cast<std::size_t>(got));
    }
}

void send_all(int connection, std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace

ScriptedServer::ScriptedServer(std::vector<Step> steps) : steps_(std::move(steps)) {
    const Listener made = listen_on_loopback();
    listener_ = made.socket;
    port_ = made.port;
    thread_ = std::thread([this] { run(); });
}

ScriptedServer::~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
}

std::vector<std::string> ScriptedServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

void ScriptedServer::run() {
    for (;;) {
        const int connection = ::accept(listener_, nullptr, nullptr);
        if (connection < 0) {
            return;
        }
        serve(connection);
        ::close(connection);
    }
}

void ScriptedServer::serve(int connection) {
    while (next_ < steps_.size()) {
        auto request = read_request(connection);
        if (!request) {
            return;
        }
        {
            const std::scoped_lock lock(mutex_);
            requests_.push_back(*std::move(request));
        }
        if (!take_step(connection, steps_[next_++])) {
            return;
        }
    }
}

// Whether the connection goes on.
bool ScriptedServer::take_step(int connection, const Step& step) {
    const std::string answer = "HTTP/1.1 " + std::to_string(step.status) +
                               " -\r\nContent-Length: " + std::to_string(step.body.size()) +
                               "\r\n\r\n" + step.body;
    switch (step.kind) {
        case Step::Kind::answer:
            send_all(connection, answer);
            return true;
        case Step::Kind::close_unanswered:
            return false;
        case Step::Kind::cut_answer:
            send_all(connection, std::string_view(answer).substr(0, answer.size() - 1));
            return false;
        case Step::Kind::stay_silent: {
            char nothing = 0;
            (void)::recv(connection, &nothing, 1, 0);
            return false;
        }
    }
    return false;
}

std::string address_of_nobody() {
    const Listener gone = listen_on_loopback();
    ::close(gone.socket);
    return "127.0.0.1:" + std::to_string(gone.port);
}
