#pragma once

/// \file
/// Engines over one store, with a clock, ids and chance that a test commands, and the steps that
/// most tests begin with.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <licet/engine/engine.hpp>

#include "people.hpp"
#include "store_in_hand.hpp"

namespace licet::world {

inline Plan plan(std::string_view id, std::vector<std::string> apps) {
    Plan plan;
    plan.id = plan_id(id);
    plan.name = "Fabrikam " + std::string(id);
    plan.more_info_url = "https://www.fabrikam.com/" + std::string(id);
    plan.apps = std::move(apps);
    return plan;
}

/// The article's: everything that submit asks for, three plans over three apps.
inline Offer article_offer() {
    Offer offer;
    offer.publisher = publisher();
    offer.id = offer_id();
    offer.alias = "Fabrikam 365";
    offer.setup.sell_through_microsoft = false;
    offer.setup.license_management = true;
    offer.setup.require_license_for_install = true;
    offer.listing.name = "Fabrikam 365";
    offer.technical.base_license_model = LicenseModel::user;
    offer.technical.package_url = "https://fabrikam.example/package.zip";
    offer.plans = {plan("bronze", {"crf36_BronzeApp"}),
                   plan("silver", {"crf36_BronzeApp", "crf36_SilverApp"}),
                   plan("gold", {"crf36_BronzeApp", "crf36_SilverApp", "crf36_GoldApp"})};
    return offer;
}

/// Until the end of January 2027, by day.
inline Deal article_deal(std::string_view id = "d-1") {
    const auto usd = [](std::string_view amount) {
        return Money{Decimal::parse(amount).value(), Currency::parse("USD").value()};
    };
    Deal deal;
    deal.publisher = publisher();
    deal.id = id.empty() ? DealId() : deal_id(id);
    deal.offer = offer_id();
    deal.customer = {"Contoso", Country::parse("US").value(), contoso()};
    deal.contract.signed_ = day("2026-01-10");
    deal.contract.start = day("2026-02-01");
    deal.contract.end = day("2027-01-31");
    deal.contract.total_value = usd("12000.00");
    deal.contract.solution_value = usd("9000.00");
    deal.contact = {"Ana", "Diaz", "ana@fabrikam.example", ""};
    return deal;
}

/// The first moment after that contract.
inline Timestamp contract_over() { return at("2027-02-01T00:00:00Z"); }

inline LineChange line(std::string_view plan, std::int64_t quantity) {
    return {plan_id(plan), quantity, false};
}
inline LineChange no_line(std::string_view plan) { return {plan_id(plan), {}, true}; }

struct Options {
    Policy policy;
    Duration staleness_max{1'000};
    bool exclusive = false;
};

class World {
public:
    explicit World(Options options = {},
                   std::shared_ptr<StoreInHand> in = std::make_shared<StoreInHand>())
        : store(std::move(in)), options_(std::move(options)), engine_(open()) {}

    /// One more engine on the same store, as another process would be.
    std::unique_ptr<Engine> open() {
        EngineOptions options;
        options.policy = options_.policy;
        options.clock = clock;
        options.random = std::make_shared<SeededRandom>(++engines_);
        options.ids = std::make_shared<SequentialIds>();
        options.staleness_max = options_.staleness_max;
        options.exclusive = options_.exclusive;
        auto opened = Engine::open(std::make_unique<SharedStore>(store), std::move(options));
        REQUIRE(failure_of(opened) == done);
        return std::move(opened).value();
    }

    Engine& engine() noexcept { return *engine_; }
    Catalog& catalog() noexcept { return engine_->catalog(); }
    Deals& deals() noexcept { return engine_->deals(); }
    Seats& seats() noexcept { return engine_->seats(); }
    Groups& groups() noexcept { return engine_->groups(); }
    History& history() noexcept { return engine_->history(); }

    void pass_time(Duration by) { clock->advance(by); }

    /// Live when it returns.
    void publish(const Offer& offer = article_offer()) {
        REQUIRE(catalog().create_offer({offer, Profile::create}, ana()));
        publish_again(offer.publisher, offer.id);
    }

    void publish_again(const PublisherId& of = publisher(), const OfferId& id = offer_id()) {
        const OfferCommand command{of, id};
        REQUIRE(catalog().submit({command}, ana()));
        for (int phase = 0; phase < 3; ++phase) {
            REQUIRE(catalog().pass_phase({command}, rex()));
        }
        REQUIRE(catalog().go_live({command}, ana()));
        pass_time(engine_->policy().go_live_delay);
    }

    std::string invite(std::optional<DealId> deal = {}) {
        const auto made = deals().create_invite({publisher(), std::move(deal)}, ana());
        REQUIRE(made);
        const std::string& link = made.value().value.invite.link.value();
        return link.substr(link.find("token=") + 6);
    }

    void consent(const Caller& customer = ben()) { REQUIRE(deals().accept({invite()}, customer)); }

    /// A deal of that customer with these lines; the customer has consented before.
    void sell(const std::vector<LineChange>& lines, const Deal& deal = article_deal()) {
        REQUIRE(deals().register_deal({deal, false}, ana()));
        REQUIRE(failure_of(change_lines(lines, deal.id)) == done);
    }

    result<Written<LicensesAnswer>> change_lines(const std::vector<LineChange>& lines,
                                                 const DealId& deal = deal_id("d-1"),
                                                 const Caller& caller = ana()) {
        return deals().update_licenses({publisher(), deal, lines}, caller);
    }

    /// Published, consented to and sold.
    void sell_article(const std::vector<LineChange>& lines) {
        publish();
        consent();
        sell(lines);
    }

    result<Written<SeatsAnswer>> assign(std::string_view plan, std::vector<UserId> users,
                                        const Caller& caller = ben(), Mode mode = Mode::atomic) {
        return seats().assign({contoso(), service(plan), std::move(users), mode, {}}, caller);
    }
    result<Written<SeatsAnswer>> unassign(std::string_view plan, std::vector<UserId> users,
                                          const Caller& caller = ben()) {
        return seats().unassign({contoso(), service(plan), std::move(users), Mode::atomic}, caller);
    }

    result<Written<GroupAnswer>> assign_group(const std::vector<std::string>& plans,
                                              std::optional<std::vector<UserId>> members = {},
                                              const Caller& caller = ben()) {
        std::vector<ServiceId> service_ids;
        for (const std::string& plan : plans) {
            service_ids.push_back(service(plan));
        }
        return groups().assign({contoso(), group("sales"), service_ids, std::move(members)},
                               caller);
    }
    result<Written<GroupAnswer>> set_members(std::vector<UserId> members,
                                             const Caller& caller = ben()) {
        return groups().set_members({contoso(), group("sales"), std::move(members)}, caller);
    }
    result<Written<GroupAnswer>> reprocess(const Caller& caller = ben()) {
        return groups().reprocess({contoso(), group("sales")}, caller);
    }

    PoolSummary pool(std::string_view plan) {
        const auto view = seats().get_pool({contoso(), service(plan)}, ben());
        REQUIRE(view);
        return view.value().pool;
    }

    /// In the order of their ids.
    std::vector<UserId> holders(std::string_view plan) {
        std::vector<UserId> all;
        PageRequest page{1000, {}};
        do {
            auto seen = seats().list_seats({contoso(), service(plan), page}, ben());
            REQUIRE(seen);
            for (Seat& seat : seen.value().items) {
                all.push_back(std::move(seat.user));
            }
            page.after = std::move(seen.value().next);
        } while (page.after);
        return all;
    }

    Decision check(std::string_view plan, const UserId& who) {
        const auto decision = seats().check(contoso().str(), service(plan).str(), who.str());
        REQUIRE(decision);
        return decision.value();
    }

    Deal deal(std::string_view id = "d-1") {
        const auto view = deals().get_deal({publisher(), deal_id(id)}, ana());
        REQUIRE(view);
        return view.value().deal;
    }

    std::vector<Event> events(const std::string& stream) {
        auto page = history().list_events({stream, {1000, {}}}, reader_of(stream));
        REQUIRE(page);
        REQUIRE_FALSE(page.value().next);
        return std::move(page).value().items;
    }

    VerifyAnswer verify(const std::string& stream) {
        const auto answer = history().verify({stream}, reader_of(stream));
        REQUIRE(answer);
        return answer.value();
    }

    /// Every stream there is, that of open invites included.
    std::vector<std::string> streams() {
        std::vector<std::string> all;
        for (const auto& [key, text] : store->dump()) {
            const std::string kind = key.substr(0, key.find('/'));
            if (kind == "offer" || kind == "deal" || kind == "relationship" || kind == "pool" ||
                kind == "group" || kind == "invites") {
                all.push_back(key);
            }
        }
        return all;
    }

    const std::shared_ptr<ManualClock> clock =
        std::make_shared<ManualClock>(at("2026-01-10T09:00:00Z"));
    const std::shared_ptr<StoreInHand> store;

private:
    static Caller reader_of(const std::string& stream) {
        const std::size_t shard = stream.find('/') + 1;
        return stream.starts_with("pool/") || stream.starts_with("group/")
                   ? Caller{buyer({Role::global_admin},
                                  TenantId::parse(
                                      stream.substr(shard, stream.find('/', shard) - shard))
                                      .value()),
                            {},
                            {}}
                   : ana();
    }

    Options options_;
    std::uint64_t engines_ = 0;
    std::unique_ptr<Engine> engine_;
};

inline std::string pool_stream(std::string_view plan) {
    return "pool/" + contoso().str() + '/' + service(plan).str();
}
inline std::string group_stream(std::string_view name = "sales") {
    return "group/" + contoso().str() + '/' + std::string(name);
}
inline const std::string offer_stream = "offer/fabrikam/f365";
inline const std::string deal_stream = "deal/fabrikam/d-1";

}  // namespace licet::world
