#pragma once

/// \file
/// Tables of the lines of a store's text, and of the commands about it.

#include <licet/archive.hpp>

#include "formats/tables/common.hpp"

namespace licet::formats {

/// The first line.
struct StoreTextHead {
    std::string licet;
    std::int64_t format = 0;
};
struct StoreTextLine {
    std::string key;
    std::string value;
    std::string hash;
};
/// The last line.
struct StoreTextEnd {
    std::uint64_t count = 0;
    std::string hash;
};

template <>
struct Table<StoreTextHead> {
    static constexpr Field fields[] = {
        field<StoreTextHead, &StoreTextHead::licet>("licet"),
        field<StoreTextHead, &StoreTextHead::format>("format"),
    };
};
template <>
struct Table<StoreTextLine> {
    static constexpr Field fields[] = {
        field<StoreTextLine, &StoreTextLine::key>("key"),
        field<StoreTextLine, &StoreTextLine::value>("value"),
        field<StoreTextLine, &StoreTextLine::hash>("hash"),
    };
};
template <>
struct Table<StoreTextEnd> {
    static constexpr Field fields[] = {
        field<StoreTextEnd, &StoreTextEnd::count>("count"),
        field<StoreTextEnd, &StoreTextEnd::hash>("hash"),
    };
};
template <>
struct Table<StoreTextPlace> {
    static constexpr Field fields[] = {
        field<StoreTextPlace, &StoreTextPlace::key>("key"),
        field<StoreTextPlace, &StoreTextPlace::hash>("hash"),
    };
};
template <>
struct Table<ExportStore> {
    static constexpr Field fields[] = {
        field<ExportStore, &ExportStore::after>("after", Need::nullable),
    };
};
template <>
struct Table<ExportedStore> {
    static constexpr Field fields[] = {
        field<ExportedStore, &ExportedStore::count>("count"),
        field<ExportedStore, &ExportedStore::hash>("hash"),
        field<ExportedStore, &ExportedStore::lines>("lines", Need::optional),
    };
};
template <>
struct Table<ImportStore> {
    static constexpr Field fields[] = {
        field<ImportStore, &ImportStore::lines>("lines", Need::optional),
    };
};
template <>
struct Table<ImportedStore> {
    static constexpr Field fields[] = {
        field<ImportedStore, &ImportedStore::count>("count"),
        field<ImportedStore, &ImportedStore::hash>("hash"),
        field<ImportedStore, &ImportedStore::written>("written"),
    };
};

}  // namespace licet::formats
