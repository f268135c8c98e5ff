#pragma once

/// \file
/// An engine over the store that the command line names, and calls in the name of who asks.

#include <memory>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include <licet/operations/operations.hpp>

#include "commands.hpp"
#include "diagnostic.hpp"

namespace cli {

/// Can there be such a store? Says why not: of a URI of an unknown scheme no more than the scheme,
/// as there may be a password in it. A file must be there already unless `may_create`.
bool check_store_name(const std::string& store, bool may_create, Terminal& terminal);

class Session {
public:
    /// Says itself why it cannot be opened; nothing then. `may_create` as in check_store_name.
    static std::unique_ptr<Session> open(const Access& access, bool may_create, Terminal& terminal);

    /// In memory, in the name of a publisher.
    static std::unique_ptr<Session> in_memory(std::string_view publisher, Terminal& terminal);

    /// `arguments` is a JSON object, kept to the letter; `as` is put in front where the operation
    /// wants one and there is none.
    licet::result<std::string> call(std::string_view operation, std::string_view arguments);
    licet::result<boost::json::object> call(std::string_view operation,
                                            const boost::json::object& arguments);
    /// The same for an operation that goes by a stream.
    licet::result<std::string> call_stream(std::string_view operation, std::string_view arguments,
                                           licet::Stream& stream);

private:
    licet::result<std::string> with_actor(std::string_view operation,
                                          std::string_view arguments) const;

    std::unique_ptr<licet::Engine> engine_;
    std::string as_;  // an actor in JSON; empty: nobody was named
};

}  // namespace cli
