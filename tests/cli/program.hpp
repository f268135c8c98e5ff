#pragma once

/// \file
/// The real program, run on files of a test's own.

#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace licet::test {

struct Ran {
    int status = -1;
    std::string out;
    std::string err;
};

/// A folder to run the program in, with nothing of the caller's environment that it looks at.
class Desk {
public:
    /// Writes a file.
    void put(const std::string& name, const std::string& text) const;
    std::string text_of(const std::string& name) const;
    bool has(const std::string& name) const;

    Ran licet(const std::vector<std::string>& arguments, const std::string& input = "") const;
    /// The same where standard output takes nothing: all that is written to it fails.
    Ran licet_unheard(const std::vector<std::string>& arguments,
                      const std::string& input = "") const;
    /// Any program, with `environment` ("NO_COLOR=1") added.
    Ran run(const std::vector<std::string>& command, const std::string& input = "",
            const std::vector<std::string>& environment = {}) const;

private:
    TemporaryFolder folder_;
};

/// Fabrikam's offer, with two plans, as a file.
std::string fabrikam_offer();
/// A text with the first `from` in it, which must be there, replaced by `to`.
std::string with(std::string text, const std::string& from, const std::string& to);

}  // namespace licet::test
