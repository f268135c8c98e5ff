/*
 * licet: the C interface, and the only one with a stable ABI.
 *
 * Conventions, which everything here keeps:
 *
 *  1. Strings   go in as (pointer, size) in UTF-8 and are not kept after the call. The size of a
 *               C string may be given as LICET_NUL_TERMINATED. NULL is the empty string.
 *  2. Failure   is a non-zero licet_status. A failed call has changed nothing, but where the rule
 *               "outcome_unknown" says that this cannot be told. If `error` is not NULL, every
 *               call sets *error: to NULL on success, else to a licet_error for the caller to free.
 *               Every other output is set to NULL or 0 first.
 *  3. Ownership what a function gives through an `out`, `answer`, `report` or `error` parameter is
 *               the caller's, to free with the licet_..._free (an engine: _close) of its type;
 *               freeing NULL does nothing. A `const char *` that is returned ends in NUL and lives
 *               as long as the object it was asked from.
 *  4. NULL      where an object, a table or an output is needed is LICET_INVALID_ARGUMENT with the
 *               rule "null_argument". What only reads an object takes NULL for an empty one.
 *  5. Threads   nothing is hidden: no last error, no global state. An error or a text never
 *               changes: any thread may read it. An engine and a store are used by any number of
 *               threads at once. What is freed is used by nobody else any more.
 *  6. Documents are JSON. OPERATIONS in licet's documentation has them; licet_operations has their
 *               schemas. An unknown field is an error on the way in; expect new ones in answers.
 *  7. Structs   of functions have their size first and only ever grow at the end: set `size` to
 *               sizeof what you were compiled with, and later libraries will keep to it.
 *  8. Callbacks are called on the thread that called licet, during that call, and never after it.
 *               `self` is handed through untouched. They let no exception and no longjmp out, and
 *               do not call back into the engine that is calling them.
 *  9. Versions  functions, members and constants are added, never changed or removed, as long as
 *               the major version stays. Every function is in every build: what a build was made
 *               without answers LICET_UNSUPPORTED.
 */
#ifndef LICET_H
#define LICET_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(LICET_BUILDING_LIBRARY)
#define LICET_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(LICET_STATIC)
#define LICET_API __declspec(dllimport)
#elif defined(__GNUC__)
#define LICET_API __attribute__((visibility("default")))
#else
#define LICET_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Versions, errors, texts ---------------------------------------------------------------- */

/* What this header is of; licet_version() says what the library is of. */
#define LICET_VERSION_MAJOR 0
#define LICET_VERSION_MINOR 2
#define LICET_VERSION_PATCH 0

#define LICET_NUL_TERMINATED ((size_t)-1)

/** Outcome of a call. Later versions may add values: take an unknown one for LICET_INTERNAL. */
typedef int32_t licet_status;

enum {
    LICET_OK = 0,
    LICET_INVALID_ARGUMENT = 1,    /**< What was given breaks a rule. */
    LICET_NOT_FOUND = 2,           /**< There is no such thing. */
    LICET_CONFLICT = 3,            /**< It is there already, or is not as expected. */
    LICET_PERMISSION_DENIED = 4,   /**< The caller may not do that. */
    LICET_FAILED_PRECONDITION = 5, /**< The state it is in does not allow it. */
    LICET_EXHAUSTED = 6,           /**< No free license is left. */
    LICET_UNSUPPORTED = 7, /**< Not in this build, not by this store, or no such operation. */
    LICET_STORAGE = 8,     /**< The store failed. */
    LICET_CONTENTION = 9,  /**< Others kept changing the same; try again. */
    LICET_OUT_OF_MEMORY = 10,
    LICET_INTERNAL = 11 /**< A defect in licet. */
};

typedef struct licet_error licet_error;   /**< Why a call failed. */
typedef struct licet_text licet_text;     /**< A text that licet made. */
typedef struct licet_engine licet_engine; /**< The rules over a store. */
typedef struct licet_store licet_store;   /**< A store of the host's own. */

/** A string where there are many; what licet gives in one is not NUL-terminated. */
typedef struct licet_string {
    const char* data;
    size_t size;
} licet_string;

/** major << 16 | minor << 8 | patch of the library. */
LICET_API uint32_t licet_version(void);

LICET_API licet_status licet_error_status(const licet_error* error);
/** The rule that was broken, such as "offer_id_length"; "" where none is to blame. Where there are
 *  findings it is that of the first error. Rules are never renamed. */
LICET_API const char* licet_error_rule(const licet_error* error);
/** One line of English, for people. */
LICET_API const char* licet_error_message(const licet_error* error);
/** All that is wrong with a document, as a JSON array of
 *  {"rule","severity":"error"|"warning","pointer","message","hint"}: `pointer` is a JSON Pointer
 *  into what the caller gave. "[]" where there is nothing to point at. */
LICET_API const char* licet_error_findings(const licet_error* error);
LICET_API void licet_error_free(licet_error* error);

LICET_API const char* licet_text_data(const licet_text* text);
/** Its bytes, without the NUL at its end. */
LICET_API size_t licet_text_size(const licet_text* text);
LICET_API void licet_text_free(licet_text* text);

/* ---- An engine over a store ----------------------------------------------------------------- */

/** Opens an engine on the store that `config` names, a JSON object:
 *
 *      {"store":"memory"} or {"store":"sqlite","path":"fabrikam.db"}
 *
 *  and optionally "clock", "ids", "staleness_max_ms", "exclusive", "timeout_ms", "policy" and
 *  "faults". Fails with findings in `config`, and with what the store fails with. */
LICET_API licet_status licet_engine_open(const char* config, size_t config_size, licet_engine** out,
                                         licet_error** error);

/** The same on a store of the host's own; `config` (or "{}") then names none. The engine keeps the
 *  store alive: licet_store_free may be called any time. */
LICET_API licet_status licet_engine_open_with_store(const char* config, size_t config_size,
                                                    licet_store* store, licet_engine** out,
                                                    licet_error** error);

/** Waits until calls that run have ended, lets none begin (they fail with the rule
 *  "engine_closing"), and frees the engine. Once it is called, no thread may begin a call that it
 *  cannot know to begin before this one returns. Not to be called from its callbacks. */
LICET_API void licet_engine_close(licet_engine* engine);

/* ---- Every operation ------------------------------------------------------------------------ */

/** Runs one operation, such as "seats.assign". `arguments` is a JSON object (or nothing for an
 *  empty one); *answer is one. */
LICET_API licet_status licet_call(licet_engine* engine, const char* operation,
                                  size_t operation_size, const char* arguments,
                                  size_t arguments_size, licet_text** answer, licet_error** error);

/** What there is to call: {"$schema","$id","operations":[{"name","kind","roles","arguments",
 *  "answer"}],"$defs"}. `arguments` and `answer` are JSON Schemas of draft 2020-12. */
LICET_API licet_status licet_operations(licet_text** out, licet_error** error);

/* ---- The check, called at every click ------------------------------------------------------- */

/** Answer of a check. Later versions may add values; 1 and 2 are, and stay, all that let in. */
enum {
    LICET_NO_SEAT = 0,        /**< Not licensed: this user has no seat. */
    LICET_LICENSED = 1,       /**< Licensed. */
    LICET_IN_GRACE = 2,       /**< Licensed; the contract has ended and grace has not. */
    LICET_SUSPENDED = 3,      /**< Not licensed: grace is over. */
    LICET_NO_POOL = 4,        /**< Not licensed: this tenant never had licenses of it. */
    LICET_APP_NOT_MAPPED = 5, /**< Not licensed: no plan of the tenant's maps to this app. */
    LICET_BAD_USER_ID = 6     /**< Not licensed: no user's id. Given by licet_check_many only. */
};

/** May this user use what this plan gives? Answered from memory, without allocating, once the pool
 *  is known to the engine. */
LICET_API licet_status licet_check(licet_engine* engine, const char* tenant, size_t tenant_size,
                                   const char* service_id, size_t service_id_size, const char* user,
                                   size_t user_size, int32_t* decision, licet_error** error);

/** May this user open this app, by any plan that maps to it? */
LICET_API licet_status licet_check_app(licet_engine* engine, const char* tenant, size_t tenant_size,
                                       const char* app, size_t app_size, const char* user,
                                       size_t user_size, int32_t* decision, licet_error** error);

/** licet_check for many users of one plan, which costs each of them less: decisions[i] is about
 *  users[i]; both are arrays of `count`, or NULL where that is 0. A text that is no user's id is
 *  LICET_BAD_USER_ID there and does not make the call fail. Where it fails, all decisions are
 *  LICET_NO_SEAT. */
LICET_API licet_status licet_check_many(licet_engine* engine, const char* tenant,
                                        size_t tenant_size, const char* service_id,
                                        size_t service_id_size, const licet_string* users,
                                        size_t count, int32_t* decisions, licet_error** error);

/* ---- Bulk ----------------------------------------------------------------------------------- */

/** Where a long text comes from and goes to. Each may be NULL; a non-zero answer cancels the call,
 *  which then fails with the rule "cancelled" and a message that says how much is done. */
typedef struct licet_stream_vtable {
    size_t size; /**< sizeof(licet_stream_vtable) */
    /** Writes at most `capacity` bytes of input and says how many; 0: the end. */
    int32_t (*pull)(void* self, char* buffer, size_t capacity, size_t* written);
    /** Takes a piece of output. */
    int32_t (*push)(void* self, const char* data, size_t data_size);
    /** Told now and then; total is 0 where it is not known. A change tells it before each of its
     *  parts, and once more when all is done: by then there is nothing left to cancel. */
    int32_t (*progress)(void* self, uint64_t done, uint64_t total);
} licet_stream_vtable;

/** As licet_call, for an operation that takes or gives a long text: `pull` gives that text in
 *  place of the argument, `push` takes it in place of the member of the answer.
 *
 *  - seats.export pushes "csv".
 *  - seats.import pulls "csv" unless it is given, and pushes in place of "outcomes" lines
 *    `Line,User,Service ID,Outcome,Error` under such a header, when each part is done.
 *  - seats.assign and seats.unassign have no such text and tell progress only.
 *
 *  What an operation that goes in parts has done before it is cancelled stays done; the same call
 *  under the same idempotency key goes on from there. Fails with the rule "operation_not_streamed"
 *  for any other operation. */
LICET_API licet_status licet_call_stream(licet_engine* engine, const char* operation,
                                         size_t operation_size, const char* arguments,
                                         size_t arguments_size, const licet_stream_vtable* stream,
                                         void* self, licet_text** answer, licet_error** error);

/* ---- A store of the host's own -------------------------------------------------------------- */

/* A store is an ordered map from keys (1 to 400 bytes of 0x21 to 0x7e) to values (UTF-8 without
 * NUL), each with a stamp: a number above 0 that grows with every write of its key and is never
 * used for that key again, also after a delete. */

/** The stamp that a key must have; 0: it must be absent. */
typedef struct licet_expectation {
    licet_string key;
    uint64_t stamp;
} licet_expectation;

typedef struct licet_write {
    licet_string key;
    licet_string value;
    int32_t is_delete; /**< Not 0: the end of the key; `value` is empty. Absent already is fine. */
} licet_write;

/** What a callback answers, told through the licet_reply_... functions during the callback. */
typedef struct licet_reply licet_reply;

/** What a callback returns. */
enum {
    LICET_STORE_OK = 0,
    LICET_STORE_CONFLICT = 1, /**< commit only: an expectation does not hold; nothing is written. */
    LICET_STORE_FAILED = 2,   /**< It failed; nothing is written. */
    LICET_STORE_UNKNOWN = 3   /**< commit only: it may or may not be written. */
};

/** Called from any thread that uses an engine on the store, several at once: it synchronizes
 *  itself. */
typedef struct licet_store_vtable {
    size_t size; /**< sizeof(licet_store_vtable) */
    /** licet_reply_record for each key that is there, with its index in `keys`. All as of one
     *  moment. */
    int32_t (*read)(void* self, const licet_string* keys, size_t count, licet_reply* reply);
    /** licet_reply_record for the first `limit` records with from <= key < to (`to` empty: no
     *  end), in byte order of their keys, with indexes 0, 1, ... All as of one moment. */
    int32_t (*scan)(void* self, const char* from, size_t from_size, const char* to, size_t to_size,
                    size_t limit, licet_reply* reply);
    /** Where every expectation holds, does all writes, durably, and licet_reply_stamp; else
     *  nothing, and licet_reply_conflict with the first key whose expectation does not. No key is
     *  written twice. */
    int32_t (*commit)(void* self, const licet_expectation* expectations, size_t expectation_count,
                      const licet_write* writes, size_t write_count, licet_reply* reply);
    /** licet_reply_limit for each limit there is: "key_bytes", "value_bytes", "writes_per_batch"
     *  (an expectation counts as a write unless its key is written too). May be NULL. Asked once,
     *  by licet_store_new. */
    int32_t (*limits)(void* self, licet_reply* reply);
    /** The last call, when the store is freed and the engines on it are closed. May be NULL. */
    void (*destroy)(void* self);
} licet_store_vtable;

/** A store out of functions; `vtable` is copied. Fails with the rule "store_vtable_incomplete",
 *  LICET_UNSUPPORTED, where read, scan or commit is missing, and with what `limits` fails with.
 *  Where it fails, `destroy` is not called. */
LICET_API licet_status licet_store_new(const licet_store_vtable* vtable, void* self,
                                       licet_store** out, licet_error** error);

/** Runs the suite that every store must pass, under keys of its own, which it removes. LICET_OK
 *  whether the store passes or not: *report is {"ok","cases":[{"name","ok","detail"}],"left_out":
 *  [name]}. What takes several threads is left out (convention 8). */
LICET_API licet_status licet_store_check(licet_store* store, licet_text** report,
                                         licet_error** error);

LICET_API void licet_store_free(licet_store* store);

/* For callbacks. What they are given is copied. What makes no sense (an index or a key that was not
 * asked for, keys out of order, a stamp of 0) makes the call that needed it fail with the rule
 * "store_reply"; of a commit, unless it returns LICET_STORE_CONFLICT or LICET_STORE_FAILED, it
 * makes it one of which is not known whether it happened. So does a want of memory to copy it. */

LICET_API void licet_reply_record(licet_reply* reply, size_t index, const char* key,
                                  size_t key_size, const char* value, size_t value_size,
                                  uint64_t stamp);
/** What commit wrote under. */
LICET_API void licet_reply_stamp(licet_reply* reply, uint64_t stamp);
LICET_API void licet_reply_conflict(licet_reply* reply, const char* key, size_t key_size);
LICET_API void licet_reply_limit(licet_reply* reply, const char* name, size_t name_size,
                                 uint64_t value);
/** Why it failed, for people: ASCII on one line, of which 400 bytes are shown. */
LICET_API void licet_reply_detail(licet_reply* reply, const char* text, size_t text_size);

#ifdef __cplusplus
}
#endif

#endif /* LICET_H */
