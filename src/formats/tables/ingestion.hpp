#pragma once

/// \file
/// Tables of the queries about ingestion documents.

#include "formats/tables/catalog.hpp"

namespace licet::formats {

template <>
struct Table<ReadIngestion> {
    static constexpr Field fields[] = {
        field<ReadIngestion, &ReadIngestion::document>("document"),
        field<ReadIngestion, &ReadIngestion::publisher>("publisher", Need::optional),
    };
};
template <>
struct Table<WriteIngestion> {
    static constexpr Field fields[] = {
        field<WriteIngestion, &WriteIngestion::publisher>("publisher"),
        field<WriteIngestion, &WriteIngestion::offer>("offer"),
    };
};
template <>
struct Table<IngestionDocument> {
    static constexpr Field fields[] = {
        field<IngestionDocument, &IngestionDocument::document>("document"),
    };
};

}  // namespace licet::formats
