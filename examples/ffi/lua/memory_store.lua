--- A store in Lua: a table, and its keys in order. Nothing outlives the process.

local MemoryStore = {}
MemoryStore.__index = MemoryStore

function MemoryStore.new()
    return setmetatable({
        records = {},  -- key: { key, value, stamp }
        keys = {},     -- the same, in order
        stamp = 0,     -- of the whole store, so that no key ever sees one twice
    }, MemoryStore)
end

-- The index of the first key that is not before `key`.
local function lower_bound(keys, key)
    local first, last = 1, #keys + 1
    while first < last do
        local middle = math.floor((first + last) / 2)
        if keys[middle] < key then
            first = middle + 1
        else
            last = middle
        end
    end
    return first
end

function MemoryStore:read(keys)
    local found = {}
    for i, key in ipairs(keys) do
        found[i] = self.records[key]
    end
    return found
end

function MemoryStore:scan(from, to, limit)
    local page = {}
    for i = lower_bound(self.keys, from), #self.keys do
        local key = self.keys[i]
        if #page == limit or (to ~= "" and key >= to) then
            break
        end
        page[#page + 1] = self.records[key]
    end
    return page
end

function MemoryStore:commit(expectations, writes)
    for _, expected in ipairs(expectations) do
        local record = self.records[expected.key]
        if (record and record.stamp or 0) ~= expected.stamp then
            return nil, expected.key
        end
    end
    self.stamp = self.stamp + 1
    for _, write in ipairs(writes) do
        self:put(write.key, write.value)
    end
    return self.stamp
end

function MemoryStore:put(key, value)
    local is_new = not self.records[key]
    self.records[key] = value and { key = key, value = value, stamp = self.stamp }
    if value and is_new then
        table.insert(self.keys, lower_bound(self.keys, key), key)
    elseif not value and not is_new then
        table.remove(self.keys, lower_bound(self.keys, key))
    end
end

return MemoryStore
