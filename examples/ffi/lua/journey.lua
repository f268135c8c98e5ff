--- Plays a scenario: examples/journey/scenario.hpp says what one is made of.

local json = require("json")
local licet = require("licet")

local Journey = {}
Journey.__index = Journey

--- Opens the engine of a scenario, in memory or on a store of licet.store.
function Journey.open(path, store)
    local lines = {}
    for line in io.lines(path) do
        if line ~= "" then
            lines[#lines + 1] = json.decode(line)
        end
    end
    local head = table.remove(lines, 1)
    head.config.store = not store and "memory" or nil
    return setmetatable({
        engine = assert(licet.open(head.config, store)),
        actors = head.actors,
        steps = lines,
        kept = {},
        refusals = {},  -- what licet refused, as it should
        who = nil,      -- what the last table was about
    }, Journey)
end

-- Puts into `document` what earlier steps kept for "$name"; of a link what follows "token=".
local function fill_in(document, kept)
    for name, member in pairs(document) do
        if type(member) == "table" then
            fill_in(member, kept)
        elseif type(member) == "string" and member:sub(1, 1) == "$" then
            local found = kept[member:sub(2)]
            document[name] = found:match("token=(.*)") or found
        end
    end
end

-- What a JSON Pointer (RFC 6901) points at.
local function at(document, pointer)
    for token in pointer:gmatch("/([^/]*)") do
        token = token:gsub("~1", "/"):gsub("~0", "~")
        document = document[json.is_array(document) and tonumber(token) + 1 or token]
    end
    return document
end

function Journey:call(step)
    local arguments = step.with or {}
    fill_in(arguments, self.kept)
    arguments.as = step.as and self.actors[step.as]
    arguments.idempotency_key = step.key
    local answer, failure = self.engine:call(step.call, arguments)
    local refused = failure and failure.rule
    if refused ~= step.expect then
        error(("%s: %s, expected %s"):format(step.say,
            refused and "refused with " .. tostring(failure) or "done",
            step.expect or "success"), 0)
    end
    self.refusals[#self.refusals + 1] = failure
    for name, pointer in pairs(step.keep or {}) do
        self.kept[name] = at(answer, pointer)
    end
end

-- "yes, bronze silver", or "no, no_seat".
local function cell(answer)
    if not answer.licensed then
        return "no, " .. answer.reason
    end
    local words = { answer.reason == "in_grace" and "in grace," or "yes," }
    for _, service_id in ipairs(answer.by) do
        words[#words + 1] = service_id:match("[^.]*$")
    end
    return table.concat(words, " ")
end

function Journey:table(say, who)
    local rows = { { "", unpack(who.apps) } }
    for _, name in ipairs(json.keys(who.users)) do
        local row = { name }
        for _, app in ipairs(who.apps) do
            row[#row + 1] = cell(assert(self.engine:call("check_app",
                { tenant = who.tenant, user = who.users[name], app = app })))
        end
        rows[#rows + 1] = row
    end
    local lines = { "", say, "" }
    for _, row in ipairs(rows) do
        lines[#lines + 1] = ("%-12s" .. ("%-24s"):rep(#who.apps)):format(unpack(row))
    end
    self.who = who
    return table.concat(lines, "\n") .. "\n"
end

--- Plays the steps and gives each table to `show`; an error where a step does something else
-- than the scenario says.
function Journey:play(show)
    for _, step in ipairs(self.steps) do
        if step.call then
            self:call(step)
        elseif step.who then
            show(self:table(step.say, step.who))
        end
    end
end

return Journey
