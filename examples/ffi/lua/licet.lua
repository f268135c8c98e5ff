--- licet from LuaJIT.
--
--     local licet = require("licet")
--     local engine = assert(licet.open({ store = "sqlite", path = "fabrikam.db" }))
--     local answer, failure = engine:call("seats.assign", { as = liv, tenant = …, users = { … } })
--     if not answer and failure.rule == "no_free_license" then … end
--
-- What licet refuses comes back as nil and a failure: a table with `status` ("EXHAUSTED"; `number`
-- is licet's), `rule`, `message` and `findings`, and a text where one is asked for. Documents are tables, see json.lua.
-- An engine and a store close when they are collected, or with their method `close`.

local ffi = require("ffi")
local json = require("json")

ffi.cdef [[
typedef struct licet_error licet_error;
typedef struct licet_text licet_text;
typedef struct licet_engine licet_engine;
typedef struct licet_store licet_store;
typedef struct licet_reply licet_reply;
typedef struct { const char *data; size_t size; } licet_string;
typedef struct { licet_string key; uint64_t stamp; } licet_expectation;
typedef struct { licet_string key; licet_string value; int32_t is_delete; } licet_write;
typedef struct {
    size_t size;
    int32_t (*read)(void *, const licet_string *, size_t, licet_reply *);
    int32_t (*scan)(void *, const char *, size_t, const char *, size_t, size_t, licet_reply *);
    int32_t (*commit)(void *, const licet_expectation *, size_t, const licet_write *, size_t,
                      licet_reply *);
    int32_t (*limits)(void *, licet_reply *);
    void (*destroy)(void *);
} licet_store_vtable;

uint32_t licet_version(void);
const char *licet_error_rule(const licet_error *);
const char *licet_error_message(const licet_error *);
const char *licet_error_findings(const licet_error *);
void licet_error_free(licet_error *);
const char *licet_text_data(const licet_text *);
size_t licet_text_size(const licet_text *);
void licet_text_free(licet_text *);
int32_t licet_engine_open(const char *, size_t, licet_engine **, licet_error **);
int32_t licet_engine_open_with_store(const char *, size_t, licet_store *, licet_engine **,
                                     licet_error **);
void licet_engine_close(licet_engine *);
int32_t licet_call(licet_engine *, const char *, size_t, const char *, size_t, licet_text **,
                   licet_error **);
int32_t licet_operations(licet_text **, licet_error **);
int32_t licet_check(licet_engine *, const char *, size_t, const char *, size_t, const char *,
                    size_t, int32_t *, licet_error **);
int32_t licet_check_app(licet_engine *, const char *, size_t, const char *, size_t, const char *,
                        size_t, int32_t *, licet_error **);
int32_t licet_store_new(const licet_store_vtable *, void *, licet_store **, licet_error **);
int32_t licet_store_check(licet_store *, licet_text **, licet_error **);
void licet_store_free(licet_store *);
void licet_reply_record(licet_reply *, size_t, const char *, size_t, const char *, size_t,
                        uint64_t);
void licet_reply_stamp(licet_reply *, uint64_t);
void licet_reply_conflict(licet_reply *, const char *, size_t);
void licet_reply_limit(licet_reply *, const char *, size_t, uint64_t);
void licet_reply_detail(licet_reply *, const char *, size_t);
]]

local lib = ffi.load(os.getenv("LICET_LIBRARY") or "licet")

local licet = {
    --- The statuses by their numbers.
    statuses = {
        [0] = "OK", "INVALID_ARGUMENT", "NOT_FOUND", "CONFLICT", "PERMISSION_DENIED",
        "FAILED_PRECONDITION", "EXHAUSTED", "UNSUPPORTED", "STORAGE", "CONTENTION",
        "OUT_OF_MEMORY", "INTERNAL",
    },
    --- What a store's `commit` throws, with error(), when what it tried may have been written.
    unknown = setmetatable({}, { __tostring = function() return "outcome unknown" end }),
}

-- ---- Failures and texts ---------------------------------------------------------------------

local Failure = {
    __tostring = function(self)
        return ("%s %s: %s"):format(self.status, self.rule, self.message)
    end,
}
Failure.__index = Failure

--- The name of a status. One of a later version is INTERNAL.
function licet.status_name(status)
    return licet.statuses[status] or "INTERNAL"
end

local failed = ffi.new("licet_error *[1]")

local function failure(status)
    local handle = failed[0]
    local rule = ffi.string(lib.licet_error_rule(handle))
    local message = ffi.string(lib.licet_error_message(handle))
    local findings = ffi.string(lib.licet_error_findings(handle))
    lib.licet_error_free(handle)
    return setmetatable({
        number = status,
        status = licet.status_name(status),
        rule = rule,
        message = message,
        findings = json.decode(findings),
    }, Failure)
end

local text = ffi.new("licet_text *[1]")

-- The document that a call gave, or nil and its failure.
local function document(status)
    if status ~= 0 then
        return nil, failure(status)
    end
    local handle = text[0]
    local answer = ffi.string(lib.licet_text_data(handle), lib.licet_text_size(handle))
    lib.licet_text_free(handle)
    return json.decode(answer)
end

--- The version of the library, such as "0.2.0".
function licet.version()
    local version = lib.licet_version()
    return ("%d.%d.%d"):format(bit.rshift(version, 16), bit.band(bit.rshift(version, 8), 0xff),
        bit.band(version, 0xff))
end

--- What there is to call, with JSON Schemas.
function licet.operations()
    return document(lib.licet_operations(text, failed))
end

-- ---- Engines --------------------------------------------------------------------------------

-- Compiled code cannot be called back into. What may end in a store written in Lua is therefore
-- called from a function that is never compiled, and nor is what calls it.
local function directly(f, ...)
    return f(...)
end

local function interpreted(f, ...)
    return f(...)
end
jit.off(interpreted)

local Engine = {}
Engine.__index = Engine

--- Opens an engine as `config` has it, on a store of licet.store where one is given.
function licet.open(config, store)
    local slot, document_text = ffi.new("licet_engine *[1]"), json.encode(config)
    local status
    if store then
        status = interpreted(lib.licet_engine_open_with_store, document_text, #document_text,
            store.handle, slot, failed)
    else
        status = lib.licet_engine_open(document_text, #document_text, slot, failed)
    end
    if status ~= 0 then
        return nil, failure(status)
    end
    return setmetatable({
        handle = ffi.gc(slot[0], lib.licet_engine_close),
        invoke = store and interpreted or directly,
    }, Engine)
end

--- Runs an operation, such as "seats.assign"; answers its document.
function Engine:call(operation, arguments)
    arguments = json.encode(arguments or {})
    return document(self.invoke(lib.licet_call, self.handle, operation, #operation, arguments,
        #arguments, text, failed))
end

--- What a check answers. 1 and 2 are, and stay, all that let in.
licet.NO_SEAT, licet.LICENSED, licet.IN_GRACE, licet.SUSPENDED = 0, 1, 2, 3
licet.NO_POOL, licet.APP_NOT_MAPPED = 4, 5

local decision = ffi.new("int32_t[1]")

local function decide(self, ask, tenant, what, user)
    local status = self.invoke(ask, self.handle, tenant, #tenant, what, #what, user, #user,
        decision, failed)
    if status ~= 0 then
        return nil, failure(status)
    end
    return decision[0]
end

--- May this user use what this plan gives? The decision as a number.
function Engine:check(tenant, service_id, user)
    return decide(self, lib.licet_check, tenant, service_id, user)
end

--- May this user open this app, by any plan that maps to it?
function Engine:check_app(tenant, app, user)
    return decide(self, lib.licet_check_app, tenant, app, user)
end

--- What is called on a closed engine fails with the rule "null_argument".
function Engine:close()
    if self.handle then
        self.invoke(lib.licet_engine_close, ffi.gc(self.handle, nil))
        self.handle = nil
    end
end

-- ---- Stores written in Lua ------------------------------------------------------------------

-- `self` of the C functions is a number here, so that five callbacks serve all stores.
local stores = {}

local function string_of(c)
    return ffi.string(c.data, c.size)
end

-- Runs a callback of the store; what it throws becomes a status.
local function guarded(self, reply, run)
    local ok, outcome = pcall(run, stores[tonumber(ffi.cast("intptr_t", self))])
    if ok then
        return outcome or 0
    elseif outcome == licet.unknown then
        return 3
    end
    local printable, detail = pcall(tostring, outcome)
    detail = printable and detail or "error without a text"
    lib.licet_reply_detail(reply, detail, #detail)
    return 2
end

local function reply_record(reply, index, key, record)
    lib.licet_reply_record(reply, index, key, #key, record.value, #record.value, record.stamp)
end

local vtable = ffi.new("licet_store_vtable")
vtable.size = ffi.sizeof(vtable)

vtable.read = function(self, keys, count, reply)
    return guarded(self, reply, function(store)
        local wanted = {}
        for i = 1, tonumber(count) do
            wanted[i] = string_of(keys[i - 1])
        end
        local found = store:read(wanted)
        for i, key in ipairs(wanted) do
            if found[i] then
                reply_record(reply, i - 1, key, found[i])
            end
        end
    end)
end

vtable.scan = function(self, from, from_size, to, to_size, limit, reply)
    return guarded(self, reply, function(store)
        local records = store:scan(ffi.string(from, from_size), ffi.string(to, to_size),
            tonumber(limit))
        for i, record in ipairs(records) do
            reply_record(reply, i - 1, record.key, record)
        end
    end)
end

vtable.commit = function(self, c_expectations, expectation_count, c_writes, write_count, reply)
    return guarded(self, reply, function(store)
        local expectations, writes = {}, {}
        for i = 1, tonumber(expectation_count) do
            local one = c_expectations[i - 1]
            expectations[i] = { key = string_of(one.key), stamp = tonumber(one.stamp) }
        end
        for i = 1, tonumber(write_count) do
            local one = c_writes[i - 1]
            local value = one.is_delete == 0 and string_of(one.value) or nil
            writes[i] = { key = string_of(one.key), value = value }
        end
        local stamp, conflict = store:commit(expectations, writes)
        if stamp then
            lib.licet_reply_stamp(reply, stamp)
            return 0
        end
        lib.licet_reply_conflict(reply, conflict, #conflict)
        return 1
    end)
end

vtable.limits = function(self, reply)
    return guarded(self, reply, function(store)
        for name, value in pairs(store.limits and store:limits() or {}) do
            lib.licet_reply_limit(reply, name, #name, value)
        end
    end)
end

vtable.destroy = function(self)
    local id = tonumber(ffi.cast("intptr_t", self))
    local store = stores[id]
    stores[id] = nil
    if store.close then
        pcall(store.close, store)
    end
end

local Store = {}
Store.__index = Store

--- Makes a store for licet.open out of an object with the methods
--
--     read(keys)                    a table with { value = …, stamp = … } at the index of each
--                                   key that is there
--     scan(from, to, limit)         a list of { key = …, value = …, stamp = … }: the first `limit`
--                                   with from <= key < to ("" for `to`: no end), in byte order
--     commit(expectations, writes)  the stamp where every { key, stamp } (0: absent) holds and
--                                   every { key, value } (nil: deleted) is written; else nil and
--                                   the first key whose expectation does not hold
--     limits(), close()             may be missing; limits() is as { value_bytes = 4096 }
--
-- What they throw with error() becomes STORAGE. Stamps stay below 2^53.
function licet.store(implementation)
    local id, slot = #stores + 1, ffi.new("licet_store *[1]")
    stores[id] = implementation
    local status = interpreted(lib.licet_store_new, vtable, ffi.cast("void *", id), slot, failed)
    if status ~= 0 then
        stores[id] = nil
        return nil, failure(status)
    end
    return setmetatable({ handle = ffi.gc(slot[0], lib.licet_store_free) }, Store)
end

--- Runs licet's own suite on the store; answers its report.
function Store:check()
    return document(interpreted(lib.licet_store_check, self.handle, text, failed))
end

function Store:close()
    if self.handle then
        interpreted(lib.licet_store_free, ffi.gc(self.handle, nil))
        self.handle = nil
    end
end

return licet
