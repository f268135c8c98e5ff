#include <licet/seats/group.hpp>

#include <doctest/doctest.h>

#include <map>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::just_before;
using customer::perpetual;
using customer::pool_of;
using customer::Seats;
using customer::until;
using customer::user;
using licet::Errc;
using licet::Group;
using licet::GroupAct;
using licet::GroupEdit;
using licet::GroupError;
using licet::GroupPool;
using licet::GroupRow;
using licet::GroupState;
using licet::Policy;
using licet::Pool;
using licet::SeatSource;
using licet::ServiceId;
using licet::Timestamp;
using licet::UserId;

namespace {

ServiceId service(std::string_view plan) {
    return ServiceId::parse("fabrikam.f365." + std::string(plan)).value();
}
std::vector<ServiceId> services(std::initializer_list<const char*> plans) {
    std::vector<ServiceId> all;
    for (const char* plan : plans) {
        all.push_back(service(plan));
    }
    return all;
}
std::vector<UserId> users(std::initializer_list<const char*> ids) {
    std::vector<UserId> all;
    for (const char* id : ids) {
        all.push_back(user(id));
    }
    return all;
}

GroupRow active(const char* who, const char* plan) {
    return {user(who), service(plan), GroupState::active, {}};
}
GroupRow failed(const char* who, const char* plan, GroupError error) {
    return {user(who), service(plan), GroupState::error, error};
}

constexpr GroupError count = GroupError::count_violation;
constexpr GroupError other = GroupError::other;

/// A customer with one group; what is decided is written.
struct Tenant {
    explicit Tenant(std::initializer_list<std::pair<const char*, std::int64_t>> licenses) {
        group.id = licet::GroupId::parse("sales").value();
        std::int64_t number = 0;
        for (const auto& [plan, quantity] : licenses) {
            Pool pool = pool_of({perpetual("d-1", quantity)});
            pool.service_id = service(plan);
            pool.number = ++number;
            pools.emplace(pool.service_id, std::pair(pool, Seats()));
        }
    }

    void edit(const GroupEdit& edit) {
        std::vector<GroupPool> given;
        for (const ServiceId& id : products_of(group, edit)) {
            auto& [pool, seats] = pools.at(id);
            given.push_back({pool, seats.seat_of()});
        }
        licet::GroupChange change = change_group(group, edit, given, now, policy);
        group = std::move(change.group);
        for (const licet::SeatChange& seats : change.pools) {
            auto& pool = pools.at(seats.pool.service_id);
            pool.second.write(seats.writes);
            pool.first = seats.pool;
            CHECK(pool.first.holders == std::ssize(pool.second.all()));
        }
    }
    void assign(std::initializer_list<const char*> plans,
                std::optional<std::vector<UserId>> members = {}) {
        edit({GroupAct::assign, services(plans), std::move(members)});
    }
    void unassign(std::initializer_list<const char*> plans) {
        edit({GroupAct::unassign, services(plans), {}});
    }
    void set_members(std::initializer_list<const char*> ids) {
        edit({GroupAct::set_members, {}, users(ids)});
    }
    void reprocess() { edit({GroupAct::reprocess, {}, {}}); }

    void assign_directly(const char* plan, const char* who) {
        auto& [pool, seats] = pools.at(service(plan));
        auto change = licet::assign(pool, users({who}), seats.seat_of(), licet::Mode::atomic, {},
                                    now, policy);
        REQUIRE(change);
        seats.write(change.value().writes);
        pool = change.value().pool;
    }
    void buy(const char* plan, std::int64_t quantity) {
        Pool& pool = pools.at(service(plan)).first;
        pool = with_contribution(pool, customer::perpetual("d-1", quantity), now, policy);
    }

    std::vector<GroupRow> rows() const { return rows_of(group); }
    std::vector<UserId> holders(const char* plan) const {
        std::vector<UserId> all;
        for (const auto& [id, seat] : pools.at(service(plan)).second.all()) {
            all.push_back(id);
        }
        return all;
    }
    std::size_t sources(const char* plan, const char* who) const {
        const auto* seat = pools.at(service(plan)).second.find(user(who));
        return seat ? seat->sources.size() : 0;
    }

    Group group;
    std::map<ServiceId, std::pair<Pool, Seats>> pools;
    Timestamp now = day(1);
    Policy policy;
};

using Rows = std::vector<GroupRow>;

}  // namespace

TEST_CASE("every member of a group gets each of its products") {
    Tenant tenant({{"bronze", 2}, {"gold", 2}});
    tenant.assign({"bronze", "gold"}, users({"ada", "ben"}));
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ada", "gold"),
                                active("ben", "bronze"), active("ben", "gold")});
    CHECK(tenant.holders("gold") == users({"ada", "ben"}));
    CHECK(tenant.sources("gold", "ada") == 1);
}

TEST_CASE("the last unit goes to the first of the members by id, the next gets nothing") {
    Tenant tenant({{"bronze", 2}});
    tenant.assign({"bronze"}, users({"ada", "ben", "cid"}));
    CHECK(tenant.rows() ==
          Rows{active("ada", "bronze"), active("ben", "bronze"), failed("cid", "bronze", count)});
}

TEST_CASE("who cannot have one product gets none, and only the product without a unit is blamed") {
    Tenant tenant({{"bronze", 3}, {"gold", 1}, {"silver", 1}});
    tenant.assign({"bronze", "gold", "silver"}, users({"ada", "ben"}));
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ada", "gold"),
                                active("ada", "silver"), failed("ben", "bronze", other),
                                failed("ben", "gold", count), failed("ben", "silver", count)});
    CHECK(tenant.holders("bronze") == users({"ada"}));
}

TEST_CASE("a member who fails takes nothing from those who come after") {
    Tenant tenant({{"bronze", 1}, {"gold", 1}});
    tenant.assign_directly("gold", "cid");
    tenant.assign({"bronze", "gold"}, users({"ada", "cid"}));
    CHECK(tenant.rows() == Rows{failed("ada", "bronze", other), failed("ada", "gold", count),
                                active("cid", "bronze"), active("cid", "gold")});
}

TEST_CASE("who holds a unit already needs no other, and has two ways to one seat") {
    Tenant tenant({{"bronze", 1}});
    tenant.assign_directly("bronze", "ada");
    tenant.assign({"bronze"}, users({"ada"}));
    CHECK(tenant.rows() == Rows{active("ada", "bronze")});
    CHECK(tenant.sources("bronze", "ada") == 2);
    tenant.set_members({});
    CHECK(tenant.sources("bronze", "ada") == 1);
    CHECK(tenant.holders("bronze") == users({"ada"}));
}

TEST_CASE("a seat ends with its last source, and its unit is free for who joins in its place") {
    Tenant tenant({{"bronze", 1}});
    tenant.assign({"bronze"}, users({"cid"}));
    tenant.set_members({"ada"});
    CHECK(tenant.rows() == Rows{active("ada", "bronze")});
    CHECK(tenant.holders("bronze") == users({"ada"}));
}

TEST_CASE("members given replace the members: who stays keeps the seat as it is") {
    Tenant tenant({{"bronze", 2}});
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    tenant.now = day(2);
    tenant.set_members({"ben", "cid"});
    CHECK(tenant.rows() == Rows{active("ben", "bronze"), active("cid", "bronze")});
    CHECK(tenant.pools.at(service("bronze")).second.find(user("ben"))->since == day(1));
    CHECK(tenant.pools.at(service("bronze")).second.find(user("cid"))->since == day(2));
    tenant.assign({"bronze"}, users({"dan"}));
    CHECK(tenant.rows() == Rows{active("dan", "bronze")});
}

TEST_CASE("units that become free retry nobody, a reprocess does") {
    Tenant tenant({{"bronze", 1}});
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    tenant.buy("bronze", 2);
    tenant.set_members({"ada", "ben"});
    tenant.assign({"bronze"});
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), failed("ben", "bronze", count)});
    tenant.reprocess();
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ben", "bronze")});
}

TEST_CASE("a reprocess that still finds no unit says so") {
    Tenant tenant({{"bronze", 1}, {"gold", 0}});
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    tenant.buy("bronze", 2);
    tenant.assign({"gold"});
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), failed("ada", "gold", count),
                                failed("ben", "bronze", other), failed("ben", "gold", count)});
    tenant.reprocess();
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), failed("ada", "gold", count),
                                failed("ben", "bronze", other), failed("ben", "gold", count)});
    tenant.unassign({"gold"});
    tenant.reprocess();
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ben", "bronze")});
}

TEST_CASE("adding a product adds, and takes nothing from who cannot have it") {
    Tenant tenant({{"bronze", 2}, {"gold", 1}});
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    tenant.assign({"gold"});
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ada", "gold"),
                                active("ben", "bronze"), failed("ben", "gold", count)});
    CHECK(tenant.holders("bronze") == users({"ada", "ben"}));
}

TEST_CASE("removing a product takes it from every member, and only that") {
    Tenant tenant({{"bronze", 2}, {"gold", 2}});
    tenant.assign_directly("gold", "ben");
    tenant.assign({"bronze", "gold"}, users({"ada", "ben"}));
    tenant.unassign({"gold"});
    CHECK(tenant.rows() == Rows{active("ada", "bronze"), active("ben", "bronze")});
    CHECK(tenant.holders("gold") == users({"ben"}));
    tenant.unassign({"gold"});
    tenant.unassign({"bronze"});
    CHECK(tenant.rows().empty());
    CHECK(tenant.group.members.size() == 2);
    tenant.assign({"gold"});
    CHECK(tenant.rows() == Rows{active("ada", "gold"), active("ben", "gold")});
}

TEST_CASE("a suspended pool gives no new seats, and lets who holds one join by a group") {
    Tenant tenant({{"bronze", 2}});
    tenant.assign_directly("bronze", "ben");
    tenant.pools.at(service("bronze")).first.contributions = {until(day(10), "d-1", 2)};
    SUBCASE("in the last moment of grace there is none left either, for none is enabled") {
        tenant.now = just_before(day(40));
    }
    SUBCASE("suspended") { tenant.now = day(40); }
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    CHECK(tenant.rows() == Rows{failed("ada", "bronze", count), active("ben", "bronze")});
}

TEST_CASE("seats above the licences are given to groups by the same policy") {
    Tenant tenant({{"bronze", 2}});
    SUBCASE("by half as many") {
        tenant.policy.overage = {licet::Overage::Kind::percent,
                                 licet::Decimal::parse("50").value()};
        tenant.assign({"bronze"}, users({"ada", "ben", "cid", "dan"}));
        CHECK(tenant.holders("bronze") == users({"ada", "ben", "cid"}));
    }
    SUBCASE("always") {
        tenant.policy.overage.kind = licet::Overage::Kind::always;
        tenant.assign({"bronze"}, users({"ada", "ben", "cid", "dan"}));
        CHECK(tenant.holders("bronze").size() == 4);
    }
}

TEST_CASE("a group gives seats without a usage location, which only direct ones require") {
    Tenant tenant({{"bronze", 1}});
    tenant.policy = Policy::microsoft365();
    tenant.assign({"bronze"}, users({"ada"}));
    CHECK(tenant.rows() == Rows{active("ada", "bronze")});
}

TEST_CASE("after its pool has lapsed a product counts as not given") {
    Tenant tenant({{"bronze", 2}});
    tenant.pools.at(service("bronze")).first.contributions = {until(day(10), "d-1", 2)};
    tenant.assign({"bronze"}, users({"ada"}));
    const auto as_of = [&](Timestamp now) {
        const Pool pool = settle(tenant.pools.at(service("bronze")).first, now, tenant.policy);
        return rows_of(settle(tenant.group, {pool}));
    };
    CHECK(as_of(just_before(day(130))) == Rows{active("ada", "bronze")});
    CHECK(as_of(day(130)) == Rows{failed("ada", "bronze", count)});
    tenant.now = day(130);
    tenant.buy("bronze", 1);
    tenant.reprocess();
    CHECK(tenant.rows() == Rows{active("ada", "bronze")});
    CHECK(tenant.holders("bronze") == users({"ada"}));
}

TEST_CASE("who loses a whole seat has a violation of that product in every group that gave it") {
    Tenant tenant({{"bronze", 2}, {"gold", 2}});
    tenant.assign({"bronze", "gold"}, users({"ada", "ben"}));
    const Group group = with_violation(tenant.group, service("gold"), users({"ben", "cid"}));
    CHECK(rows_of(group) == Rows{active("ada", "bronze"), active("ada", "gold"),
                                 active("ben", "bronze"), failed("ben", "gold", count)});
    CHECK(with_violation(tenant.group, service("silver"), users({"ben"})) == tenant.group);
}

TEST_CASE("an edit reads the seats of those alone whom it may touch") {
    Tenant tenant({{"bronze", 1}, {"gold", 1}});
    tenant.assign({"bronze"}, users({"ada", "ben"}));
    const auto concerned = [&](GroupAct act, std::initializer_list<const char*> plans,
                               std::optional<std::vector<UserId>> members = {}) {
        return users_of(tenant.group, {act, services(plans), std::move(members)});
    };
    CHECK(concerned(GroupAct::set_members, {}, users({"ben", "cid"})) == users({"ada", "cid"}));
    CHECK(concerned(GroupAct::reprocess, {}) == users({"ben"}));
    CHECK(concerned(GroupAct::assign, {"bronze"}).empty());
    CHECK(concerned(GroupAct::assign, {"gold"}) == users({"ada", "ben"}));
    CHECK(concerned(GroupAct::unassign, {"bronze"}) == users({"ada", "ben"}));
    CHECK(concerned(GroupAct::unassign, {"gold"}).empty());
}

TEST_CASE("a group has at most twenty products and a hundred thousand members") {
    const auto rules = [](const Group& group, const GroupEdit& edit) {
        licet::Findings findings;
        check_edit(group, edit, findings);
        std::vector<std::pair<Errc, std::string>> all;
        for (const licet::Finding& finding : findings.all()) {
            all.emplace_back(finding.rule, finding.pointer);
        }
        return all;
    };
    using Rules = std::vector<std::pair<Errc, std::string>>;
    std::vector<ServiceId> many;
    for (std::size_t n = 0; n < Group::products_max; ++n) {
        many.push_back(service("plan-" + std::to_string(100 + n)));
    }
    Group group;
    CHECK(rules(group, {GroupAct::assign, many, {}}).empty());
    group.products = {{service("bronze"), 1}};
    CHECK(rules(group, {GroupAct::assign, many, {}}) == Rules{{Errc::list_length, "/service_ids"}});
    CHECK(rules(group, {GroupAct::unassign, many, {}}).empty());
    many.push_back(service("plan-999"));
    CHECK(rules(group, {GroupAct::unassign, many, {}}) ==
          Rules{{Errc::list_length, "/service_ids"}});
    for (const GroupAct act : {GroupAct::assign, GroupAct::unassign}) {
        CHECK(rules(group, {act, {}, {}}) == Rules{{Errc::service_ids_missing, "/service_ids"}});
    }
    std::vector<UserId> crowd(Group::members_max, user("ada"));
    CHECK(rules(group, {GroupAct::set_members, {}, crowd}).empty());
    crowd.push_back(user("ada"));
    CHECK(rules(group, {GroupAct::set_members, {}, crowd}) ==
          Rules{{Errc::list_length, "/members"}});
}
