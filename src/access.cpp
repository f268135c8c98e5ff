#include <licet/access.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>

namespace licet {
namespace {

using enum Role;

constexpr std::array all_roles{global_admin,  account_admin, referral_admin, developer,
                               billing_admin, license_admin, user_admin,     reviewer};

class RoleSet {
public:
    constexpr RoleSet(std::initializer_list<Role> roles) noexcept {
        for (const Role role : roles) {
            bits_ |= bit(role);
        }
    }

    constexpr bool contains(Role role) const noexcept { return (bits_ & bit(role)) != 0; }

private:
    static constexpr unsigned bit(Role role) noexcept { return 1U << static_cast<unsigned>(role); }

    unsigned bits_ = 0;
};

struct Rule {
    Action action;
    Side side;
    RoleSet roles;
};

// DOMAIN §6, in the order of Action.
constexpr std::array rules{
    Rule{Action::host, Side::host, {}},
    Rule{Action::manage_offers, Side::publisher, {global_admin, account_admin}},
    Rule{Action::read_offers, Side::publisher, {global_admin, account_admin, developer}},
    Rule{Action::review_offers, Side::marketplace, {reviewer}},
    Rule{Action::manage_deals, Side::publisher, {global_admin, account_admin}},
    Rule{Action::read_deals, Side::publisher, {global_admin, account_admin, referral_admin}},
    Rule{Action::answer_invites, Side::customer, {global_admin, billing_admin}},
    Rule{Action::assign_seats, Side::customer, {global_admin, license_admin, user_admin}},
    Rule{Action::read_seats,
         Side::customer,
         {global_admin, billing_admin, license_admin, user_admin}},
};

constexpr bool in_order_of_action() noexcept {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (static_cast<std::size_t>(rules[i].action) != i) {
            return false;
        }
    }
    return true;
}
static_assert(in_order_of_action());

constexpr const Rule& rule_of(Action action) noexcept {
    return rules[static_cast<std::size_t>(action)];
}

// An empty id stands where a document had none that is valid: it names nobody.
template <class Id>
bool names(const std::optional<Id>& id) noexcept {
    return id && !id->empty();
}

bool is_missing(const Actor& actor, Side side) noexcept {
    const bool one_party = names(actor.publisher) != names(actor.tenant);
    return actor.id.empty() || (side != Side::marketplace && !one_party);
}

bool holds_one_of(const RoleSet& roles, const Actor& actor) noexcept {
    return std::ranges::any_of(actor.roles, [&](Role role) { return roles.contains(role); });
}

}  // namespace

Side side_of(Action action) noexcept { return rule_of(action).side; }

std::vector<Role> roles_of(Action action) {
    std::vector<Role> roles;
    std::ranges::copy_if(all_roles, std::back_inserter(roles),
                         [&](Role role) { return rule_of(action).roles.contains(role); });
    return roles;
}

result<void> authorize(const Actor& actor, Action action, const Scope& scope) {
    const Rule& rule = rule_of(action);
    if (rule.side == Side::host) {
        return boost::outcome_v2::success();
    }
    if (is_missing(actor, rule.side)) {
        Findings findings;
        findings.error(Errc::actor_missing, Path() / "as", {},
                       "name an id, and the publisher or the tenant it acts for");
        return error_of(findings);
    }
    if (rule.side == Side::publisher && actor.publisher != scope.publisher) {
        return Error{Errc::other_publisher, {}, {}};
    }
    if (rule.side == Side::customer && actor.tenant != scope.tenant) {
        return Error{Errc::other_tenant, {}, {}};
    }
    // Whoever acts for a publisher or a tenant is no reviewer, whatever the roles say.
    const bool partial =
        rule.side == Side::marketplace && (names(actor.publisher) || names(actor.tenant));
    if (partial || !holds_one_of(rule.roles, actor)) {
        return Error{Errc::role_missing, {}, {}};
    }
    return boost::outcome_v2::success();
}

}  // namespace licet
