// The customer's consent: invites and the relationships that come of them.

#include <array>

#include <boost/outcome/try.hpp>

#include <licet/engine/deals.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "formats/tables/deals.hpp"
#include "sha256.hpp"

namespace licet {
namespace {

using InviteRecord = Stored<Invite>;

// An invite's events stand in its deal's stream, or else in the publisher's own.
std::string stream_of(const Invite& invite) {
    return invite.deal ? keys::deal(invite.publisher, *invite.deal)
                       : keys::open_invites(invite.publisher);
}

// Writes an invite and, with its event, the record that bears its stream.
template <class T>
result<void> save_in(Unit& unit, const InviteRecord& record, const std::string& stream,
                     const std::string& details) {
    BOOST_OUTCOME_TRY(auto bearer, unit.record<T>(stream));
    Stored<T> changed = bearer ? *std::move(bearer) : Stored<T>();
    unit.save(stream, changed, stream, details);
    unit.put(keys::invite(record.value.publisher, record.value.id),
             formats::encode(record, formats::Audience::store));
    return boost::outcome_v2::success();
}

// Like every invite in the store: without its link.
result<void> save(Unit& unit, InviteRecord& record, Invite changed) {
    const std::string before =
        record.revision == 0 ? "null" : "{\"invite\":" + formats::encode(record.value) + "}";
    changed.link.reset();
    record.value = std::move(changed);
    ++record.revision;
    const std::string details =
        formats::difference(before, "{\"invite\":" + formats::encode(record.value) + "}");
    const std::string stream = stream_of(record.value);
    return record.value.deal ? save_in<Deal>(unit, record, stream, details)
                             : save_in<Nothing>(unit, record, stream, details);
}

struct Found {
    InviteRecord record;
    std::string stream;
};

// The invite with the record that bears its stream read as well, so that `now` is right.
result<Found> load(Unit& unit, const PublisherId& publisher, std::string_view id) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Invite>(keys::invite(publisher, id)));
    if (!record || !equal_in_constant_time(record->value.id, id)) {
        return Error{Errc::invite_not_found, {}, {}};
    }
    const std::string stream = stream_of(record->value);
    if (record->value.deal) {
        BOOST_OUTCOME_TRYV(unit.record<Deal>(stream));
    } else {
        BOOST_OUTCOME_TRYV(unit.record<Nothing>(stream));
    }
    BOOST_OUTCOME_TRYV(unit.about(record->revision));
    return Found{*std::move(record), stream};
}

using Answering = result<Invite> (*)(const Invite&, const TenantId&, Timestamp);

// What accept and decline have in common; `then` makes the answer of the changed invite.
template <class Command>
result<Written<RelationshipAnswer>> answer_invite(
    Core& core, const Command& command, const Caller& caller, Answering answer,
    const std::function<result<RelationshipAnswer>(Unit&, const Invite&)>& then) {
    const auto publisher = publisher_of_token(command.token);
    const std::string id = sha256_hex(command.token);
    const TenantId tenant = caller.as.tenant.value_or(TenantId());
    const std::string home = publisher ? keys::invite(*publisher, id) : std::string("no invite");
    return core.write<Command>(
        command, caller, {{}, tenant}, home, {},
        [&](Unit& unit) -> result<Written<RelationshipAnswer>> {
            if (!publisher) {
                return Error{Errc::invite_not_found, {}, {}};
            }
            BOOST_OUTCOME_TRYV(
                unit.fetch({keys::invite(*publisher, id), keys::relationship(*publisher, tenant)}));
            BOOST_OUTCOME_TRYV(unit.record<Relationship>(keys::relationship(*publisher, tenant)));
            BOOST_OUTCOME_TRY(Found found, load(unit, *publisher, id));
            BOOST_OUTCOME_TRY(Invite changed, answer(found.record.value, tenant, unit.now()));
            BOOST_OUTCOME_TRYV(save(unit, found.record, std::move(changed)));
            BOOST_OUTCOME_TRY(RelationshipAnswer given, then(unit, found.record.value));
            return Written<RelationshipAnswer>{std::move(given), found.record.revision, {}};
        });
}

}  // namespace

// The link is a secret: the answer kept under an idempotency key is without it.
static std::string keep_answer(const CreateInvite&, const Written<InviteAnswer>& answer) {
    Written<InviteAnswer> kept = answer;
    kept.value.invite.link.reset();
    return formats::encode(kept);
}

result<Written<InviteAnswer>> Deals::create_invite(const CreateInvite& command,
                                                   const Caller& caller) {
    const std::string stream = command.deal ? keys::deal(command.publisher, *command.deal)
                                            : keys::open_invites(command.publisher);
    return core_.write<CreateInvite>(
        command, caller, {command.publisher, {}}, stream, {stream},
        [&](Unit& unit) -> result<Written<InviteAnswer>> {
            std::optional<TenantId> tenant;
            if (command.deal) {
                BOOST_OUTCOME_TRY(const auto deal, unit.record<Deal>(stream));
                if (!deal) {
                    return Error{Errc::deal_not_found, stream, {}};
                }
                tenant = deal->value.customer.tenant;
            } else {
                BOOST_OUTCOME_TRYV(unit.record<Nothing>(stream));
            }
            BOOST_OUTCOME_TRYV(unit.about(0));
            std::array<std::byte, 32> secret;
            BOOST_OUTCOME_TRYV(core_.random().fill(secret));
            const std::string token = make_token(
                command.publisher, {reinterpret_cast<const char*>(secret.data()), secret.size()});
            InviteRecord record;
            BOOST_OUTCOME_TRYV(save(unit, record,
                                    make_invite(sha256_hex(token), command.publisher, command.deal,
                                                tenant, unit.now(), core_.policy())));
            Invite shown = record.value;
            shown.link = make_link(core_.policy().invite_link_base, token);
            return Written<InviteAnswer>{{std::move(shown)}, record.revision, {}};
        });
}

result<Written<RelationshipAnswer>> Deals::accept(const AcceptInvite& command,
                                                  const Caller& caller) {
    return answer_invite(
        core_, command, caller, licet::accept,
        [&](Unit& unit, const Invite& invite) -> result<RelationshipAnswer> {
            const std::string key = keys::relationship(invite.publisher, *caller.as.tenant);
            BOOST_OUTCOME_TRY(auto standing, unit.record<Relationship>(key));
            if (standing) {
                return RelationshipAnswer{std::move(standing->value)};
            }
            Stored<Relationship> made;
            made.value = {invite.publisher, *caller.as.tenant, unit.now(), caller.as.id};
            unit.save(key, made, key, formats::difference("null", formats::encode(made.value)));
            return RelationshipAnswer{std::move(made.value)};
        });
}

result<Written<RelationshipAnswer>> Deals::decline(const DeclineInvite& command,
                                                   const Caller& caller) {
    return answer_invite(
        core_, command, caller, licet::decline,
        [](Unit&, const Invite&) -> result<RelationshipAnswer> { return RelationshipAnswer{}; });
}

result<Written<InviteAnswer>> Deals::revoke(const RevokeInvite& command, const Caller& caller) {
    return core_.write<RevokeInvite>(
        command, caller, {command.publisher, {}}, keys::invite(command.publisher, command.id), {},
        [&](Unit& unit) -> result<Written<InviteAnswer>> {
            BOOST_OUTCOME_TRY(Found found, load(unit, command.publisher, command.id));
            BOOST_OUTCOME_TRY(Invite changed, licet::revoke(found.record.value, unit.now()));
            BOOST_OUTCOME_TRYV(save(unit, found.record, std::move(changed)));
            return Written<InviteAnswer>{{found.record.value}, found.record.revision, {}};
        });
}

result<PageOf<Invite>> Deals::list_invites(const ListInvites& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListInvites::action, {query.publisher, {}}));
    return core_.list<Invite>(
        keys::invites(query.publisher), query.page,
        [&](const Record& found) -> result<std::optional<Invite>> {
            BOOST_OUTCOME_TRY(auto record, formats::decode<InviteRecord>(found.text));
            return std::optional(settle(std::move(record.value), core_.clock().now()));
        });
}

result<PageOf<Relationship>> Deals::list_relationships(const ListRelationships& query,
                                                       const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListRelationships::action, {query.publisher, {}}));
    return core_.list<Relationship>(
        keys::relationships(query.publisher), query.page,
        [](const Record& found) -> result<std::optional<Relationship>> {
            BOOST_OUTCOME_TRY(auto record, formats::decode<Stored<Relationship>>(found.text));
            return std::optional(std::move(record.value));
        });
}

}  // namespace licet
