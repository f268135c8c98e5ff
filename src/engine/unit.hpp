#pragma once

/// \file
/// One attempt at a command: what it has read, what it wants to write, what will have happened.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <licet/page.hpp>
#include <licet/store/store.hpp>

#include "engine/chain.hpp"
#include "engine/index.hpp"
#include "engine/record.hpp"

namespace licet {

class Unit {
public:
    /// `store` and `caller` must outlive it. `command` is this attempt's own random id.
    Unit(Store& store, std::string command, std::string_view operation, const Caller& caller,
         Timestamp clock_now);

    /// Reads those of the keys that are not known yet, in one round trip.
    result<void> fetch(const std::vector<std::string>& keys);

    /// What stood under a key when it was read; reads it if need be.
    result<const std::optional<Value>*> look(const std::string& key);

    template <class T>
    result<std::optional<T>> find(const std::string& key) {
        const auto found = look(key);
        if (!found) {
            return found.error();
        }
        if (!*found.value()) {
            return std::optional<T>();
        }
        auto decoded = formats::decode<T>((*found.value())->text);
        if (!decoded) {
            return Error{decoded.error().code, key + ", " + decoded.error().detail, {}};
        }
        return std::optional<T>(std::move(decoded).value());
    }

    /// A record with a stream; time does not go back behind its newest event.
    template <class T>
    result<std::optional<Stored<T>>> record(const std::string& key) {
        auto found = find<Stored<T>>(key);
        if (found && found.value()) {
            newest_ = std::max(newest_, found.value()->head.at);
        }
        return found;
    }

    /// The record that the command is about has this revision; 0: it does not exist yet. Fails
    /// with `revision_differs`. Every command says so once.
    result<void> about(std::uint64_t revision);

    /// Call it when all records have been read: the clock's time, but never before the newest
    /// event among them.
    Timestamp now() const noexcept { return std::max(clock_now_, newest_); }

    /// Writes a record changed, with its event. `details` is a JSON object.
    template <class T>
    void save(const std::string& key, Stored<T>& record, std::string_view stream,
              std::string_view details) {
        add_event(record.head, stream, details);
        ++record.revision;
        put(key, formats::encode(record, formats::Audience::store));
    }

    /// One more event of a stream, for a record that is yet to be saved.
    void add_event(Head& head, std::string_view stream, std::string_view details);

    void put(const std::string& key, std::string text);
    void erase(const std::string& key);

    /// What is to be told to the entitlement index once this is committed.
    void tell(PoolNews news) { news_.push_back(std::move(news)); }
    void forget_apps() noexcept { forget_apps_ = true; }

    // For the write path.
    const std::string& command() const noexcept { return command_; }
    const std::string& first_event() const noexcept { return first_event_; }
    bool is_about_something() const noexcept { return is_about_something_; }
    bool writes_nothing() const noexcept { return writes_.empty(); }
    std::size_t reads() const noexcept { return reads_; }
    std::vector<PoolNews> take_news() noexcept { return std::move(news_); }
    bool forgets_apps() const noexcept { return forget_apps_; }

    /// False where something that was read has changed since.
    result<bool> still_holds();
    Batch batch() &&;

private:
    struct Known {
        std::string key;
        std::optional<Value> value;
    };

    Store& store_;
    const Caller& caller_;
    std::string command_;
    std::string_view operation_;
    Timestamp clock_now_;
    Timestamp newest_;
    std::size_t reads_ = 0;
    bool is_about_something_ = false;
    bool forget_apps_ = false;
    std::string first_event_;
    std::vector<PoolNews> news_;
    std::deque<Known> known_;  // in the order in which they were read
    std::unordered_map<std::string_view, const Known*> by_key_;
    std::vector<Write> writes_;
};

}  // namespace licet
