#pragma once

/// \file
/// The stores that several engines can share. One more is a row in places.cpp.

#include <memory>
#include <vector>

#include <licet/store/store.hpp>

namespace licet::test {

/// Where a store is kept while this lives. Nothing of it is open but what `open` has given.
class Place {
public:
    virtual ~Place() = default;
    virtual std::unique_ptr<Store> open() = 0;

    Place() = default;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

struct PlaceKind {
    const char* name;
    bool is_for_processes;  ///< Or only for the threads of one.
    std::unique_ptr<Place> (*make)();
};

/// Those that need no server, and where LICET_POSTGRES_BIN and LICET_ETCD say that there are
/// servers, those that do: see on_servers.sh.
std::vector<PlaceKind> place_kinds();

}  // namespace licet::test
