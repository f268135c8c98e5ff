#include "support/fault_proxy.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

namespace licet::test {
namespace {

int require(int done, const char* what) {
    if (done < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return done;
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int tcp_socket() { return require(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"); }

bool send_all(int to, const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        data += sent > 0 ? sent : 0;
        size -= sent > 0 ? static_cast<std::size_t>(sent) : 0;
    }
    return true;
}

constexpr int buffer_bytes = 65'536;  // of what clients send; of its own accord it would grow
constexpr std::size_t room_bytes = 300'000;  // a client's kernel tells of a third of its megabytes
constexpr int room_after_ms = 50;

using Piece = std::array<char, 65'536>;

/// Bytes read; 0 at the end, and where it was broken off.
std::size_t read_some(int from, Piece& to, std::size_t size_max = Piece{}.size()) {
    for (;;) {
        const ssize_t got = recv(from, to.data(), std::min(size_max, to.size()), 0);
        if (got >= 0 || errno != EINTR) {
            return got > 0 ? static_cast<std::size_t>(got) : 0;
        }
    }
}

}  // namespace

doctest::String toString(Fault fault) {
    switch (fault) {
        case Fault::cut_before_request:
            return "cut before the request";
        case Fault::cut_before_answer:
            return "cut before the answer";
        case Fault::cut_in_answer:
            return "cut in the answer";
        case Fault::delay:
            return "delay";
        case Fault::silence:
            return "silence";
        case Fault::silence_for_answers:
            return "silence for answers";
        case Fault::stall:
            return "stall";
    }
    return "";
}

FaultProxy::FaultProxy(int server_port) : server_port_(server_port), listener_(tcp_socket()) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    require(setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes),
            "setsockopt");
    require(bind(listener_, any, size), "bind");
    require(listen(listener_, 64), "listen");
    require(getsockname(listener_, any, &size), "getsockname");
    port_ = ntohs(address.sin_port);
    wake_ = require(eventfd(0, EFD_CLOEXEC), "eventfd");
    thread_ = std::thread([this] { run(); });
}

FaultProxy::~FaultProxy() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake();
    thread_.join();
    close(listener_);
    close(wake_);
}

void FaultProxy::strike(Fault fault, int after) {
    const std::lock_guard lock(mutex_);
    planned_ = fault;
    spared_ = after;
    is_coming_ = true;
    has_struck_ = false;
    lets_go_ = false;
}

void FaultProxy::wait_for_strike() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !is_coming_; });
}

bool FaultProxy::has_struck() {
    const std::lock_guard lock(mutex_);
    planned_.reset();
    is_coming_ = false;
    changed_.notify_all();
    return has_struck_;
}

void FaultProxy::let_go() {
    {
        const std::lock_guard lock(mutex_);
        lets_go_ = true;
    }
    wake();
}

void FaultProxy::cut_all() {
    std::unique_lock lock(mutex_);
    cuts_ = true;
    wake();
    changed_.wait(lock, [&] { return !cuts_; });
}

void FaultProxy::wake() const {
    const std::uint64_t one = 1;
    (void)!write(wake_, &one, sizeof one);
}

bool FaultProxy::hears_client(const Link& link) {
    return link.fault != Fault::silence && (link.fault != Fault::stall || link.passing > 0);
}

bool FaultProxy::hears_server(const Link& link) {
    return link.fault != Fault::silence && !link.has_answer;
}

void FaultProxy::run() {
    for (;;) {
        std::vector<pollfd> files{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}};
        for (const Link& link : links_) {
            files.push_back({hears_client(link) ? link.client : -1, POLLIN, 0});
            files.push_back({hears_server(link) ? link.server : -1, POLLIN, 0});
        }
        const auto stalled = std::ranges::find_if(links_, [](const Link& link) {
            return !hears_client(link) && link.room > 0 && link.fault == Fault::stall;
        });
        if (poll(files.data(), files.size(), stalled != links_.end() ? room_after_ms : -1) == 0) {
            stalled->passing = std::exchange(stalled->room, 0);
            continue;
        }
        auto file = files.begin() + 2;
        for (auto link = links_.begin(); link != links_.end();) {
            const bool asks = (file++)->revents != 0;
            const bool answers = (file++)->revents != 0;
            const bool goes_on = (!asks || from_client(*link)) && (!answers || from_server(*link));
            if (!goes_on) {
                close(link->client);
                close(link->server);
            }
            link = goes_on ? std::next(link) : links_.erase(link);
        }
        if (files[0].revents != 0) {
            accept_client();
        }
        if (files[1].revents != 0 && !attend()) {
            return;
        }
    }
}

/// False where it is the end.
bool FaultProxy::attend() {
    std::uint64_t times = 0;
    (void)!read(wake_, &times, sizeof times);
    const std::lock_guard lock(mutex_);
    if (std::exchange(lets_go_, false)) {
        for (Link& link : links_) {
            link.has_answer = false;
            if (link.fault == Fault::delay || link.fault == Fault::stall) {
                link.fault.reset();
            }
        }
    }
    if (ends_ || cuts_) {
        for (const Link& link : links_) {
            close(link.client);
            close(link.server);
        }
        links_.clear();
        cuts_ = false;
        changed_.notify_all();
    }
    return !ends_;
}

void FaultProxy::accept_client() {
    Link link;
    link.client = require(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), "accept");
    link.server = tcp_socket();
    const sockaddr_in address = loopback(server_port_);
    if (connect(link.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
        close(link.client);
        close(link.server);
        return;
    }
    links_.push_back(link);
}

void FaultProxy::begin_request(Link& link) {
    link.is_asking = true;
    ++round_trips_;
    const std::lock_guard lock(mutex_);
    if (planned_ && spared_-- == 0) {
        link.fault = std::exchange(planned_, std::nullopt);
        link.room = room_bytes;
        if (link.fault != Fault::delay) {  // which strikes later
            note_strike();
        }
    }
}

void FaultProxy::note_strike() {
    is_coming_ = false;
    has_struck_ = true;
    changed_.notify_all();
}

/// False where the link is to be closed.
bool FaultProxy::from_client(Link& link) {
    Piece piece;
    const bool stalls = link.fault == Fault::stall;
    const std::size_t size = read_some(link.client, piece, stalls ? link.passing : piece.size());
    if (size == 0) {
        return false;
    }
    if (!link.is_asking) {
        begin_request(link);
    }
    link.passing -= std::min(link.passing, size);
    if (link.fault == Fault::cut_before_request) {
        return false;
    }
    return link.fault == Fault::silence || send_all(link.server, piece.data(), size);
}

bool FaultProxy::from_server(Link& link) {
    if (link.fault == Fault::delay) {
        link.has_answer = true;
        const std::lock_guard lock(mutex_);
        note_strike();
        return true;
    }
    Piece piece;
    const std::size_t size = read_some(link.server, piece);
    link.is_asking = false;
    if (size == 0 || link.fault == Fault::cut_before_answer) {
        return false;
    }
    if (link.fault == Fault::cut_in_answer) {
        send_all(link.client, piece.data(), size / 2);
        return false;
    }
    return link.fault == Fault::silence_for_answers || send_all(link.client, piece.data(), size);
}

}  // namespace licet::test
