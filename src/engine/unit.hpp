#pragma once

/// \file
/// One attempt at a command: what it has read, what it wants to write, what will have happened.

#include <any>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/page.hpp>
#include <licet/store/store.hpp>

#include "engine/chain.hpp"
#include "engine/index.hpp"
#include "engine/pending_writes.hpp"
#include "engine/record.hpp"

namespace licet {

class Unit {
public:
    /// `pending` and `caller` must outlive it. `command` is the id of this attempt
    /// and of no other.
    Unit(PendingWrites& pending, std::string command, std::string_view operation,
         const Caller& caller, Timestamp clock_now);

    /// Reads those of the keys that are not known yet, in one round trip.
    result<void> fetch(const std::vector<std::string>& keys);

    /// What this command finds under a key; reads it if need be.
    result<const std::optional<Value>*> look(const std::string& key);

    /// Calls `use` with each record under a prefix, in order. Not one view with what is read
    /// otherwise, and nothing the commit relies on.
    result<void> scan(const std::string& prefix,
                      const std::function<result<void>(const Record&)>& use) {
        return pending_.scan(prefix, use);
    }

    template <class T>
    result<std::optional<T>> find(const std::string& key) {
        const auto looked = content(key);
        if (!looked) {
            return looked.error();
        }
        const auto& [value, known] = *looked.value();
        if (!value) {
            return std::optional<T>();
        }
        if (const T* const record = std::any_cast<T>(known.get())) {
            return std::optional(*record);
        }
        auto decoded = formats::decode<T>(value->text);
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

    /// `decoded` where the record will be read again soon.
    void put(std::string key, std::string text, Decoded decoded = {});
    void erase(std::string key);

    /// What is to be told to the entitlement index once this is committed.
    void tell(PoolNews news) { news_.push_back(std::move(news)); }
    void forget_apps() noexcept { forget_apps_ = true; }

    // For the write path.
    std::string take_command() noexcept { return std::move(command_); }
    std::string take_first_event() noexcept { return std::move(first_event_); }
    bool is_about_something() const noexcept { return is_about_something_; }
    const std::vector<PendingWrites::Change>& changes() const noexcept { return changes_; }
    std::vector<PoolNews> take_news() noexcept { return std::move(news_); }
    bool forgets_apps() const noexcept { return forget_apps_; }

    /// How many records it rests on or writes.
    std::size_t records() const;

    /// Changes nothing after all.
    void withdraw() noexcept {
        changes_.clear();
        news_.clear();
        forget_apps_ = false;
    }

    /// What it writes and what that, or that it writes nothing, rests on.
    void join() && { pending_.join(looked_at_, std::move(changes_)); }

private:
    result<const PendingWrites::Content*> content(const std::string& key);

    PendingWrites& pending_;
    const Caller& caller_;
    std::string command_;
    std::string_view operation_;
    Timestamp clock_now_;
    Timestamp newest_;
    std::size_t number_;
    bool is_about_something_ = false;
    bool forget_apps_ = false;
    std::string first_event_;
    std::vector<PoolNews> news_;
    std::vector<PendingWrites::Known*> looked_at_;
    std::vector<PendingWrites::Change> changes_;
};

}  // namespace licet
