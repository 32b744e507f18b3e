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
 * What is known already: sets of a day, by the last three digits of a number ({@link bucketOf}), of which yesterday's are
 * looked at too. The first of a set sets its end. Names are put together once: this runs for every event.
 */
const dedupe = `
local call, sub = redis.call, string.sub
local day = math.floor(ms / 86400000)
local hasYesterday = call('EXISTS', tag .. ':day:' .. (day - 1)) == 1
call('SET', tag .. ':day:' .. day, '', 'EX', 172800, 'NX')
local function sets(kind)
  return tag .. ':' .. kind .. ':' .. day .. ':', hasYesterday and tag .. ':' .. kind .. ':' .. (day - 1) .. ':'
end
local function add(key, member, seconds)
  if call('SADD', key, member) == 0 then return false end
  if call('SCARD', key) == 1 then call('EXPIRE', key, seconds) end
  return true
end
local function learner(kind)
  local today, yesterday = sets(kind)
  return function(member)
    local bucket = sub(member, -3)
    if yesterday and call('SISMEMBER', yesterday .. bucket, member) == 1 then return false end
    return add(today .. bucket, member, 172800)
  end
end
`;

/**
 * Holds each event's id to one body, wherever the body says it belongs: the partition is the id's.
 * ARGV: id and body of each, as integers. Answers 0 for a body that is its id's, 1 for one that is not.
 */
const registerIds = `
${clock}${dedupe}
local today, yesterday = sets('i')
local answers = {}
for i = 1, #ARGV, 2 do
  local id, body = ARGV[i], ARGV[i + 1]
  local bucket = sub(id, -3)
  local known = call('SMISMEMBER', today .. bucket, id, body)
  local isIdKnown, isBodyKnown = known[1] == 1, known[2] == 1
  if yesterday and not isBodyKnown then
    known = call('SMISMEMBER', yesterday .. bucket, id, body)
    isIdKnown, isBodyKnown = isIdKnown or known[1] == 1, known[2] == 1
  end
  if not isIdKnown then
    call('SADD', today .. bucket, id, body)
    if call('SCARD', today .. bucket) == 2 then call('EXPIRE', today .. bucket, 172800) end
  end
  answers[#answers + 1] = isIdKnown and not isBodyKnown and 1 or 0
end
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
${dedupe}
call('SET', tag .. ':clock', int(ms))
local minute, half, hour = math.floor(ms / 60000), math.floor(ms / 1800000), math.floor(ms / 3600000)
local mostViews = tonumber(ARGV[3])
local learnBatch, learnEvent = learner('b'), learner('e')
local entryId = int(ms) .. '-*'
local counts, uniques = tag .. ':w:' .. minute .. ':', tag .. ':h:' .. hour .. ':'
local seen = tag .. ':k:' .. half .. ':'
-- In an hour's second half: whoever looked in the first is no new viewer of the hour.
local seenBefore = half % 2 == 1 and tag .. ':k:' .. (half - 1) .. ':'
local busy, botsKey = tag .. ':r:' .. minute .. ':', tag .. ':bots:' .. day
local hasBots = call('EXISTS', botsKey) == 1

-- Views of different listings alone: whoever reloads a page, or whose events come twice, is no bot.
local function isBot(viewer)
  if hasBots and call('SISMEMBER', botsKey, viewer) == 1 then return true end
  local key = busy .. sub(viewer, -3)
  local views = call('HINCRBY', key, viewer, 1)
  if views == 1 and call('HLEN', key) == 1 then call('EXPIRE', key, 90) end
  if views <= mostViews then return false end
  add(botsKey, viewer, 86400)
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
    if not learnEvent(ARGV[i + 2]) or (isView and not add(seen .. sub(view, -3), view, 3700)) then
      duplicate = duplicate + 1
    elseif isView and isBot(ARGV[i + 4]) then
      bots = bots + 1
    else
      call('XADD', tag .. ':s', entryId, 'e', ARGV[i + 7])
      call('ZINCRBY', counts .. ARGV[i], ARGV[i + 6], listing)
      if isView then
        if seenBefore and call('SISMEMBER', seenBefore .. sub(view, -3), view) == 1 then
          call('ZINCRBY', tag .. ':a:' .. minute, 1, listing)
        end
        if call('PFADD', uniques .. listing, ARGV[i + 5]) == 1 then call('EXPIRE', uniques .. listing, 777600, 'NX') end
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
for line, number in pairs(ledger) do call('HINCRBY', tag .. ':l:' .. minute, line, number) end
if next(ledger) then call('ZADD', tag .. ':open', minute, minute) end
return answers
`;

/** Makes the scripts commands of this connection. */
export function defineAdmissionScripts(redis: Redis): void {
  redis.defineCommand('registerIds', { numberOfKeys: 1, lua: registerIds });
  redis.defineCommand('admitEvents', { numberOfKeys: 1, lua: admitEvents });
}
