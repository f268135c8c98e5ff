#include "store/etcd_messages.hpp"

#include <doctest/doctest.h>

using namespace licet;
using etcd::Keys;

namespace {

const Keys& keys() {
    static const Keys made("p/");
    return made;
}

std::string header(const std::string& rest) {
    return R"({"header":{"cluster_id":"1","member_id":"2","revision":"7","raft_term":"2"})" + rest +
           "}";
}

/// A range of a transaction that holds one key.
std::string ranged(const std::string& kv) {
    return header(R"(,"succeeded":true,"responses":[{"response_range":{"kvs":[)" + kv +
                  R"(],"count":"1"}}])");
}

}  // namespace

TEST_CASE("a store's keys are those below its prefix") {
    CHECK(keys().to_wire("a") == "cC9h");
    CHECK(keys().end_to_wire("a") == "cC9h");
    CHECK(keys().end_to_wire("") == "cDA=");  // "p0", which follows "p/"
    CHECK(keys().from_wire("cC9h").value() == "a");
    for (const char* wire : {"", "cA==", "cS9h", "c", "?"}) {
        CHECK(keys().from_wire(wire).error().code == Errc::store_reply);
    }
}

TEST_CASE("a commit compares stamps, writes, and asks for the stamps where they differ") {
    CHECK(etcd::commit_request(keys(), {{{"a", 5}, {"b", 0}}, {{"a", "1"}, {"b", std::nullopt}}}) ==
          R"({"compare":[{"target":"MOD","key":"cC9h","mod_revision":"5"},)"
          R"({"target":"MOD","key":"cC9i","mod_revision":"0"}],)"
          R"("success":[{"request_put":{"key":"cC9h","value":"MQ=="}},)"
          R"({"request_delete_range":{"key":"cC9i"}}],)"
          R"("failure":[{"request_range":{"keys_only":true,"key":"cC9h"}},)"
          R"({"request_range":{"keys_only":true,"key":"cC9i"}}]})");
    CHECK(etcd::commit_request(keys(), {}) == R"({"compare":[],"success":[],"failure":[]})");
}

TEST_CASE("a user and a password are written as they are") {
    CHECK(etcd::login_request("a\"b", "\\\n") == R"({"name":"a\"b","password":"\\\n"})");
    CHECK(etcd::login_answer(header(R"(,"token":"abc.7")")).value() == "abc.7");
    for (const char* text : {"", "{}", R"({"token":""})", R"({"token":7})"}) {
        CHECK(etcd::login_answer(text).error().code == Errc::store_reply);
    }
}

TEST_CASE("a transaction's answer has the revision and what each range holds") {
    const auto answer = etcd::txn_answer(
        keys(), header(R"(,"succeeded":true,"responses":[{"response_range":{"kvs":[)"
                       R"({"key":"cC9h","mod_revision":"5","value":"MQ=="}]}},)"
                       R"({"response_range":{"header":{"revision":"7"}}}])"));
    REQUIRE(answer);
    CHECK(answer.value().at == 7);
    CHECK(answer.value().succeeded);
    REQUIRE(answer.value().ranges.size() == 2);
    REQUIRE(answer.value().ranges[0].size() == 1);
    CHECK(answer.value().ranges[0][0].key == "a");
    CHECK(answer.value().ranges[0][0].text == "1");
    CHECK(answer.value().ranges[0][0].stamp == 5);
    CHECK(answer.value().ranges[1].empty());
    CHECK_FALSE(etcd::txn_answer(keys(), header("")).value().succeeded);
}

TEST_CASE("an empty value is there, though its text is left out") {
    const auto answer = etcd::txn_answer(keys(), ranged(R"({"key":"cC9h","mod_revision":"5"})"));
    REQUIRE(answer);
    CHECK(answer.value().ranges[0][0].text.empty());
}

TEST_CASE("an answer that makes no sense is told from one that does") {
    for (const std::string& text :
         {std::string(), std::string("null"), std::string("[]"), std::string("{}"),
          std::string(R"({"header":{"revision":7}})"),
          std::string(R"({"header":{"revision":"0"}})"),
          std::string(R"({"header":{"revision":"-7"}})"),
          std::string(R"({"header":{"revision":"99999999999999999999"}})"),
          header("").substr(0, 20), ranged("{}"), ranged("7"),
          ranged(R"({"key":"cS9h","mod_revision":"5"})"), ranged(R"({"key":"cC9h"})"),
          ranged(R"({"key":"cC9h","mod_revision":"5x"})"),
          ranged(R"({"key":"cC9h","mod_revision":"5","value":"?"})"),
          std::string(1'000'000, '[')}) {
        CAPTURE(text.substr(0, 200));
        const auto answer = etcd::txn_answer(keys(), text);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::store_reply);
    }
}
