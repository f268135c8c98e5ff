#pragma once

/// \file
/// Tables of what all operations share.

#include <licet/page.hpp>

#include "formats/enums.hpp"

namespace licet::formats {

template <>
struct Table<Money> {
    static constexpr std::string_view name = "Money";
    static constexpr Field fields[] = {
        field<Money, &Money::amount>("amount"),
        field<Money, &Money::currency>("currency"),
    };
};

template <>
struct Table<Finding> {
    static constexpr std::string_view name = "Finding";
    static constexpr Field fields[] = {
        field<Finding, &Finding::rule>("rule"),
        field<Finding, &Finding::severity>("severity"),
        field<Finding, &Finding::pointer>("pointer"),
        field<Finding, &Finding::message>("message"),
        field<Finding, &Finding::hint>("hint"),
    };
};

template <>
struct Table<Actor> {
    static constexpr std::string_view name = "Actor";
    static constexpr Field fields[] = {
        field<Actor, &Actor::id>("id", Need::required, Set::by_caller, {1, 128}),
        field<Actor, &Actor::publisher>("publisher", Need::optional),
        field<Actor, &Actor::tenant>("tenant", Need::optional),
        field<Actor, &Actor::roles>("roles"),
    };
};

/// What a query and a mutation take beside their own arguments, and a query of the host's that
/// may be about what belongs to somebody.
inline constexpr Field guest_fields[] = {
    field<Caller, &Caller::as>("as", Need::optional),
};
inline constexpr Field query_fields[] = {
    field<Caller, &Caller::as>("as"),
};
inline constexpr Field mutation_fields[] = {
    field<Caller, &Caller::as>("as"),
    field<Caller, &Caller::idempotency_key>("idempotency_key", Need::optional, Set::by_caller,
                                            {1, 128}),
    field<Caller, &Caller::expected_revision>("expected_revision", Need::optional),
};

/// What the answer of a mutation carries beside its own fields.
template <class T>
inline constexpr Field written_fields[] = {
    field<Written<T>, &Written<T>::revision>("revision"),
    field<Written<T>, &Written<T>::findings>("findings"),
    field<Written<T>, &Written<T>::replayed>("replayed", Need::optional),
};

template <class T>
struct Codec<Written<T>> {
    static void read(const Node& in, Written<T>& out, Reader& reader, const Path& at) {
        read_object(in, {{&out.value, Table<T>::fields}, {&out, written_fields<T>}}, reader, at);
    }
    static void write(Writer& out, const Written<T>& written) {
        // "replayed" is there only where it is true.
        const std::span<const Field> fields(written_fields<T>);
        write_object(out, {{&written.value, Table<T>::fields},
                           {&written, fields.first(written.replayed ? 3 : 2)}});
    }
    static std::string schema(const Schema& in, const Bounds&) {
        return object_schema({Table<T>::fields, written_fields<T>}, in);
    }
};

template <class T>
struct Table<PageOf<T>> {
    static constexpr Field fields[] = {
        field<PageOf<T>, &PageOf<T>::items>("items"),
        field<PageOf<T>, &PageOf<T>::next>("next", Need::nullable),
    };
};

template <class Owner>
inline constexpr Field limit_field = field<Owner, &Owner::page, &PageRequest::limit>(
    "limit", Need::defaulted, Set::by_caller, {1, 1000});
template <class Owner>
inline constexpr Field after_field =
    field<Owner, &Owner::page, &PageRequest::after>("after", Need::nullable);

}  // namespace licet::formats
