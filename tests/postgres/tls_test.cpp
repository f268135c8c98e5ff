// TLS, which is libpq's: what the URI asks for.

#include <doctest/doctest.h>

#include <string>

#include "postgres/opened.hpp"

using namespace licet;
using namespace licet::test;

namespace {

/// With a certificate of its own, and another that nothing is signed with.
class TlsServer {
public:
    TlsServer() {
        make_certificate("server");
        make_certificate("stranger");
        server_.ask("postgres", "ALTER SYSTEM SET ssl = on");
        server_.ask("postgres", "SELECT pg_reload_conf()");
        while (server_.ask("postgres", "SHOW ssl") != "on") {
        }
    }

    std::string ask(const std::string& sql) const { return server_.ask("postgres", sql); }

    /// That nothing is sent but to who has that certificate, for 127.0.0.1.
    std::string uri_trusting(const std::string& name) const {
        return server_.uri("postgres") +
               "?sslmode=verify-full&sslrootcert=" + ask("SHOW data_directory") + "/" + name +
               ".crt";
    }

private:
    void make_certificate(const std::string& name) const {
        ask("COPY (SELECT 1) TO PROGRAM 'cat >/dev/null && openssl req -x509 -nodes"
            " -newkey rsa:2048 -subj /CN=licet -addext subjectAltName=IP:127.0.0.1"
            " -keyout " +
            name + ".key -out " + name + ".crt 2>/dev/null'");
    }

    Server server_;
};

}  // namespace

TEST_CASE("a server that the URI asks to prove itself by TLS is used if it does, and only then") {
    const TlsServer server;
    const auto store = open(server.uri_trusting("server"));
    CHECK(store->commit({{}, {{"a", "1"}}}));
    CHECK(server.ask("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                     " WHERE application_name = 'licet'") == "t");
    check_refused(server.uri_trusting("stranger"), Errc::store_failed);
    check_refused(server.uri_trusting("none"), Errc::store_failed);
}
