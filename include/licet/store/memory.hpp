#pragma once

/// \file
/// A store in memory, for tests and short-lived tools: one writer at a time, readers do not
/// block each other, nothing survives it. What was written since the last scan is put in order
/// by the next.

#include <memory>

#include <licet/store/store.hpp>

namespace licet {

class MemoryStore final : public Store {
public:
    MemoryStore();
    ~MemoryStore() override;

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    result<Stamp> commit(const Batch& batch) override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace licet
