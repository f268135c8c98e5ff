#pragma once

/// \file
/// How a person makes licences so in Partner Center, which has no API for it. [S]

#include <optional>
#include <string>
#include <vector>

#include <licet/deals/license.hpp>

namespace licet {

struct PortalStep {
    std::string where;   ///< The page, as a path through the portal.
    std::string action;  ///< What to do there.
    std::string expect;  ///< What is seen then.

    friend bool operator==(const PortalStep&, const PortalStep&) = default;
};

/// From the lines that the deal has, or will have just before `effective`, to those wanted, in the
/// order given; none where they are the same. The portal changes licences at once, so a change for
/// later begins with waiting. `lines` is what update_lines takes.
std::vector<PortalStep> portal_steps(const Deal& deal, const Publication& offer,
                                     const std::vector<LineChange>& lines,
                                     std::optional<Timestamp> effective, Timestamp now,
                                     const Policy& policy);

/// As a checklist in Markdown; "" without steps.
std::string checklist(const std::vector<PortalStep>& steps);

}  // namespace licet
