// What becomes of a request when servers fail, as a script makes them.

#include "store/etcd_client.hpp"

#include <doctest/doctest.h>

#include "support/scripted_server.hpp"

using namespace licet;
using namespace std::chrono_literals;
using etcd::Again;
using Kind = Step::Kind;

namespace {

constexpr auto patience = 20s;  // longer than any of these takes, on any machine
constexpr auto impatience = 50ms;

etcd::Client client_of(const std::vector<std::string>& urls,
                       std::chrono::milliseconds timeout = patience) {
    std::vector<etcd::Endpoint> endpoints;
    for (const std::string& url : urls) {
        endpoints.push_back(etcd::endpoint_of(url).value());
    }
    return {std::move(endpoints), timeout, {}};
}

std::string at(const ScriptedServer& server) { return "http://" + server.address(); }

std::string told_by_etcd(int code, const std::string& message) {
    return R"({"message":")" + message + R"(","code":)" + std::to_string(code) + "}";
}

}  // namespace

TEST_CASE("an endpoint is a scheme, a host, and who asks") {
    const auto endpoint = etcd::endpoint_of("https://ana:p%40ss@etcd.example:2379/");
    REQUIRE(endpoint);
    CHECK(endpoint->url == "https://etcd.example:2379");
    CHECK(endpoint->name == "etcd.example:2379");
    CHECK(endpoint->user == "ana");
    CHECK(endpoint->password == "p@ss");
    CHECK(etcd::endpoint_of("http://[::1]:2379")->name == "[::1]:2379");
    CHECK(etcd::endpoint_of("http://etcd")->url == "http://etcd");
    for (const char* url :
         {"", "etcd", "etcd:2379", "ftp://etcd", "file:///etc/passwd", "http://", "http://etcd/v3",
          "http://etcd?x", "http://etcd#x", "http://etcd:99999", "http://a b"}) {
        CAPTURE(url);
        CHECK_FALSE(etcd::endpoint_of(url));
    }
    CHECK_FALSE(etcd::endpoint_of(std::string("http://etcd\0.example", 20)));
}

TEST_CASE("one connection carries one request after the other") {
    const ScriptedServer server({{.body = "1"}, {.body = "2"}});
    auto client = client_of({at(server)});
    CHECK(client.ask("/v3/kv/range", "{}", Again::harmless).value() == "1");
    CHECK(client.ask("/v3/kv/txn", "{ }", Again::harmful).value() == "2");
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].starts_with("POST /v3/kv/range HTTP/1.1\r\n"));
    CHECK(requests[0].ends_with("\r\n\r\n{}"));
    CHECK(requests[1].ends_with("\r\n\r\n{ }"));
}

TEST_CASE("an endpoint where nobody listens is passed over, and not asked first the next time") {
    const ScriptedServer server({{.body = "1"}, {.body = "2"}});
    auto client = client_of({"http://" + address_of_nobody(), at(server)});
    CHECK(client.ask("/", "{}", Again::harmful).value() == "1");
    CHECK(client.ask("/", "{}", Again::harmful).value() == "2");
}

TEST_CASE("where nobody answers in time, nothing has happened") {
    auto client = client_of({"http://" + address_of_nobody()}, impatience);
    const auto answer = client.ask("/", "{}", Again::harmful);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::store_failed);
}

TEST_CASE("what may have been heard is asked once where asking again does harm") {
    for (const Step& step : {Step{.kind = Kind::close_unanswered, .body = {}},
                             {.kind = Kind::cut_answer, .body = "{}"},
                             {.status = 200, .body = ""},  // or it broke off in its headers
                             {.status = 503, .body = told_by_etcd(14, "request timed out")},
                             {.status = 502, .body = "<html>"}}) {
        const ScriptedServer server({step, {.body = "1"}});
        auto client = client_of({at(server)});
        const auto answer = client.ask("/", "{}", Again::harmful);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::outcome_unknown);
        CHECK(server.requests().size() == 1);
    }
}

TEST_CASE("what may have been heard is asked again where that does no harm") {
    for (const Step& step : {Step{.kind = Kind::close_unanswered, .body = {}},
                             {.kind = Kind::cut_answer, .body = "{}"},
                             {.status = 200, .body = ""},  // or it broke off in its headers
                             {.status = 503, .body = told_by_etcd(14, "leader changed")}}) {
        const ScriptedServer failing({step});
        const ScriptedServer server({{.body = "1"}});
        auto client = client_of({at(failing), at(server)});
        CHECK(client.ask("/", "{}", Again::harmless).value() == "1");
        CHECK(failing.requests().size() == 1);
    }
}

TEST_CASE("a kept connection that ends does not carry a request twice") {
    const ScriptedServer server(
        {{.body = "1"}, {.kind = Kind::close_unanswered, .body = {}}, {.body = "3"}});
    auto client = client_of({at(server)});
    CHECK(client.ask("/", "{}", Again::harmful).value() == "1");
    CHECK(client.ask("/", "{}", Again::harmful).error().code == Errc::outcome_unknown);
    CHECK(server.requests().size() == 2);
    CHECK(client.ask("/", "{}", Again::harmful).value() == "3");
}

TEST_CASE("a server that stays silent is given up") {
    const ScriptedServer server(
        {{.kind = Kind::stay_silent, .body = {}}, {.kind = Kind::stay_silent, .body = {}}});
    auto client = client_of({at(server)}, impatience);
    CHECK(client.ask("/", "{}", Again::harmful).error().code == Errc::outcome_unknown);
    CHECK(client.ask("/", "{}", Again::harmless).error().code == Errc::store_failed);
}

TEST_CASE("what was refused because nobody leads is asked again, also where that would do harm") {
    const ScriptedServer server(
        {{.status = 500, .body = told_by_etcd(2, "raft proposal dropped")}, {.body = "1"}});
    auto client = client_of({at(server)});
    CHECK(client.ask("/", "{}", Again::harmful).value() == "1");
}

TEST_CASE("what etcd refuses for good is asked once") {
    const ScriptedServer server({{.status = 400, .body = told_by_etcd(3, "duplicate key given")}});
    auto client = client_of({at(server)});
    CHECK(client.ask("/", "{}", Again::harmless).error().code == Errc::store_failed);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("a user logs in once, and again when etcd no longer knows the token") {
    const ScriptedServer server({{.body = R"({"token":"t1"})"},
                                 {.body = "1"},
                                 {.body = "2"},
                                 {.status = 401, .body = told_by_etcd(16, "invalid auth token")},
                                 {.body = R"({"token":"t2"})"},
                                 {.body = "3"}});
    auto client = client_of({"http://ana:secret@" + server.address()});
    for (const char* expected : {"1", "2", "3"}) {
        CHECK(client.ask("/", "{}", Again::harmful).value() == expected);
    }
    const auto requests = server.requests();
    REQUIRE(requests.size() == 6);
    CHECK(requests[0].ends_with(R"({"name":"ana","password":"secret"})"));
    for (const std::size_t with_first : {1U, 2U, 3U}) {
        CHECK(requests[with_first].find("\r\nAuthorization: t1\r\n") != std::string::npos);
    }
    CHECK(requests[4].find("Authorization") == std::string::npos);
    CHECK(requests[5].find("\r\nAuthorization: t2\r\n") != std::string::npos);
}

TEST_CASE("who has no user to log in with is refused at once") {
    const ScriptedServer server({{.status = 400, .body = told_by_etcd(3, "user name is empty")}});
    auto client = client_of({at(server)});
    CHECK(client.ask("/", "{}", Again::harmless).error().code == Errc::store_failed);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("while a user logs in nothing can have happened") {
    const ScriptedServer failing({{.kind = Kind::close_unanswered, .body = {}}});
    const ScriptedServer server({{.body = R"({"token":"t"})"}, {.body = "1"}});
    auto client = client_of({"http://a:b@" + failing.address(), "http://a:b@" + server.address()});
    CHECK(client.ask("/", "{}", Again::harmful).value() == "1");
}

TEST_CASE("a password is in no error") {
    const std::string denied =
        told_by_etcd(3, "authentication failed, invalid user ID or password");
    const ScriptedServer server({{.status = 400, .body = denied}});
    for (const std::string& host : {server.address(), address_of_nobody()}) {
        auto client = client_of({"http://ana:secret@" + host}, impatience);
        const auto answer = client.ask("/", "{}", Again::harmless);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().message().find(host) != std::string::npos);
        CHECK(answer.error().message().find("secret") == std::string::npos);
    }
}
