#pragma once

/// \file
/// One row of the table of operations, made from a command and the method that carries it out.

#include <span>
#include <string>
#include <string_view>

#include <licet/engine/engine.hpp>
#include <licet/stream.hpp>

#include "formats/tables/common.hpp"

namespace licet {

struct Operation {
    std::string_view name;
    bool is_mutation;
    bool needs_actor;
    std::span<const Action> actions;  ///< Each a permission that may be needed.
    std::span<const formats::Field> fields;
    std::span<const formats::Field> caller_fields;
    std::string (*answer)(const formats::Schema&, const formats::Bounds&);
    result<std::string> (*run)(Engine&, const formats::Node& arguments, Findings&);
    /// The same with its long text to or from a stream, and with progress; none for most.
    result<std::string> (*stream)(Engine&, const formats::Node& arguments, Findings&,
                                  Stream&) = nullptr;
    std::string_view
        streamed_text{};  ///< The argument, or member of the answer, that is this text.
};

/// All there are, in the order of their names.
std::span<const Operation> operation_table() noexcept;

namespace detail {

template <class Command>
inline constexpr Action action_of[] = {Command::action};

template <class Command>
constexpr std::span<const Action> actions_of() noexcept {
    if constexpr (requires { Command::actions; }) {
        return Command::actions;
    } else {
        return action_of<Command>;
    }
}

// What the rules find in arguments that could not be read whole, so that all is told at once.
template <class Command>
void examine(const Command& /*command*/, const Policy& /*policy*/, Findings& /*findings*/) {}

inline void examine(const CreateOffer& command, const Policy& /*policy*/, Findings& findings) {
    check_form(command.offer, command.profile, findings, Path() / "offer");
}
inline void examine(const ApplyOffer& command, const Policy& /*policy*/, Findings& findings) {
    check_form(command.offer, command.profile, findings, Path() / "offer");
}
inline void examine(const RegisterDeal& command, const Policy& policy, Findings& findings) {
    Deal deal = command.deal;
    deal.state = command.draft ? DealState::draft : DealState::submitted;
    check_deal(deal, policy, findings, Path() / "deal");
}
inline void examine(const UpdateLicenses& command, const Policy& policy, Findings& findings) {
    check_lines(command.lines, policy, findings);
}
inline void examine(const PortalSteps& command, const Policy& policy, Findings& findings) {
    check_lines(command.lines, policy, findings);
}
inline void examine(const PreviewLicenses& command, const Policy& policy, Findings& findings) {
    check_lines(command.lines, policy, findings);
}

// The caller's document is read whole before anything else happens. A profile named in the
// arguments goes for the document beside it.
template <class Command>
bool read_arguments(const Engine& engine, const formats::Node& arguments, Command& command,
                    Caller& caller, std::span<const formats::Field> caller_fields,
                    Findings& findings) {
    Profile profile = Profile::create;
    if constexpr (requires { command.profile; }) {
        const auto* named = arguments.find("profile");
        if (named && named->is_text() && named->text() == "import") {
            profile = Profile::import;
        }
    }
    formats::Reader reader(findings, formats::Origin::caller, profile);
    formats::read_object(arguments,
                         {{&command, formats::Table<Command>::fields}, {&caller, caller_fields}},
                         reader, Path());
    if (findings.has_errors() && arguments.is_object()) {
        examine(command, engine.policy(), findings);
    }
    return !findings.has_errors();
}

// The host's own may still look at what belongs to somebody where it is told to: then it names a
// caller.
template <class Query>
constexpr bool is_host = false;
template <class Query>
requires requires { Query::action; }
constexpr bool is_host<Query> = Query::action == Action::host;

/// Who calls, of a query that is the host's own only under some of its arguments: perhaps.
template <class Query>
constexpr std::span<const formats::Field> caller_fields =
    is_host<Query> ? std::span<const formats::Field>(formats::guest_fields)
                   : std::span<const formats::Field>(formats::query_fields);

// Perhaps with a stream.
template <auto Service, auto Method, class Command, class Answer, class... With>
result<std::string> run_mutation(Engine& engine, const formats::Node& arguments, Findings& findings,
                                 With&... with) {
    Command command;
    Caller caller;
    if (!read_arguments(engine, arguments, command, caller, formats::mutation_fields, findings)) {
        return error_of(findings);
    }
    result<Written<Answer>> answer = ((engine.*Service)().*Method)(command, caller, with...);
    if (!answer) {
        return std::move(answer).error();
    }
    // What was noticed on reading comes before what the rules noticed.
    if (!findings.empty() && !answer.value().replayed) {
        auto& noticed = answer.value().findings;
        noticed.insert(noticed.begin(), findings.all().begin(), findings.all().end());
    }
    return formats::encode(answer.value());
}

template <auto Service, auto Method, class Query, class Answer, class... With>
result<std::string> run_query(Engine& engine, const formats::Node& arguments, Findings& findings,
                              With&... with) {
    Query query;
    Caller caller;
    if (!read_arguments(engine, arguments, query, caller, caller_fields<Query>, findings)) {
        return error_of(findings);
    }
    result<Answer> answer = ((engine.*Service)().*Method)(query, caller, with...);
    return answer ? result<std::string>(formats::encode(answer.value()))
                  : result<std::string>(std::move(answer).error());
}

// The host's own: nobody is asked who they are.
template <auto Service, auto Method, class Query, class Answer, class... With>
result<std::string> run_host(Engine& engine, const formats::Node& arguments, Findings& findings,
                             With&... with) {
    Query query;
    Caller caller;
    if (!read_arguments(engine, arguments, query, caller, {}, findings)) {
        return error_of(findings);
    }
    result<Answer> answer = ((engine.*Service)().*Method)(query, with...);
    return answer ? result<std::string>(formats::encode(answer.value()))
                  : result<std::string>(std::move(answer).error());
}

}  // namespace detail

/// operation<&Engine::catalog, &Catalog::create_offer>(&Catalog::create_offer)
template <auto Service, auto Method, class S, class Command, class Answer>
constexpr Operation operation(result<Written<Answer>> (S::* /*method*/)(const Command&,
                                                                        const Caller&)) {
    return {Command::name,
            true,
            true,
            detail::actions_of<Command>(),
            formats::Table<Command>::fields,
            formats::mutation_fields,
            formats::Codec<Written<Answer>>::schema,
            detail::run_mutation<Service, Method, Command, Answer>};
}
template <auto Service, auto Method, class S, class Query, class Answer>
constexpr Operation operation(result<Answer> (S::* /*method*/)(const Query&, const Caller&)) {
    return {Query::name,
            false,
            !detail::is_host<Query>,
            detail::actions_of<Query>(),
            formats::Table<Query>::fields,
            detail::caller_fields<Query>,
            formats::Codec<Answer>::schema,
            detail::run_query<Service, Method, Query, Answer>};
}
/// The same for what also goes by a stream. `text` is the argument that then comes from it, or the
/// member of the answer that goes to it; empty where there is only progress.
template <auto Service, auto Method, auto Streaming, class S, class Command, class Answer>
constexpr Operation streamed(std::string_view text,
                             result<Written<Answer>> (S::*method)(const Command&, const Caller&)) {
    Operation row = operation<Service, Method>(method);
    row.stream = detail::run_mutation<Service, Streaming, Command, Answer, Stream>;
    row.streamed_text = text;
    return row;
}
template <auto Service, auto Method, auto Streaming, class S, class Query, class Answer>
constexpr Operation streamed(std::string_view text,
                             result<Answer> (S::*method)(const Query&, const Caller&)) {
    Operation row = operation<Service, Method>(method);
    row.stream = detail::run_query<Service, Streaming, Query, Answer, Stream>;
    row.streamed_text = text;
    return row;
}
template <auto Service, auto Method, class S, class Query, class Answer>
constexpr Operation operation(result<Answer> (S::* /*method*/)(const Query&)) {
    return {Query::name,
            false,
            false,
            detail::actions_of<Query>(),
            formats::Table<Query>::fields,
            {},
            formats::Codec<Answer>::schema,
            detail::run_host<Service, Method, Query, Answer>};
}
template <auto Service, auto Method, auto Streaming, class S, class Query, class Answer>
constexpr Operation streamed(std::string_view text, result<Answer> (S::*method)(const Query&)) {
    Operation row = operation<Service, Method>(method);
    row.stream = detail::run_host<Service, Streaming, Query, Answer, Stream>;
    row.streamed_text = text;
    return row;
}

}  // namespace licet
