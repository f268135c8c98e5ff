#pragma once

/// \file
/// A store made of the host's functions.

#include <memory>

#include <licet/store/store.hpp>

#include "boundary.hpp"

namespace licet::capi {

/// The host's functions and what they work on; gone with the last who holds it.
class Host {
public:
    /// Asks the host for its limits. `store_reply` where they make no sense.
    static result<std::shared_ptr<Host>> make(const licet_store_vtable& vtable, void* self);
    ~Host();

    const licet_store_vtable& functions() const noexcept { return vtable_; }
    void* self() const noexcept { return self_; }
    Limits limits() const noexcept { return limits_; }

    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

private:
    Host(const licet_store_vtable& vtable, void* self) noexcept : vtable_(vtable), self_(self) {}

    const licet_store_vtable vtable_;
    void* const self_;
    Limits limits_;
    bool is_owned_ = false;  // destroy is ours to call
};

/// One of perhaps several users of a host's store.
class HostStore final : public Store {
public:
    explicit HostStore(std::shared_ptr<const Host> host) noexcept : host_(std::move(host)) {}

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    result<Stamp> commit(const Batch& batch) override;
    Limits limits() const noexcept override { return host_->limits(); }

private:
    std::shared_ptr<const Host> host_;
};

}  // namespace licet::capi
