#pragma once

/// \file
/// The rules judge a document by itself; callers gave it as one of their arguments, and want to
/// be told where it stands there.

#include <string>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

/// Puts `prefix` ("/offer") before the place of every finding, in the failure or in the warnings.
template <class T>
result<T> placed(std::string_view prefix, result<T> outcome, Findings& findings) {
    const auto move = [&](std::vector<Finding>& all) {
        for (Finding& finding : all) {
            finding.pointer.insert(0, prefix);
        }
    };
    std::vector<Finding> warnings = std::move(findings).take();
    findings = {};
    move(warnings);
    for (Finding& warning : warnings) {
        findings.add(std::move(warning));
    }
    if (outcome) {
        return outcome;
    }
    Error error = std::move(outcome).error();
    move(error.findings);
    if (!error.findings.empty() && error.detail.starts_with("at /")) {
        error.detail.insert(3, prefix);
    }
    return error;
}

}  // namespace licet
