#pragma once

/// \file
/// Publications in every stage of an offer's life, reached by the moves themselves.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <licet/catalog/publication.hpp>

#include "unit/catalog/samples.hpp"

namespace licet::samples {

inline const Timestamp start = Timestamp::parse("2026-01-01T09:00:00Z").value();
inline const Timestamp after_delay = start + Policy().go_live_delay;
inline constexpr Duration moment = Duration(1);

using Move = std::function<result<Publication>(const Publication&)>;

inline result<Publication> do_submit(const Publication& from) {
    Findings findings;
    return submit(from, start, findings);
}
inline result<Publication> do_pass(const Publication& from) { return pass_phase(from, start); }
inline result<Publication> do_report(const Publication& from) {
    return report_findings(from, {{"100.1", "icon is missing"}}, start);
}
inline result<Publication> do_cancel(const Publication& from) { return cancel(from, start); }
inline result<Publication> do_go_live(const Publication& from) {
    return go_live(from, start, Policy());
}
inline result<Publication> do_stop(const Publication& from) {
    return stop_distribution(from, start, Policy());
}
inline result<Publication> do_wait(const Publication& from) { return settle(from, after_delay); }
/// Any edit that changes what customers see.
inline result<Publication> do_edit(const Publication& from) {
    Offer changed = from.draft;
    changed.listing.summary += "!";
    Findings findings;
    return revise_offer(from, changed, start, Policy(), findings);
}

inline Publication after(Publication publication, const std::vector<Move>& moves) {
    for (const Move& move : moves) {
        publication = move(publication).value();
    }
    return publication;
}

inline Publication drafted(Offer from = article_offer()) {
    Findings findings;
    return create_offer(std::move(from), Profile::create, findings).value();
}

inline Publication in_preview(Publication from) {
    return after(std::move(from), {do_submit, do_pass, do_pass, do_pass});
}

inline Publication published(Publication from) {
    return after(in_preview(std::move(from)), {do_go_live, do_wait});
}

inline Publication live(Offer from = article_offer()) {
    return published(drafted(std::move(from)));
}

inline Publication live_and_edited() { return after(live(), {do_edit}); }

inline Publication not_available() { return after(live(), {do_stop, do_wait}); }

inline std::string word(OfferStatus status) {
    constexpr const char* words[] = {
        "draft", "publish_in_progress",       "attention_needed", "preview",
        "live",  "pending_stop_distribution", "not_available"};
    return words[static_cast<std::size_t>(status)];
}

/// The status and, while being published, the phase: "publish_in_progress/certification".
inline std::string shown(const Offer& offer) {
    constexpr const char* words[] = {"automated_validation", "certification", "preview_creation",
                                     "publisher_signoff", "publish"};
    return word(offer.status) +
           (offer.phase ? std::string("/") + words[static_cast<std::size_t>(*offer.phase)]
                        : std::string());
}

/// What a move comes to: where the offer stands then, or the rule that refused it.
inline std::string outcome(const result<Publication>& moved) {
    return moved ? shown(moved.value().draft)
                 : name_of(static_cast<Errc>(moved.error().code.value()));
}

}  // namespace licet::samples
