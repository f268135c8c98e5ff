--- JSON for LuaJIT, no more than licet's documents need.
--
-- An object is a table, `null` is json.null, an array is a table made by json.array (or one with
-- something at index 1, so that an array written by hand needs no mark unless it is empty).
-- Numbers are Lua's: whole ones are exact up to 2^53. An object that was read keeps the order of
-- its keys, for json.keys and for writing it; what is added later follows in the order of the
-- alphabet, and so do the keys of an object made by hand.

local json = {}

json.null = setmetatable({}, { __tostring = function() return "null" end })

local Array = {}

--- Marks a table as an array, also an empty one.
function json.array(table)
    return setmetatable(table or {}, Array)
end

function json.is_array(value)
    return type(value) == "table" and value ~= json.null
        and (getmetatable(value) == Array or value[1] ~= nil)
end

local escapes = {
    ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
    ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function quoted(text)
    return '"' .. text:gsub('[%c"\\]', function(character)
        return escapes[character] or ("\\u%04x"):format(character:byte())
    end) .. '"'
end

local encode

local function encode_number(value)
    if value ~= value or value == math.huge or value == -math.huge then
        error("JSON has no " .. tostring(value), 0)
    end
    if value % 1 == 0 and math.abs(value) < 2 ^ 53 then
        return ("%d"):format(value)
    end
    local short = ("%.15g"):format(value)
    return tonumber(short) == value and short or ("%.17g"):format(value)
end

local function encode_array(array)
    local parts = {}
    for i = 1, #array do
        parts[i] = encode(array[i])
    end
    return "[" .. table.concat(parts, ",") .. "]"
end

-- The keys of each object that was read, as they were written.
local written = setmetatable({}, { __mode = "k" })

--- The keys of an object, in order.
function json.keys(object)
    local keys, seen, added = {}, {}, {}
    for _, key in ipairs(written[object] or {}) do
        if object[key] ~= nil and not seen[key] then
            keys[#keys + 1], seen[key] = key, true
        end
    end
    for key in pairs(object) do
        if not seen[key] then
            added[#added + 1] = key
        end
    end
    table.sort(added)
    for _, key in ipairs(added) do
        keys[#keys + 1] = key
    end
    return keys
end

local function encode_object(object)
    local parts = {}
    for i, key in ipairs(json.keys(object)) do
        parts[i] = quoted(key) .. ":" .. encode(object[key])
    end
    return "{" .. table.concat(parts, ",") .. "}"
end

function encode(value)
    local kind = type(value)
    if value == json.null then
        return "null"
    elseif kind == "string" then
        return quoted(value)
    elseif kind == "number" then
        return encode_number(value)
    elseif kind == "boolean" then
        return tostring(value)
    elseif kind == "table" then
        return (json.is_array(value) and encode_array or encode_object)(value)
    end
    error("JSON has no " .. kind, 0)
end

--- The text of a value; an error where JSON has no such value.
json.encode = encode

local decode_value

local function fail(text, position)
    local what = position > #text and "the end" or ("%q"):format(text:sub(position, position))
    error(("JSON: unexpected %s at byte %d"):format(what, position), 0)
end

local function skip_space(text, position)
    return text:find("[^ \t\r\n]", position) or #text + 1
end

local function utf8(code)
    local char, floor = string.char, math.floor
    if code < 0x80 then
        return char(code)
    elseif code < 0x800 then
        return char(0xc0 + floor(code / 0x40), 0x80 + code % 0x40)
    elseif code < 0x10000 then
        return char(0xe0 + floor(code / 0x1000), 0x80 + floor(code / 0x40) % 0x40,
            0x80 + code % 0x40)
    end
    return char(0xf0 + floor(code / 0x40000), 0x80 + floor(code / 0x1000) % 0x40,
        0x80 + floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
end

local unescaped = {
    ['"'] = '"', ["\\"] = "\\", ["/"] = "/",
    b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}

-- What stands after a backslash, and where to go on. Half a surrogate pair becomes U+FFFD.
local function decode_escape(text, position)
    local plain = unescaped[text:sub(position, position)]
    if plain then
        return plain, position + 1
    end
    local hex = text:match("^u(%x%x%x%x)", position) or fail(text, position)
    local code = tonumber(hex, 16)
    position = position + 5
    if code >= 0xd800 and code < 0xdc00 then
        local low = tonumber(text:match("^\\u([dD][c-fC-F]%x%x)", position) or "", 16)
        if low then
            return utf8(0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00), position + 6
        end
    end
    return utf8((code >= 0xd800 and code < 0xe000) and 0xfffd or code), position
end

local function decode_string(text, position)
    local parts = {}
    position = position + 1
    while true do
        local stop = text:find('[%z\1-\31"\\]', position) or #text + 1
        parts[#parts + 1] = text:sub(position, stop - 1)
        local character = text:sub(stop, stop)
        if character == '"' then
            return table.concat(parts), stop + 1
        elseif character ~= "\\" then
            fail(text, stop)
        end
        parts[#parts + 1], position = decode_escape(text, stop + 1)
    end
end

local function decode_number(text, position)
    local whole = text:match("^-?0", position) or text:match("^-?[1-9]%d*", position)
        or fail(text, position)
    local stop = position + #whole
    stop = stop + #(text:match("^%.%d+", stop) or "")
    stop = stop + #(text:match("^[eE][+-]?%d+", stop) or "")
    return tonumber(text:sub(position, stop - 1)), stop
end

-- Calls `element` for each between the brackets; it answers where it ends.
local function decode_list(text, position, closing, element)
    position = skip_space(text, position + 1)
    if text:sub(position, position) == closing then
        return position + 1
    end
    while true do
        position = skip_space(text, element(skip_space(text, position)))
        local character = text:sub(position, position)
        if character == closing then
            return position + 1
        elseif character ~= "," then
            fail(text, position)
        end
        position = position + 1
    end
end

local function decode_array(text, position)
    local array = json.array()
    return array, decode_list(text, position, "]", function(at)
        local value, stop = decode_value(text, at)
        array[#array + 1] = value
        return stop
    end)
end

local function decode_object(text, position)
    local object, keys = {}, {}
    written[object] = keys
    return object, decode_list(text, position, "}", function(at)
        if text:sub(at, at) ~= '"' then
            fail(text, at)
        end
        local key, value
        key, at = decode_string(text, at)
        at = skip_space(text, at)
        if text:sub(at, at) ~= ":" then
            fail(text, at)
        end
        value, at = decode_value(text, skip_space(text, at + 1))
        object[key] = value
        keys[#keys + 1] = key
        return at
    end)
end

local words = { ["true"] = true, ["false"] = false, null = json.null }

function decode_value(text, position)
    local character = text:sub(position, position)
    if character == '"' then
        return decode_string(text, position)
    elseif character == "{" then
        return decode_object(text, position)
    elseif character == "[" then
        return decode_array(text, position)
    end
    local word = text:match("^%l+", position)
    if words[word] ~= nil then
        return words[word], position + #word
    end
    return decode_number(text, position)
end

--- The value of a text; an error where it is not JSON.
function json.decode(text)
    local value, position = decode_value(text, skip_space(text, 1))
    position = skip_space(text, position)
    if position <= #text then
        fail(text, position)
    end
    return value
end

return json
