#include "cluster/cluster.hpp"

#include <stdexcept>

namespace licet::test {
namespace {

std::vector<std::string> command(const std::string& script, const std::string& folder,
                                 const std::vector<std::string>& settings) {
    std::vector<std::string> words{"/usr/bin/env"};
    words.insert(words.end(), settings.begin(), settings.end());
    words.insert(words.end(), {LICET_CLUSTER_SCRIPTS "/" + script, "serve", folder});
    return words;
}

}  // namespace

Cluster::Cluster(const std::string& script, const std::vector<std::string>& settings)
    : script_(command(script, folder_.file(""), settings)) {
    do {  // what is missing is installed, which the script tells of
        auto line = script_.line();
        if (!line) {
            throw std::runtime_error(script + " did not start");
        }
        config_ = *std::move(line);
    } while (!config_.starts_with('{'));
}

Cluster::~Cluster() { script_.succeeded(); }

std::string Cluster::config(const std::string& members) const {
    return members.empty() ? config_ : config_.substr(0, config_.size() - 1) + ',' + members + '}';
}

std::string Cluster::obey(const std::string& verb) {
    script_.tell(verb);
    auto answer = script_.line();
    if (!answer) {
        throw std::runtime_error("failed: " + verb);
    }
    return *std::move(answer);
}

}  // namespace licet::test
