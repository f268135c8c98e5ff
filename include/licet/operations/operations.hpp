#pragma once

/// \file
/// Everything an engine does, by name and in JSON: what the C ABI, the command line and
/// scenarios go through.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/engine/engine.hpp>
#include <licet/store/conformance.hpp>
#include <licet/stream.hpp>

namespace licet {

/// Runs one operation. `arguments` is a JSON object: what the operation takes, and beside it
/// `as`, and for a mutation `idempotency_key` and `expected_revision`; an empty text is an empty
/// object. The answer is one too.
///
/// Fails with `operation_unknown`; with findings at their places in `arguments` where those are
/// not as they must be; and with what the operation itself fails with. Bad arguments are told
/// before anything is read, all at once.
result<std::string> call(Engine& engine, std::string_view operation, std::string_view arguments);

/// `call` for an operation with a long text, which comes from the stream in place of the argument
/// or goes to it in place of the member of the answer, or that takes long and tells how far it is:
///
///     seats.export            pushes `csv`
///     seats.import            pulls `csv` unless it is given, and pushes in place of `outcomes`
///                             lines `Line,User,Service ID,Outcome,Error` under such a header
///     seats.assign, unassign  tell progress only
///
/// What an operation that goes in parts has done before it fails stays done; the failure's detail
/// says how much that is. Fails with `operation_not_streamed` for any other operation.
result<std::string> call_stream(Engine& engine, std::string_view operation,
                                std::string_view arguments, Stream& stream);

/// Findings as they stand in answers: a JSON array, `[]` where there are none.
std::string findings_json(std::span<const Finding> findings);

/// What there is to call.
struct OperationInfo {
    std::string_view name;
    bool is_mutation = false;
    bool needs_actor = false;
    bool is_streamed = false;              ///< call_stream takes it.
    std::string_view streamed_text;        ///< Which text that moves; empty where there is none.
    std::vector<std::string_view> fields;  ///< Its own arguments, in order.
};

/// In the order of their names.
std::vector<OperationInfo> operations();

/// All of them described, as a JSON document:
///
///     {"$schema":"https://json-schema.org/draft/2020-12/schema",
///      "operations":[{"name":"plans.create","kind":"command",
///                     "roles":{"publisher":["global_admin","account_admin"]},
///                     "arguments":{…},"answer":{…}},…],
///      "$defs":{…}}
///
/// `kind` is command (a mutation), query or host. `roles` says for whom the caller acts
/// (`publisher`, `tenant` or `marketplace`) and the roles of which one is needed; it is empty for
/// the host's own. `arguments` and `answer` are JSON Schemas of draft 2020-12, which refer into
/// `$defs`: to use one alone, put `$defs` into it.
///
/// Every call and answer keeps to its schema. What a schema cannot say, and what the rules of the
/// marketplace say, stands in the findings of a call. Derived fields in arguments are `readOnly`:
/// they are taken as they were answered, and ignored.
std::string operations_document();

/// The documents that schema_of knows, in the order of their names.
std::vector<std::string_view> documents();

/// The JSON Schema of a document by its name, such as "offer" or "config", whole in itself.
/// Nothing where there is none of that name.
std::optional<std::string> schema_of(std::string_view document);

/// An engine as a JSON document asks for it:
///
///     {"store":"memory"} · {"store":"sqlite","path":"fabrikam.db"}
///
/// and optionally `clock` {"manual":"2026-01-01T00:00:00Z"}, `ids` {"sequential":1},
/// `staleness_max_ms`, `exclusive`, `allow_unfinished`, `timeout_ms`, `policy` (an object, or
/// "microsoft365") and, for a memory store, `faults`. Fails with findings, or as Engine::open does;
/// with `unsupported_here` for a store that this build does not have.
result<std::unique_ptr<Engine>> open_engine(std::string_view config);

/// The same over a store that is there already: `config` names none, and may be empty.
result<std::unique_ptr<Engine>> open_engine(std::string_view config, std::unique_ptr<Store> store);

/// The store alone that a configuration asks for, as copy_store wants it. What an engine would be
/// told besides is read and not used.
result<std::unique_ptr<Store>> open_store(std::string_view config);

/// What `check_store` says of a store, as
/// `{"ok","cases":[{"name","ok","detail"}],"left_out":[name]}`.
std::string report_json(const ConformanceReport& report);

}  // namespace licet
