// In place of the store in a build without it.

#include <licet/store/etcd.hpp>

namespace licet {

namespace {

Error left_out() { return {Errc::unsupported_here, "etcd", {}}; }

}  // namespace

struct EtcdStore::State {};

result<std::unique_ptr<EtcdStore>> EtcdStore::open(const std::vector<std::string>&, EtcdOptions) {
    return left_out();
}

EtcdStore::~EtcdStore() = default;

result<std::vector<std::optional<Value>>> EtcdStore::read(const std::vector<std::string>&) {
    return left_out();
}
result<ScanPage> EtcdStore::scan(std::string_view, std::string_view, std::size_t) {
    return left_out();
}
result<Stamp> EtcdStore::commit(const Batch&) { return left_out(); }
Limits EtcdStore::limits() const noexcept { return {}; }

}  // namespace licet
