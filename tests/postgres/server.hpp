#pragma once

/// \file
/// A PostgreSQL server of a test's own, in a folder of its own on a free port of 127.0.0.1. Its
/// programs are those in the folder that LICET_POSTGRES_BIN names. Where the tests run as root it
/// runs as a user who is not.

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "support/temporary_folder.hpp"

namespace licet::test {

/// A connection as another program would have it.
class Session {
public:
    explicit Session(const std::string& uri);

    /// Runs statements; the first column of the first row of the last one.
    std::string ask(const std::string& sql);

private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

class Server {
public:
    /// With these settings ("name=value") on top of the defaults, under which licet takes it.
    explicit Server(std::vector<std::string> settings = {});
    ~Server();

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const noexcept { return port_; }

    /// Of its superuser, who needs no password.
    std::string uri(const std::string& database) const;
    /// Of the same database by way of another port.
    std::string uri(const std::string& database, int port) const;

    /// The name of a new and empty database, whose own collation is not that of bytes.
    std::string new_database();

    /// In a session of its own.
    std::string ask(const std::string& database, const std::string& sql) const;

    /// Returns once it takes connections.
    void start();
    /// Ends what is under way, and itself, in good order.
    void stop();
    /// As the loss of power would: it recovers when it starts again.
    void crash();

private:
    void end(int signal);

    TemporaryFolder folder_;
    std::vector<std::string> settings_;
    int port_ = 0;
    int databases_ = 0;
    pid_t pid_ = -1;
};

/// One that all tests of the program share, with databases of their own on it.
Server& shared_server();

}  // namespace licet::test
