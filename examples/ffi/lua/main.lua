--- licet from LuaJIT: journey, store, errors or bench, and a scenario.

local ffi = require("ffi")
local json = require("json")
local licet = require("licet")
local Journey = require("journey")
local MemoryStore = require("memory_store")

local parts = {}

local function write(text)
    io.write(text)
end

function parts.journey(scenario)
    Journey.open(scenario):play(write)
end

function parts.store(scenario)
    local store = assert(licet.store(MemoryStore.new()))
    local report = assert(store:check())
    local passed = 0
    for _, case in ipairs(report.cases) do
        if case.ok then
            passed = passed + 1
        else
            io.stderr:write(("failed: %s: %s\n"):format(case.name, case.detail))
        end
    end
    io.stderr:write(("%d of %d cases passed; left out: %s\n"):format(passed, #report.cases,
        table.concat(report.left_out, ", ")))
    assert(report.ok, "the store does not pass")
    Journey.open(scenario, store):play(write)
end

-- ---- Errors ---------------------------------------------------------------------------------

local ana = { id = "ana", publisher = "fabrikam", roles = json.array { "account_admin" } }
local eve = { id = "eve", publisher = "contoso", roles = json.array { "account_admin" } }
local offer = { publisher = "fabrikam", id = "f365", alias = "Fabrikam 365",
    type = "dynamics365_dataverse_powerapps" }
local bad_offer = { publisher = "fabrikam", id = "F365", alias = "", colour = "blue",
    type = "dynamics365_dataverse_powerapps" }

local function provoked(engine, operation, arguments)
    local answer, failure = engine:call(operation, arguments)
    return assert(not answer and failure, operation .. " was not refused")
end

-- What a call fails with on a store whose commit is this one.
local function provoked_by(commit)
    local implementation = MemoryStore.new()
    local engine = assert(licet.open({}, assert(licet.store(implementation))))
    implementation.commit = commit
    return provoked(engine, "offers.create", { as = ana, offer = offer })
end

local function show(failure)
    print(("%d %s %s: %s"):format(failure.number, failure.status, failure.rule, failure.message))
    for _, finding in ipairs(failure.findings) do
        print(("    %s %s %s: %s"):format(finding.severity, finding.rule, finding.pointer,
            finding.message))
    end
end

function parts.errors(scenario)
    local journey = Journey.open(scenario)
    journey:play(function() end)
    local engine = journey.engine

    local failures = {
        provoked(engine, "offers.create", { as = ana, offer = bad_offer }),
        provoked(engine, "offers.get", { as = ana, publisher = "fabrikam", id = "nothing" }),
        provoked(engine, "offers.create", { as = ana, offer = offer }),
        provoked(engine, "offers.get", { as = eve, publisher = "fabrikam", id = "f365" }),
        provoked(engine, "offers.update", { as = ana, publisher = "fabrikam", id = "f365",
            changes = { alias = "Another" } }),
        provoked(engine, "offers.sell"),
        provoked_by(function() error("the disk is gone", 0) end),
        provoked_by(function(_, expectations) return nil, expectations[1].key end),
        unpack(journey.refusals),
    }
    local seen = {}
    for _, failure in ipairs(failures) do
        seen[failure.number] = seen[failure.number] or failure
    end
    for number = 1, 9 do
        show(assert(seen[number], licet.status_name(number) .. " was not provoked"))
    end
    print(("10 %s cannot be made to happen from a script"):format(licet.status_name(10)))
    print(("11 %s is a defect in licet: none to provoke; a status unknown here (99) is %s"):format(
        licet.status_name(11), licet.status_name(99)))
end

-- ---- Bench ----------------------------------------------------------------------------------

ffi.cdef [[
int32_t licet_ffi_empty(licet_engine *, const char *, size_t, const char *, size_t, const char *,
                        size_t, int32_t *, licet_error **);
]]

-- Of a million calls the best 50,000: the others share the processor with who knows what.
local function ns_per_call(ask, engine, tenant, service_id, user)
    local parts, calls, best = 20, 50000, math.huge
    for _ = 1, parts do
        local start = os.clock()
        for _ = 1, calls do
            ask(engine, tenant, service_id, user)
        end
        best = math.min(best, (os.clock() - start) / calls * 1e9)
    end
    return best
end

function parts.bench(scenario)
    local journey = Journey.open(scenario)
    journey:play(function() end)
    local engine, who = journey.engine, journey.who
    local tenant, service_id = who.tenant, "fabrikam.f365.gold"
    local user = who.users[json.keys(who.users)[1]]
    assert(engine:check(tenant, service_id, user) == licet.LICENSED)

    local empty = ffi.load(os.getenv("LICET_EMPTY") or "empty")
    local decision, failed = ffi.new("int32_t[1]"), ffi.new("licet_error *[1]")
    local function ask_nothing(self, a, b, c)
        return empty.licet_ffi_empty(self.handle, a, #a, b, #b, c, #c, decision, failed)
    end

    local check_ns, empty_ns = math.huge, math.huge
    for _ = 1, 5 do
        check_ns = math.min(check_ns, ns_per_call(engine.check, engine, tenant, service_id, user))
        empty_ns = math.min(empty_ns, ns_per_call(ask_nothing, engine, tenant, service_id, user))
    end
    print(("a check costs %.1f ns, an empty call %.1f ns"):format(check_ns, empty_ns))
    print(('{"language":"lua","check_ns":%.1f,"empty_ns":%.1f}'):format(check_ns, empty_ns))
end

local part, scenario = ...
if not parts[part] or not scenario then
    io.stderr:write("usage: main.lua journey|store|errors|bench SCENARIO\n")
    os.exit(2)
end
parts[part](scenario)
