#include "store/etcd_refusal.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace licet;
using etcd::Refusal;
using Kind = etcd::Refusal::Kind;

namespace {

Refusal told(long status, int code, const std::string& message) {
    return etcd::refusal_of(status, R"({"error":")" + message + R"(","message":")" + message +
                                        R"(","code":)" + std::to_string(code) + "}");
}

}  // namespace

TEST_CASE("what etcd refuses has not happened, and is told by what is wrong with it") {
    struct Case {
        int code;
        const char* message;
        Errc rule;
    };
    for (const auto& one :
         {Case{3, "etcdserver: request is too large", Errc::batch_too_large},
          {3, "etcdserver: too many operations in txn request", Errc::batch_too_large},
          {3, "etcdserver: duplicate key given in txn request", Errc::store_failed},
          {7, "etcdserver: permission denied", Errc::store_failed},
          {8, "etcdserver: mvcc: database space exceeded", Errc::store_full},
          {8, "grpc: received message larger than max (9 vs. 8)", Errc::batch_too_large},
          {11, "etcdserver: mvcc: required revision has been compacted", Errc::contended},
          {15, "etcdserver: corrupt cluster", Errc::store_corrupt}}) {
        CAPTURE(one.message);
        const Refusal refusal = told(400, one.code, one.message);
        CHECK(refusal.kind == Kind::refused);
        CHECK(refusal.error.code == one.rule);
        CHECK(refusal.error.detail == one.message);
    }
}

TEST_CASE("what never reached the leader may be asked again") {
    CHECK(told(500, 2, "raft proposal dropped").kind == Kind::not_now);
    CHECK(told(429, 8, "etcdserver: too many requests").kind == Kind::not_now);
}

TEST_CASE("who is not logged in is told so") {
    CHECK(told(401, 16, "etcdserver: invalid auth token").kind == Kind::not_logged_in);
    CHECK(told(400, 3, "etcdserver: user name is empty").kind == Kind::not_logged_in);
    CHECK(told(400, 3, "etcdserver: revision of auth store is old").kind == Kind::not_logged_in);
    CHECK(told(400, 3, "etcdserver: authentication failed, invalid user ID or password").kind ==
          Kind::refused);
}

TEST_CASE("what the leader may have heard may have happened") {
    for (const auto& one :
         {std::pair{14, "etcdserver: request timed out"},
          {14, "etcdserver: request timed out, possibly due to previous leader failure"},
          {14, "etcdserver: leader changed"},
          {14, "etcdserver: server stopped"},
          {14, "transport is closing"},
          {4, "context deadline exceeded"},
          {1, "context canceled"},
          {2, "unexpected"},
          {8, "a limit of some proxy"},
          {13, "internal"},
          {99, "a code of later days"}}) {
        CAPTURE(one.second);
        CHECK(told(503, one.first, one.second).kind == Kind::lost);
        CHECK(told(400, one.first, one.second).kind == Kind::lost);
    }
}

TEST_CASE("of an answer that is not etcd's only the status is believed") {
    for (const char* body : {"", "<html>", "{}", "[]", R"({"code":3})", R"({"message":"x"})",
                             R"({"code":"3","message":"x"})", R"({"code":3,"message":7})"}) {
        CAPTURE(body);
        for (const long status : {400L, 404L, 413L, 429L}) {
            CHECK(etcd::refusal_of(status, body).kind == Kind::refused);
        }
        for (const long status : {204L, 302L, 408L, 500L, 502L, 503L, 504L}) {
            CHECK(etcd::refusal_of(status, body).kind == Kind::lost);
        }
        CHECK(etcd::refusal_of(502, body).error.detail == "HTTP 502");
    }
}
