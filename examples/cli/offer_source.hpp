#pragma once

/// \file
/// An offer that a command works on: a document in a file, or one that a store holds.

#include <memory>
#include <string>

#include <boost/json/object.hpp>

#include "session.hpp"

namespace cli {

/// Arguments that hold `others` and as `offer` the document of a file, to the letter. Fails as an
/// operation would where the file is no JSON.
licet::result<std::string> with_offer(const Source& file, const boost::json::object& others);

/// An offer in a session in which operations can be asked about it.
struct Offer {
    std::unique_ptr<Session> session;  ///< Null: it could not be had, and why has been said.
    int status = clean;                ///< How the command ends then.
    std::string publisher;
    std::string id;
    boost::json::object document;
};

/// Put into a store of its own in memory, as one that exists out there.
Offer offer_in_file(const std::string& path, Terminal& terminal);

/// `name` is PUBLISHER.OFFER.
Offer offer_in_store(const std::string& name, const Access& access, Terminal& terminal);

}  // namespace cli
