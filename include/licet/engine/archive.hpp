#pragma once

/// \file
/// The store as a whole. What each method takes and answers is said where its command is
/// (archive.hpp). The host's own.

#include <licet/archive.hpp>
#include <licet/stream.hpp>

namespace licet {

class Core;

class Archive {
public:
    explicit Archive(Core& core) noexcept : core_(core) {}

    result<ExportedStore> export_store(const ExportStore& query);
    result<ExportedStore> export_store(const ExportStore& query, Stream& stream);
    result<ImportedStore> import_store(const ImportStore& command);
    result<ImportedStore> import_store(const ImportStore& command, Stream& stream);

private:
    Core& core_;
};

}  // namespace licet
