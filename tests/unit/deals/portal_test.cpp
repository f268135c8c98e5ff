#include <licet/deals/portal.hpp>

#include <doctest/doctest.h>

#include "unit/deals/lines.hpp"

using namespace licet;
using samples::deal;
using samples::line;
using samples::locked_deal;
using samples::removed;
using samples::wanted;

namespace {

const Timestamp now = samples::at("2026-03-01T09:00:00Z");
const Timestamp may = samples::at("2026-05-01T00:00:00Z");

Publication named_offer() {
    Publication offer = samples::offer();
    offer.draft.alias = "Fabrikam 365";
    for (Plan& plan : offer.live->plans) {
        plan.name = "Fabrikam " + plan.id.str();
    }
    return offer;
}

std::vector<PortalStep> steps(const Deal& sold, const std::vector<LineChange>& lines,
                              std::optional<Timestamp> effective = {}) {
    return portal_steps(sold, named_offer(), lines, effective, now, {});
}

std::string actions(const std::vector<PortalStep>& all) {
    std::string text;
    for (const PortalStep& step : all) {
        text += step.action + '\n';
    }
    return text;
}

}  // namespace

TEST_CASE("from the deal's page on, a person does what differs and nothing else") {
    Deal sold = locked_deal();
    sold.licenses.push_back(line("silver", 5));
    CHECK(actions(steps(sold, {wanted("gold", 1), wanted("bronze", 40), removed("silver")})) ==
          "select the deal d-1001 of Contoso\n"
          "select Update licenses\n"
          "add the plan Fabrikam gold (gold) and enter 1 license\n"
          "change the number of licenses of Fabrikam bronze (bronze) from 30 to 40\n"
          "remove the plan Fabrikam silver (silver), which has 5 licenses\n"
          "submit the update\n");
    CHECK(actions(steps(sold, {wanted("bronze", 30), wanted("silver", 6)})) ==
          "select the deal d-1001 of Contoso\n"
          "select Update licenses\n"
          "change the number of licenses of Fabrikam silver (silver) from 5 to 6\n"
          "submit the update\n");
}

TEST_CASE("where nothing differs there is nothing to do") {
    CHECK(steps(locked_deal(), {wanted("bronze", 30)}).empty());
    CHECK(steps(locked_deal(), {wanted("bronze", 30)}, may).empty());
    CHECK(checklist({}) == "");
}

TEST_CASE("each step says where, and what is seen then") {
    const auto all = steps(deal(), {wanted("bronze", 30)});
    REQUIRE(all.size() == 4);
    CHECK(all[0].where ==
          "Partner Center > Referrals > ISV Connect deals > Submitted deals > In progress");
    CHECK(all[0].expect ==
          "the deal, with the customer's tenant contoso and the offer "
          "Fabrikam 365");
    CHECK(all[1] == PortalStep{"the deal d-1001", "select Update licenses",
                               "the licenses there are: no licenses"});
    CHECK(all[2].expect == "Fabrikam bronze (bronze): 30");
    const auto registered = steps(locked_deal(), {wanted("bronze", 1)});
    CHECK(registered[0].where == "Partner Center > Referrals > ISV Connect deals");
    CHECK(registered[1].expect == "the licenses there are: Fabrikam bronze (bronze): 30");
}

TEST_CASE("a change for later begins with waiting, and from what there will be then") {
    Deal sold = locked_deal();
    sold.pending = {{may + days(-1), samples::plan("bronze"), line("bronze", 1).service_id, 35}};
    CHECK(actions(steps(sold, {wanted("bronze", 40)}, may)) ==
          "wait until 2026-05-01T00:00:00Z\n"
          "select the deal d-1001 of Contoso\n"
          "select Update licenses\n"
          "change the number of licenses of Fabrikam bronze (bronze) from 35 to 40\n"
          "submit the update\n");
}

TEST_CASE("the checklist has a box for each step, and no name in it makes Markdown") {
    CHECK(checklist({{"a page", "add *Gold* <b>", "Gold: 1"}, {"b\nc", "save \n ", "[x](y)"}}) ==
          "- [ ] a page: **add \\*Gold\\* \\<b\\>**\n"
          "      Expect: Gold: 1\n"
          "- [ ] b c: **save**\n"
          "      Expect: \\[x\\](y)\n");
}
