#include <licet/catalog/publication.hpp>

#include <doctest/doctest.h>

#include "unit/catalog/lives.hpp"

using namespace licet::samples;

using licet::Condition;
using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::PlanState;
using licet::Policy;
using licet::Publication;

namespace {

struct Stage {
    const char* name;
    Publication publication;
    const char* submit;
    const char* pass;
    const char* report;
    const char* cancel;
    const char* go_live;
    const char* stop;
    const char* edit;
};

constexpr const char* no = "offer_status";
constexpr const char* closed = "offer_draft_closed";
constexpr const char* validation = "publish_in_progress/automated_validation";
constexpr const char* certification = "publish_in_progress/certification";
constexpr const char* creation = "publish_in_progress/preview_creation";
constexpr const char* preview = "preview/publisher_signoff";
constexpr const char* going = "publish_in_progress/publish";
constexpr const char* attention = "attention_needed";
constexpr const char* stopping = "pending_stop_distribution";

// The stages of one way to being published, which a cancel leads back from to `home`.
std::vector<Stage> way(const Publication& from, const char* home) {
    const Publication submitted = after(from, {do_submit});
    const Publication certified = after(submitted, {do_pass});
    const Publication created = after(certified, {do_pass});
    return {
        {"validation", submitted, no, certification, attention, home, no, no, closed},
        {"certification", certified, no, creation, attention, home, no, no, closed},
        {"preview creation", created, no, preview, attention, home, no, no, closed},
        {"preview", in_preview(from), no, no, no, home, going, no, closed},
        {"going live", after(in_preview(from), {do_go_live}), no, no, no, no, no, no, closed},
        {"attention", after(submitted, {do_report}), validation, no, no, no, no, no, attention},
    };
}

std::vector<Stage> stages() {
    std::vector<Stage> all = {
        {"draft", drafted(), validation, no, no, no, no, no, "draft"},
        {"live", live(), "offer_unchanged", no, no, no, no, stopping, "live"},
        {"live, edited", live_and_edited(), validation, no, no, no, no, stopping, "live"},
        {"stopping", after(live(), {do_stop}), no, no, no, no, no, no, stopping},
        {"stopping, edited", after(live(), {do_stop, do_edit}), no, no, no, no, no, no, stopping},
        {"stopped", not_available(), validation, no, no, no, no, no, "not_available"},
    };
    for (const auto& stage : way(drafted(), "draft")) {
        all.push_back(stage);
    }
    for (const auto& stage : way(live_and_edited(), "live")) {
        all.push_back(stage);
    }
    for (const auto& stage : way(not_available(), "not_available")) {
        all.push_back(stage);
    }
    return all;
}

}  // namespace

TEST_CASE("an offer moves as the table of its life says and in no other way") {
    for (const Stage& stage : stages()) {
        CAPTURE(stage.name);
        const Publication before = stage.publication;
        CHECK(outcome(do_submit(before)) == stage.submit);
        CHECK(outcome(do_pass(before)) == stage.pass);
        CHECK(outcome(do_report(before)) == stage.report);
        CHECK(outcome(do_cancel(before)) == stage.cancel);
        CHECK(outcome(do_go_live(before)) == stage.go_live);
        CHECK(outcome(do_stop(before)) == stage.stop);
        CHECK(outcome(do_edit(before)) == stage.edit);
        CHECK(before == stage.publication);
    }
}

TEST_CASE("a move that the status does not allow is a failed precondition") {
    CHECK(do_pass(drafted()).error().code == Condition::failed_precondition);
    CHECK(do_submit(live()).error().code == Condition::failed_precondition);
    CHECK(do_edit(in_preview(drafted())).error().code == Condition::failed_precondition);
}

TEST_CASE("submit refuses with every error of form and completeness at once") {
    Publication publication = drafted();
    publication.draft.listing.name.clear();
    publication.draft.technical = {};
    publication.draft.plans[1].name.clear();
    Findings findings;
    const auto submitted = submit(publication, start, findings);
    REQUIRE_FALSE(submitted);
    CHECK(submitted.error().code == Errc::listing_missing);
    CHECK(lines(submitted.error().findings) ==
          "listing_missing /listing/name\n"
          "technical_missing /technical/base_license_model\n"
          "package_url_missing /technical/package_url\n"
          "plan_name_length /plans/1/name");
}

TEST_CASE("submit goes on past warnings and tells them") {
    Publication publication = drafted();
    publication.draft.plans[0].apps = {"Bronze App"};
    Findings findings;
    CHECK(outcome(submit(publication, start, findings)) == validation);
    CHECK(lines(findings.all()) == "app_name_display /plans/0/apps/0 (warning)");
}

TEST_CASE("what reviewers found stays until the offer is submitted again") {
    const Publication reported = after(drafted(), {do_submit, do_report});
    REQUIRE(reported.draft.review_findings.size() == 1);
    CHECK(reported.draft.review_findings[0].policy == "100.1");
    CHECK(after(reported, {do_edit}).draft.review_findings.size() == 1);
    CHECK(after(reported, {do_submit}).draft.review_findings.empty());
}

TEST_CASE("a report without findings is refused") {
    const Publication submitted = after(drafted(), {do_submit});
    CHECK(report_findings(submitted, {}, start).error().code == Errc::review_findings_missing);
    CHECK(report_findings(drafted(), {}, start).error().code == Errc::offer_status);
}

TEST_CASE("an offer goes live at the very moment that was told") {
    const Publication going_live = after(in_preview(drafted()), {do_go_live});
    CHECK(going_live.due == after_delay);
    CHECK(going_live.draft.live_at == after_delay);
    CHECK(settle(going_live, after_delay + -moment) == going_live);

    const Publication settled = settle(going_live, after_delay);
    CHECK(shown(settled.draft) == "live");
    CHECK_FALSE(settled.draft.unpublished_changes);
    CHECK(settled.draft.live_at == after_delay);
    CHECK(settled.draft.plans[0].state == PlanState::live);
    CHECK(settled.live == settled.draft);
    CHECK_FALSE(settled.due);
    CHECK(settle(settled, after_delay + moment) == settled);
    CHECK(settle(going_live, after_delay + licet::days(400)) == settled);
}

TEST_CASE("distribution ends at the very moment that was told") {
    const Publication stopping_now = after(live(), {do_stop});
    CHECK(stopping_now.due == after_delay);
    CHECK(shown(*stopping_now.live) == stopping);
    CHECK(settle(stopping_now, after_delay + -moment) == stopping_now);

    const Publication settled = settle(stopping_now, after_delay);
    CHECK(shown(settled.draft) == "not_available");
    CHECK(shown(*settled.live) == "not_available");
    CHECK_FALSE(settled.draft.live_at);
    CHECK_FALSE(settled.live->live_at);
    CHECK_FALSE(settled.due);
    CHECK(settle(settled, after_delay + moment) == settled);
}

TEST_CASE("without a delay an offer goes live and stops at once") {
    Policy policy;
    policy.go_live_delay = licet::Duration(0);
    const auto gone = go_live(in_preview(drafted()), start, policy);
    CHECK(outcome(gone) == "live");
    CHECK(outcome(stop_distribution(gone.value(), start, policy)) == "not_available");
}

TEST_CASE("every move and edit starts from where the clock has brought the offer") {
    const Publication going_live = after(in_preview(drafted()), {do_go_live});
    const auto stopped = stop_distribution(going_live, after_delay, Policy());
    CHECK(outcome(stopped) == stopping);
    CHECK(stopped.value().due == after_delay + Policy().go_live_delay);
    CHECK(outcome(stop_distribution(going_live, after_delay + -moment, Policy())) == no);

    Findings findings;
    const Offer same = going_live.draft;
    CHECK(outcome(revise_offer(going_live, same, after_delay, Policy(), findings)) == "live");
    CHECK(outcome(submit(after(live(), {do_stop}), after_delay, findings)) == validation);
}

TEST_CASE("an edit of a live offer stays beside the live copy until it is published") {
    const Publication edited = live_and_edited();
    CHECK(edited.draft.unpublished_changes);
    CHECK(edited.live == live().live);

    const Publication under_way = after(in_preview(edited), {do_go_live});
    CHECK(under_way.live == live().live);
    const Publication settled = settle(under_way, after_delay);
    CHECK(settled.live == settled.draft);
    CHECK(settled.live->listing.summary == "!");
    CHECK_FALSE(settled.draft.unpublished_changes);
}

TEST_CASE("a cancelled update is the live offer with unpublished changes again") {
    CHECK(after(live_and_edited(), {do_submit, do_cancel}) == live_and_edited());
    CHECK(after(in_preview(live_and_edited()), {do_cancel}) == live_and_edited());
    CHECK(after(drafted(), {do_submit, do_cancel}) == drafted());
    CHECK(after(not_available(), {do_submit, do_cancel}) == not_available());
}

TEST_CASE("a stopped offer comes back by being published, unchanged too") {
    CHECK_FALSE(not_available().draft.unpublished_changes);
    const Publication under_way = after(in_preview(not_available()), {do_go_live});
    CHECK(shown(*under_way.live) == "not_available");
    CHECK(settle(under_way, after_delay) == live());
}

TEST_CASE("what is edited while distribution ends is a draft of the stopped offer") {
    const Publication edited = after(live(), {do_stop, do_edit, do_wait});
    CHECK(shown(edited.draft) == "not_available");
    CHECK(edited.draft.unpublished_changes);
    CHECK(edited.live == not_available().live);
}
