#include <licet/policy.hpp>

namespace licet {

Policy Policy::microsoft365() {
    Policy policy;
    policy.require_usage_location = true;
    return policy;
}

}  // namespace licet
