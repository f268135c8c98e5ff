#pragma once

/// \file
/// A store that a test holds in its hand: several engines share it, and the test acts in the
/// middle of their commands.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <licet/store/memory.hpp>

namespace licet::world {

class StoreInHand final : public Store {
public:
    using OnCommit = std::function<result<Stamp>(Store& inner, const Batch& batch)>;
    using OnRead = std::function<result<void>(const std::vector<std::string>& keys)>;

    explicit StoreInHand(std::unique_ptr<Store> inner = std::make_unique<MemoryStore>())
        : inner_(std::move(inner)) {}

    /// Takes the place of every commit from now on; null: nothing does.
    void on_commit(OnCommit act) { on_commit_ = std::move(act); }

    /// Takes the place of the next commit only.
    void on_next_commit(OnCommit act) {
        on_commit_ = [this, once = std::move(act)](Store& inner, const Batch& batch) {
            const OnCommit now = once;  // what it does may commit as well
            on_commit_ = nullptr;
            return now(inner, batch);
        };
    }

    /// Comes before every read from now on, and makes it fail where it fails.
    void on_read(OnRead act) { on_read_ = std::move(act); }

    /// Comes before every scan from now on.
    void on_scan(std::function<void()> act) { on_scan_ = std::move(act); }

    void limit(Limits limits) noexcept { limits_ = limits; }

    /// Everything in it: two that are equal are the same store's content.
    std::map<std::string, std::string> dump() { return dump(""); }
    std::map<std::string, std::string> dump(std::string_view prefix) {
        std::map<std::string, std::string> all;
        auto page = inner_->scan(prefix, prefix.empty() ? "" : prefix_end(prefix), 1'000'000);
        for (Record& record : page.value().records) {
            all.emplace(std::move(record.key), std::move(record.text));
        }
        return all;
    }

    /// What nobody but a tamperer does.
    void put(const std::string& key, std::optional<std::string> text) {
        (void)inner_->commit({{}, {{key, std::move(text)}}}).value();
    }

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        if (on_read_) {
            if (auto allowed = OnRead(on_read_)(keys); !allowed) {
                return std::move(allowed).error();
            }
        }
        return inner_->read(keys);
    }
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        if (on_scan_) {
            on_scan_();
        }
        return inner_->scan(from, to, limit);
    }
    result<Stamp> commit(const Batch& batch) override {
        return on_commit_ ? OnCommit(on_commit_)(*inner_, batch) : inner_->commit(batch);
    }
    Limits limits() const noexcept override { return limits_ ? *limits_ : inner_->limits(); }

private:
    std::unique_ptr<Store> inner_;
    OnCommit on_commit_;
    OnRead on_read_;
    std::function<void()> on_scan_;
    std::optional<Limits> limits_;
};

/// What an engine is given of a store that others hold as well.
class SharedStore final : public Store {
public:
    explicit SharedStore(std::shared_ptr<Store> store) noexcept : store_(std::move(store)) {}

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        return store_->read(keys);
    }
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        return store_->scan(from, to, limit);
    }
    result<Stamp> commit(const Batch& batch) override { return store_->commit(batch); }
    Limits limits() const noexcept override { return store_->limits(); }

private:
    std::shared_ptr<Store> store_;
};

}  // namespace licet::world
