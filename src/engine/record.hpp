#pragma once

/// \file
/// How a thing is kept in the store: beside it its change count and the head of its events.

#include <cstdint>
#include <string>

#include <licet/time.hpp>

#include "formats/codecs.hpp"

namespace licet {

/// The newest event of a stream.
struct Head {
    std::uint64_t number = 0;  ///< 0: none yet.
    Timestamp at;
    std::string hash;
};

template <class T>
struct Stored {
    std::uint64_t revision = 0;
    Head head;
    T value;
};

/// For a record that is nothing but the head of a stream.
struct Nothing {};

/// An answer kept under an idempotency key.
struct KeptAnswer {
    std::string operation;
    std::string arguments;  ///< SHA-256 of what the command is known by.
    Timestamp at;
    Json answer;
};

/// How many pools a tenant has ever had.
struct PoolCount {
    std::int64_t count = 0;
};

namespace formats {

template <>
struct Table<Head> {
    static constexpr Field fields[] = {
        field<Head, &Head::number>("number"),
        field<Head, &Head::at>("at"),
        field<Head, &Head::hash>("hash"),
    };
};
template <class T>
struct Table<Stored<T>> {
    static constexpr Field fields[] = {
        field<Stored<T>, &Stored<T>::revision>("revision"),
        field<Stored<T>, &Stored<T>::head>("head"),
        field<Stored<T>, &Stored<T>::value>("value"),
    };
};
template <>
struct Codec<Nothing> {
    static void read(const Node&, Nothing&, Reader&, const Path&) {}
    static void write(Writer& out, const Nothing&) { out.raw("null"); }
    static std::string schema(const Schema&, const Bounds&) { return "{}"; }
};
template <>
struct Table<KeptAnswer> {
    static constexpr Field fields[] = {
        field<KeptAnswer, &KeptAnswer::operation>("operation"),
        field<KeptAnswer, &KeptAnswer::arguments>("arguments"),
        field<KeptAnswer, &KeptAnswer::at>("at"),
        field<KeptAnswer, &KeptAnswer::answer>("answer"),
    };
};
template <>
struct Table<PoolCount> {
    static constexpr Field fields[] = {field<PoolCount, &PoolCount::count>("count")};
};

}  // namespace formats
}  // namespace licet
