#include "unit/operations/good_calls.hpp"

#include <boost/json/serialize.hpp>

#include "unit/operations/documents.hpp"

namespace world {
namespace {

using licet::Action;

const std::string page = R"(,"limit":10,"after":"a")";

std::string of_pool(std::string_view service_id) {
    return tenant() + R"(,"service_id":)" + quote(service_id);
}

/// The calls, one after the other.
class Calls {
public:
    explicit Calls(World& world) : world_(world) {}

    std::vector<GoodCall> take() { return std::move(calls_); }

    void host(std::string_view operation, const std::string& own) {
        calls_.push_back({operation, Action::host, "{" + own + "}"});
    }
    void query(std::string_view operation, Action action, std::string_view actor,
               const std::string& own) {
        calls_.push_back({operation, action, with_actor(own, actor)});
    }
    /// Of a record that is at this revision.
    void mutation(std::string_view operation, Action action, std::string_view actor,
                  const std::string& revision, const std::string& own) {
        const std::string common = R"(,"idempotency_key":"key-1","expected_revision":)" + revision;
        calls_.push_back({operation, action, with_actor(own + common, actor)});
    }

    /// What ana may do about one of her offers as a whole.
    void move(std::string_view operation, std::string_view offer) {
        mutation(operation, Action::manage_offers, ana, revision_of_offer(offer), of(offer));
    }

    std::string revision_of_offer(std::string_view id) {
        return value_at(world_.must("offers.get", with_actor(of(id), ana)), "/revision");
    }
    std::string revision_of_deal(std::string_view id) {
        return value_at(world_.must("deals.get", with_actor(of(id), ana)), "/revision");
    }
    std::string revision_of_pool(std::string_view service_id) {
        return value_at(world_.must("pools.get", with_actor(of_pool(service_id), liv)),
                        "/revision");
    }

private:
    World& world_;
    std::vector<GoodCall> calls_;
};

void add_checks(Calls& calls) {
    calls.host("check",
               tenant() + R"(,"user":"adele","service_id":"fabrikam.f365.bronze","why":true)");
    calls.host("check_app", tenant() + R"(,"user":"adele","app":"crf36_BronzeApp","why":true)");
    const std::string many = tenant() + R"(,"users":["adele","no one"],)";
    calls.host("check_many",
               many + R"("service_ids":["fabrikam.f365.bronze","fabrikam.f365.tin"])");
    calls.host("check_many", many + R"("apps":["crf36_BronzeApp","crf36_OtherApp"])");
    calls.host("clock.advance", R"("by_ms":1000)");
    calls.host("clock.advance", R"("to":"2026-04-01T00:00:00Z")");
    calls.host("store.prune", R"("idempotency_before":"2026-12-31T00:00:00Z")");
}

/// A text that the store holds already.
void add_moves(Calls& calls, World& world) {
    const std::string lines = value_at(world.must("store.export", "{}"), "/lines");
    const std::size_t second = lines.find('\n') + 1;
    const std::string line = lines.substr(second, lines.find('\n', second) - second);
    calls.host("store.export", R"("after":{"key":)" + quote(value_at(line, "/key")) +
                                   R"(,"hash":)" + quote(value_at(line, "/hash")) + "}");
    calls.host("store.import", R"("lines":)" + boost::json::serialize(boost::json::value(lines)));
}

void add_offers(Calls& calls) {
    const std::string sold = as_private(priced_offer("sold"));
    calls.host("offers.check", R"("profile":"create","offer":)" + sold);
    for (const std::string& created :
         {R"("profile":"create","offer":)" + sold,
          R"("profile":"import","offer":)" + with_kept_plan(licensed_offer("managed")),
          R"("offer":)" + offer("called", R"({"call_to_action":"free_trial"})", "")}) {
        calls.mutation("offers.create", Action::manage_offers, ana, "0", created);
    }
    calls.mutation("offers.apply", Action::manage_offers, ana, calls.revision_of_offer("drafted"),
                   R"("profile":"create","dry_run":false,"offer":)" +
                       offer("drafted",
                             R"({"sell_through_microsoft":false,"license_management":true,)"
                             R"("require_license_for_install":false})",
                             plan("gold") + "," + as_private(plan("tin"))));
    calls.query("offers.get", Action::read_offers, ana, of("f365"));
    calls.query("offers.list", Action::read_offers, ana,
                R"("publisher":"fabrikam","status":"live")" + page);
    calls.mutation("offers.update", Action::manage_offers, ana, calls.revision_of_offer("drafted"),
                   of("drafted") +
                       R"(,"changes":{"listing":{"name":"F","summary":"S","description":"D",)"
                       R"("keywords":["work"]},"technical":{"base_license_model":"resource",)"
                       R"("package_url":"https://fabrikam.example/2.zip"},)"
                       R"("setup":{"require_license_for_install":false}})");
    calls.move("offers.submit", "drafted");
    calls.move("offers.cancel", "previewed");
    calls.move("offers.go_live", "previewed");
    calls.move("offers.stop_distribution", "f365");
    const std::string reviewed = calls.revision_of_offer("reviewed");
    calls.mutation("offers.pass_phase", Action::review_offers, rex, reviewed, of("reviewed"));
    calls.mutation(
        "offers.report_findings", Action::review_offers, rex, reviewed,
        of("reviewed") + R"(,"review_findings":[{"policy":"100.1","message":"no logo"}])");
    calls.query("offers.buttons", Action::read_offers, ana,
                of("f365") + R"(,"viewer":"admin",)" + tenant());
}

void add_ingestion(Calls& calls) {
    calls.host("ingestion.read",
               R"("publisher":"fabrikam","document":)" + ingestion_document("imported"));
    calls.query("ingestion.write", Action::read_offers, ana,
                R"("publisher":"fabrikam","offer":"f365")");
}

void add_plans(Calls& calls) {
    const std::string revision = calls.revision_of_offer("f365");
    const auto change = [&](std::string_view operation, const std::string& own) {
        calls.mutation(operation, Action::manage_offers, ana, revision,
                       R"("publisher":"fabrikam","offer":"f365",)" + own);
    };
    change("plans.create",
           R"("plan":)" + as_private(plan("tin", R"(,"audience":["contoso"],)"
                                                 R"("service_id":"fabrikam.f365.tin")")));
    change("plans.update",
           R"("id":"copper","changes":{"name":"Copper","description":"D","visibility":"private",)"
           R"("more_info_url":"https://fabrikam.example","apps":["crf36_CopperApp"],)"
           R"("audience":["contoso"]})");
    change("plans.delete", R"("id":"copper")");
    change("plans.stop_selling", R"("id":"silver")");
    calls.query("plans.list", Action::read_offers, ana, R"("publisher":"fabrikam","offer":"f365")");
}

void add_plan_files(Calls& calls) {
    const std::string files =
        R"("definition":"ServiceID,Display name,More info URL\nfabrikam.f365.tin,Tin,\n",)"
        R"("mapping":"Service ID,Component name\nfabrikam.f365.tin,crf36_TinApp\n")";
    const std::string of_offer = R"("publisher":"fabrikam","offer":"f365")";
    calls.query("plan_files.write", Action::read_offers, ana, of_offer);
    calls.host("plan_files.check",
               files + R"(,"profile":"import",)" + of_offer + R"(,"as":)" + std::string(ana));
    calls.host("plan_files.check", files);
    calls.host("plan_files.read", files);
}

void add_deals(Calls& calls) {
    const std::string revision = calls.revision_of_deal("d-1001");
    calls.mutation("deals.register", Action::manage_deals, ana, "0",
                   R"("draft":false,"deal":)" + deal("d-2000", quote(contoso), "customer_tenant"));
    calls.mutation("deals.update", Action::manage_deals, ana, revision,
                   of("d-1001") +
                       R"(,"changes":{"contact":{"first_name":"Bo","last_name":"Li",)"
                       R"("email":"b@f.example","phone":"1"},"contract":{"end":"2028-01-31"}})");
    calls.mutation("deals.advance", Action::manage_deals, ana, revision,
                   of("d-1001") + R"(,"to":"in_progress")");
    calls.mutation("deals.set_customer", Action::manage_deals, ana,
                   calls.revision_of_deal("d-1002"), of("d-1002") + "," + tenant());
    calls.query("deals.get", Action::read_deals, ana, of("d-1001"));
    calls.query("deals.list", Action::read_deals, ana,
                R"("publisher":"fabrikam","state":"submitted","offer":"f365",)"
                R"("view":"in_progress",)" +
                    tenant() + page);
    const std::string lines =
        R"("publisher":"fabrikam","deal":"d-1001","lines":[{"plan":"bronze","quantity":8},)"
        R"({"plan":"gold","quantity":2},{"plan":"silver","remove":true}])";
    const std::string later = lines + R"(,"effective":"2026-06-01T00:00:00Z")";
    for (const std::string& change : {lines, later}) {
        calls.query("licenses.preview", Action::manage_deals, ana, change);
        calls.query("portal.steps", Action::manage_deals, ana, change);
        calls.mutation("licenses.update", Action::manage_deals, ana, revision, change);
    }
    calls.mutation("licenses.cancel_change", Action::manage_deals, ana, revision,
                   R"("publisher":"fabrikam","deal":"d-1001","plan":"gold",)"
                   R"("effective":"2027-01-01T00:00:00Z")");
}

void add_invites(Calls& calls, const World& world) {
    const std::string token = R"("token":)" + quote(world.token());
    calls.mutation("invites.create", Action::manage_deals, ana, "0",
                   R"("publisher":"fabrikam","deal":"d-1002")");
    calls.mutation("invites.accept", Action::answer_invites, nora, "1", token);
    calls.mutation("invites.decline", Action::answer_invites, nora, "1", token);
    calls.mutation("invites.revoke", Action::manage_deals, ana, "1", of(world.invite()));
    calls.query("invites.list", Action::read_deals, ana, R"("publisher":"fabrikam")" + page);
    calls.query("relationships.list", Action::read_deals, ana, R"("publisher":"fabrikam")" + page);
}

void add_seats(Calls& calls) {
    const std::string bronze = of_pool("fabrikam.f365.bronze");
    const std::string revision = calls.revision_of_pool("fabrikam.f365.bronze");
    calls.mutation(
        "seats.assign", Action::assign_seats, liv, revision,
        bronze + R"(,"users":["diego","grady"],"mode":"best_effort","usage_location":"DE")");
    calls.mutation("seats.unassign", Action::assign_seats, liv, revision,
                   bronze + R"(,"users":["adele"],"mode":"atomic")");
    calls.mutation("seats.move", Action::assign_seats, liv,
                   calls.revision_of_pool("fabrikam.f365.silver"),
                   tenant() + R"(,"from":"fabrikam.f365.bronze","to":"fabrikam.f365.silver",)"
                              R"("users":["alex"],"mode":"atomic","usage_location":"DE")");
    calls.mutation("seats.import", Action::assign_seats, liv, "0",
                   tenant() + R"(,"usage_location":"DE","csv":"User,Service ID\n)"
                              R"(diego,fabrikam.f365.bronze\nadele,fabrikam.f365.bronze\n)"
                              R"(grady,fabrikam.f365.tin\n?\n")");
    calls.query("seats.export", Action::read_seats, liv, tenant());
    calls.query("seats.list", Action::read_seats, liv, bronze + page);
    calls.query("seats.of_user", Action::read_seats, liv, tenant() + R"(,"user":"adele")");
    calls.query("pools.get", Action::read_seats, liv, bronze);
    calls.query("pools.list", Action::read_seats, liv, tenant() + page);
}

void add_reports(Calls& calls) {
    const std::string publisher = R"("publisher":"fabrikam")";
    const std::string bronze = of_pool("fabrikam.f365.bronze");
    calls.host("seats.touch", bronze + R"(,"uses":[{"user":"adele","at":"2026-03-01T09:00:00Z"},)"
                                       R"({"user":"nobody","at":"2026-03-01T09:00:00Z"}])");
    calls.query("reports.licenses", Action::read_deals, ana, publisher);
    calls.query("reports.licenses", Action::read_seats, liv, tenant());
    calls.query("reports.over_capacity", Action::read_deals, ana, publisher + page);
    calls.query("reports.over_capacity", Action::read_seats, liv, tenant() + page);
    calls.query("reports.unused_seats", Action::read_seats, liv,
                bronze + R"(,"not_used_since":"2026-03-02T00:00:00Z")" + page);
}

void add_groups(Calls& calls) {
    const std::string sales = tenant() + R"(,"group":"sales")";
    const std::string bronze = R"(,"service_ids":["fabrikam.f365.bronze"],"members":["adele"])";
    calls.mutation("groups.assign", Action::assign_seats, liv, "1", sales + bronze);
    calls.mutation("groups.unassign", Action::assign_seats, liv, "1",
                   sales + R"(,"service_ids":["fabrikam.f365.silver"],"members":["adele"])");
    calls.mutation("groups.set_members", Action::assign_seats, liv, "1",
                   sales + R"(,"members":["cleo","evan"])");
    calls.mutation("groups.reprocess", Action::assign_seats, liv, "1", sales);
    calls.query("groups.get", Action::read_seats, liv, sales);
}

void add_events(Calls& calls) {
    struct Stream {
        Action action;
        std::string_view actor;
        std::string name;
    };
    const std::string customer(contoso);
    for (const Stream& stream :
         {Stream{Action::read_offers, ana, "offer/fabrikam/f365"},
          Stream{Action::read_deals, ana, "deal/fabrikam/d-1001"},
          Stream{Action::read_deals, ana, "relationship/fabrikam/" + customer},
          Stream{Action::read_deals, ana, "invites/fabrikam"},
          Stream{Action::read_seats, liv, "pool/" + customer + "/fabrikam.f365.bronze"},
          Stream{Action::read_seats, liv, "group/" + customer + "/sales"}}) {
        const std::string own = R"("stream":)" + quote(stream.name);
        calls.query("events.list", stream.action, stream.actor, own + page);
        calls.query("events.verify", stream.action, stream.actor, own);
    }
}

}  // namespace

std::vector<GoodCall> good_calls(World& world) {
    Calls calls(world);
    add_checks(calls);
    add_moves(calls, world);
    add_offers(calls);
    add_ingestion(calls);
    add_plans(calls);
    add_plan_files(calls);
    add_deals(calls);
    add_invites(calls, world);
    add_seats(calls);
    add_reports(calls);
    add_groups(calls);
    add_events(calls);
    return calls.take();
}

}  // namespace world
