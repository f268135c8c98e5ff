#include "engine/kept_group.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

#include "formats/tables/groups.hpp"

namespace licet {
namespace {

// What an answer is kept as: the members once, and a letter a row.
struct KeptGroup {
    std::vector<ServiceId> service_ids;
    std::int64_t member_count = 0;
    std::vector<UserId> members;
    std::string rows;
    std::uint64_t revision = 0;
};

constexpr std::pair<char, std::optional<GroupError>> letters[] = {
    {'a', std::nullopt},
    {'c', GroupError::count_violation},
    {'m', GroupError::mutually_exclusive_violation},
    {'d', GroupError::dependency_violation},
    {'p', GroupError::prohibited_in_usage_location},
    {'u', GroupError::uniqueness_violation},
    {'o', GroupError::other},
};

}  // namespace

namespace formats {

template <>
struct Table<KeptGroup> {
    static constexpr Field fields[] = {
        field<KeptGroup, &KeptGroup::service_ids>("service_ids"),
        field<KeptGroup, &KeptGroup::member_count>("member_count"),
        field<KeptGroup, &KeptGroup::members>("members"),
        field<KeptGroup, &KeptGroup::rows>("rows"),
        field<KeptGroup, &KeptGroup::revision>("revision"),
    };
};

}  // namespace formats

std::string keep_group(const Written<GroupAnswer>& answer) {
    KeptGroup kept{answer.value.service_ids, answer.value.member_count, {}, {}, answer.revision};
    for (const GroupRow& row : answer.value.members) {
        if (kept.members.empty() || kept.members.back() != row.user) {
            kept.members.push_back(row.user);
        }
        kept.rows += std::ranges::find(letters, row.error, [](const auto& letter) {
                         return letter.second;
                     })->first;
    }
    return formats::encode(kept);
}

result<void> restore_group(const TenantId& tenant, const GroupId& group, std::string_view text,
                           Written<GroupAnswer>& answer) {
    BOOST_OUTCOME_TRY(KeptGroup kept, formats::decode<KeptGroup>(text));
    const Error corrupt{Errc::record_corrupt, "a kept answer", {}};
    if (kept.rows.size() != kept.members.size() * kept.service_ids.size()) {
        return corrupt;
    }
    answer.value = {tenant, group, kept.service_ids, kept.member_count, {}};
    answer.revision = kept.revision;
    for (std::size_t i = 0; i < kept.rows.size(); ++i) {
        const auto* const letter =
            std::ranges::find(letters, kept.rows[i], [](const auto& one) { return one.first; });
        if (letter == std::end(letters)) {
            return corrupt;
        }
        answer.value.members.push_back({kept.members[i / kept.service_ids.size()],
                                        kept.service_ids[i % kept.service_ids.size()],
                                        letter->second ? GroupState::error : GroupState::active,
                                        letter->second});
    }
    return boost::outcome_v2::success();
}

}  // namespace licet
