#include "engine/seat_records.hpp"

#include <algorithm>
#include <initializer_list>

#include <doctest/doctest.h>

using namespace licet;

namespace {

std::vector<UserId> users(std::initializer_list<const char*> ids) {
    std::vector<UserId> all;
    for (const char* id : ids) {
        all.push_back(UserId::parse(id).value());
    }
    return all;
}

}  // namespace

TEST_CASE("ids are put into the order of their texts, each once") {
    std::vector<UserId> all = users({"employee-10", "ben", "employee-1", "employee", "employee-10",
                                     "Ana", "employee-2", "ben", "e"});
    sort_distinct(all);
    CHECK(all == users({"Ana", "ben", "e", "employee", "employee-1", "employee-10", "employee-2"}));
    CHECK(std::ranges::is_sorted(all));
    std::vector<UserId> nobody;
    sort_distinct(nobody);
    CHECK(nobody.empty());
}

TEST_CASE("the keys of seats stand in the order of their users, behind others") {
    const auto tenant = TenantId::parse("contoso").value();
    std::vector<std::string> keys{"first"};
    add_seat_keys(keys, tenant, 7, users({"ana", "ben"}));
    CHECK(keys == std::vector<std::string>{"first", "seat/contoso/7/ana", "seat/contoso/7/ben"});
    CHECK(seat_keys(tenant, 7, {}).empty());
}
