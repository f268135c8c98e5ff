#pragma once

/// \file
/// A cluster of servers as the scripts of examples/cluster start it, in a folder of its own. It is
/// stopped when the object ends, and also when the test is killed.

#include <string>
#include <vector>

#include "process/processes.hpp"
#include "support/temporary_folder.hpp"

namespace licet::test {

class Cluster {
public:
    /// The script's name, and settings as `NAME=value`. Throws where it does not start.
    explicit Cluster(const std::string& script, const std::vector<std::string>& settings = {});
    ~Cluster();

    /// What opens an engine on it, with more members.
    std::string config(const std::string& members = {}) const;

    /// One of the script's verbs; what it answers. Throws where it fails.
    std::string obey(const std::string& verb);

private:
    TemporaryFolder folder_;
    Program script_;
    std::string config_;
};

}  // namespace licet::test
