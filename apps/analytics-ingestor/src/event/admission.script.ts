import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    registerIds(tag: string, ...args: string[]): Result<(0 | 1)[], Context>;
    admitEvents(tag: string, ...args: (string | number)[]): Result<[ms: string, ...counts: number[][]], Context>;
  }
}

/** Redis's time, never going back: a window that was closed stays as it was whatever happens to the clock. */
export const clock = `
local tag = KEYS[1]
local time = redis.call('TIME')
local ms = time[1] * 1000 + math.floor(time[2] / 1000)
local last = tonumber(redis.call('GET', tag .. ':clock') or '0')
if last > ms then ms = last end
local function int(number) return string.format('%.0f', number) end
`;

/**
 * What is known by its number lies in sets of a span of time, in each by the number's last three digits ({@link bucketOf}). They are
 * let go of by name when the first comes of a later span: to have each end by itself would be two more calls an event.
 */
const spans = `
local call, sub = redis.call, string.sub
local function begin(span, number, kept, kinds)
  if call('ZADD', tag .. ':spans:' .. span, number, number) == 0 then return end
  for _, old in ipairs(call('ZRANGEBYSCORE', tag .. ':spans:' .. span, '-inf', number - kept)) do
    for _, kind in ipairs(kinds) do
      local names = {}
      for bucket = 0, 999 do names[bucket + 1] = string.format('%s:%s:%s:%03d', tag, kind, old, bucket) end
      call('UNLINK', unpack(names))
    end
    call('ZREM', tag .. ':spans:' .. span, old)
  end
end
local day = math.floor(ms / 86400000)
begin('day', day, 2, {'i', 'e', 'b'})
local hasYesterday = call('ZSCORE', tag .. ':spans:day', day - 1)
local function sets(kind)
  return tag .. ':' .. kind .. ':' .. day .. ':', hasYesterday and tag .. ':' .. kind .. ':' .. (day - 1) .. ':'
end
`;

/**
 * Holds each event's id to one body, wherever the body says it belongs: the partition is the id's.
 * ARGV: id and body of each, as integers. Answers 0 for a body that is its id's, 1 for one that is not.
 */
const registerIds = `
${clock}${spans}
local today, yesterday = sets('i')
local function isAnother(id, body)
  local bucket = sub(id, -3)
  if yesterday then
    local known = call('SMISMEMBER', yesterday .. bucket, id, body)
    if known[1] == 1 then return known[2] == 0 end
  end
  -- Both are new, or both are known, or the body alone is new.
  if call('SADD', today .. bucket, id, body) ~= 1 then return false end
  call('SREM', today .. bucket, body)
  return true
end
local answers = {}
for i = 1, #ARGV, 2 do answers[#answers + 1] = isAnother(ARGV[i], ARGV[i + 1]) and 1 or 0 end
return answers
`;

/** Arguments that {@link admitEvents} takes of each event. */
export const argumentsOfEvent = 8;

/**
 * Admits some batches' events of one partition: all of it happens, or none. A batch that was seen changes nothing.
 *
 * ARGV: the month that viewers are hashed for, as its first and last millisecond; how many views of different listings a minute
 * are more than a person's; then of each batch: its number; how many ledger lines follow, each a field and a number; how many events
 * follow, each as letter, listing, id, view, viewer (the three as integers), viewer, amount, what is kept.
 * Answers the time; then, unless it is of another month, the numbers admitted, known and of bots of each batch: none of one that was seen.
 */
const admitEvents = `
${clock}
if ms < tonumber(ARGV[1]) or ms > tonumber(ARGV[2]) then return {int(ms)} end
${spans}
call('SET', tag .. ':clock', int(ms))
local minute, half, hour = math.floor(ms / 60000), math.floor(ms / 1800000), math.floor(ms / 3600000)
begin('half', half, 2, {'k'})
begin('minute', minute, 1, {'r'})
local function learner(kind)
  local today, yesterday = sets(kind)
  return function(number)
    local bucket = sub(number, -3)
    if yesterday and call('SISMEMBER', yesterday .. bucket, number) == 1 then return false end
    return call('SADD', today .. bucket, number) == 1
  end
end
local learnBatch, learnEvent = learner('b'), learner('e')
local mostViews = tonumber(ARGV[3])
local kept = {}
local counts, uniques = tag .. ':w:' .. minute .. ':', tag .. ':h:' .. hour .. ':'
local seen = tag .. ':k:' .. half .. ':'
-- In an hour's second half: whoever looked in the first is no new viewer of the hour.
local seenBefore = half % 2 == 1 and tag .. ':k:' .. (half - 1) .. ':'
local busy, botsKey = tag .. ':r:' .. minute .. ':', tag .. ':bots:' .. day
local hasBots = call('EXISTS', botsKey) == 1

-- Views of different listings alone: whoever reloads a page, or whose events come twice, is no bot.
local function isBot(viewer)
  if hasBots and call('SISMEMBER', botsKey, viewer) == 1 then return true end
  if call('HINCRBY', busy .. sub(viewer, -3), viewer, 1) <= mostViews then return false end
  call('SADD', botsKey, viewer)
  if not hasBots then call('EXPIRE', botsKey, 86400) end
  hasBots = true
  return true
end

local ledger = {}
local function note(line, number)
  if number > 0 then ledger[line] = (ledger[line] or 0) + number end
end

local at = 4
local function admitBatch()
  local batch, firstLine = ARGV[at], at + 2
  local first = firstLine + tonumber(ARGV[at + 1]) * 2 + 1
  local last = first - 1 + tonumber(ARGV[first - 1]) * ${argumentsOfEvent}
  at = last + 1
  if not learnBatch(batch) then return {} end
  for i = firstLine, first - 2, 2 do
    note(ARGV[i], tonumber(ARGV[i + 1]))
    note('received', tonumber(ARGV[i + 1]))
  end
  local admitted, duplicate, bots = 0, 0, 0
  for i = first, last, ${argumentsOfEvent} do
    local isView, listing, view = ARGV[i] == 'v', ARGV[i + 1], ARGV[i + 3]
    if not learnEvent(ARGV[i + 2]) or (isView and call('SADD', seen .. sub(view, -3), view) == 0) then
      duplicate = duplicate + 1
    elseif isView and isBot(ARGV[i + 4]) then
      bots = bots + 1
    else
      kept[#kept + 1] = 'e'
      kept[#kept + 1] = ARGV[i + 7]
      call('ZINCRBY', counts .. ARGV[i], ARGV[i + 6], listing)
      if isView then
        if seenBefore and call('SISMEMBER', seenBefore .. sub(view, -3), view) == 1 then
          call('ZINCRBY', tag .. ':a:' .. minute, 1, listing)
        end
        call('PFADD', uniques .. listing, ARGV[i + 5])
      end
      admitted = admitted + 1
    end
  end
  note('received', admitted + duplicate + bots)
  note('admitted', admitted)
  note('duplicate', duplicate)
  note('rejected:bot', bots)
  return {admitted, duplicate, bots}
end

local answers = {int(ms)}
while at <= #ARGV do answers[#answers + 1] = admitBatch() end
if #kept > 0 then call('XADD', tag .. ':s', int(ms) .. '-*', unpack(kept)) end
for line, number in pairs(ledger) do call('HINCRBY', tag .. ':l:' .. minute, line, number) end
if next(ledger) then call('ZADD', tag .. ':open', minute, minute) end
return answers
`;

/** Makes the scripts commands of this connection. */
export function defineAdmissionScripts(redis: Redis): void {
  redis.defineCommand('registerIds', { numberOfKeys: 1, lua: registerIds });
  redis.defineCommand('admitEvents', { numberOfKeys: 1, lua: admitEvents });
}
