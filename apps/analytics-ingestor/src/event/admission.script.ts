import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    registerIds(tag: string, ...args: string[]): Result<number[], Context>;
    admitEvents(tag: string, ...args: (string | number)[]): Result<string[], Context>;
  }
}

/** Sets of integers stay 8 bytes an item up to 512 items; this many of them a day and partition. */
export const bucketCount = 512;

/** Redis's time, never going back: a window that was closed stays as it was whatever happens to the clock. */
export const clock = `
local tag = KEYS[1]
local time = redis.call('TIME')
local ms = time[1] * 1000 + math.floor(time[2] / 1000)
local last = tonumber(redis.call('GET', tag .. ':clock') or '0')
if last > ms then ms = last end
local function int(number) return string.format('%.0f', number) end
`;

/** Sets of a day, of which yesterday's are looked at too. The first item sets the end. */
const dedupe = `
local day = math.floor(ms / 86400000)
local hasYesterday = redis.call('EXISTS', tag .. ':day:' .. (day - 1)) == 1
redis.call('SET', tag .. ':day:' .. day, '', 'EX', 172800, 'NX')
local function add(key, member, seconds)
  if redis.call('SADD', key, member) == 0 then return false end
  if redis.call('SCARD', key) == 1 then redis.call('EXPIRE', key, seconds) end
  return true
end
local function isKnown(kind, bucket, member)
  return redis.call('SISMEMBER', tag .. ':' .. kind .. ':' .. day .. ':' .. bucket, member) == 1
    or (hasYesterday and redis.call('SISMEMBER', tag .. ':' .. kind .. ':' .. (day - 1) .. ':' .. bucket, member) == 1)
end
local function learn(kind, bucket, member)
  return add(tag .. ':' .. kind .. ':' .. day .. ':' .. bucket, member, 172800)
end
`;

/**
 * Holds each event's id to one body, wherever the body says it belongs: the partition is the id's.
 * ARGV: id, bucket and body of each, as integers. Answers 0 for a body that is its id's, 1 for one that is not.
 */
const registerIds = `
${clock}${dedupe}
local answers = {}
for i = 1, #ARGV, 3 do
  local id, bucket, body = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local answer = 0
  if not isKnown('i', bucket, body) then
    if isKnown('i', bucket, id) then
      answer = 1
    else
      learn('i', bucket, id)
      learn('i', bucket, body)
    end
  end
  answers[#answers + 1] = answer
end
return answers
`;

/**
 * Admits a batch's events of one partition: all of it happens, or none. A batch that was seen changes nothing.
 *
 * ARGV: the batch and its bucket; the month that viewers are hashed for, as its first and last millisecond; how many views of
 * different listings a minute are more than a person's; how many ledger lines follow, each a field and a number; then per
 * event: letter, listing, id and bucket, view and bucket, viewer as integer and bucket, viewer, amount, what is kept.
 * Answers the state ("seen", "month" where the month is another, "done"), the time, and the numbers admitted, known and of bots.
 */
const admitEvents = `
${clock}
if ms < tonumber(ARGV[3]) or ms > tonumber(ARGV[4]) then return {'month', int(ms), '0', '0', '0'} end
${dedupe}
if isKnown('b', ARGV[2], ARGV[1]) then return {'seen', int(ms), '0', '0', '0'} end
learn('b', ARGV[2], ARGV[1])
redis.call('SET', tag .. ':clock', int(ms))
local minute, half, hour = math.floor(ms / 60000), math.floor(ms / 1800000), math.floor(ms / 3600000)
local mostViews = tonumber(ARGV[5])
local ledger = tag .. ':l:' .. minute
local received, admitted, duplicate, bots = 0, 0, 0, 0
local first = 7 + tonumber(ARGV[6]) * 2
for i = 7, first - 1, 2 do
  redis.call('HINCRBY', ledger, ARGV[i], ARGV[i + 1])
  received = received + tonumber(ARGV[i + 1])
end
local botsKey = tag .. ':bots:' .. day
-- In an hour's second half: whoever looked in the first is no new viewer of the hour.
local before = half % 2 == 1 and half - 1 or nil
local hasBots = redis.call('EXISTS', botsKey) == 1

-- Views of different listings alone: whoever reloads a page, or whose events come twice, is no bot.
local function isBot(viewer, bucket)
  if hasBots and redis.call('SISMEMBER', botsKey, viewer) == 1 then return true end
  local key = tag .. ':r:' .. minute .. ':' .. bucket
  local views = redis.call('HINCRBY', key, viewer, 1)
  if views == 1 and redis.call('HLEN', key) == 1 then redis.call('EXPIRE', key, 90) end
  if views <= mostViews then return false end
  add(botsKey, viewer, 86400)
  hasBots = true
  return true
end

for i = first, #ARGV, 11 do
  local letter, listing = ARGV[i], ARGV[i + 1]
  received = received + 1
  if isKnown('e', ARGV[i + 3], ARGV[i + 2]) then
    duplicate = duplicate + 1
  elseif letter == 'v' and not add(tag .. ':k:' .. half .. ':' .. ARGV[i + 5], ARGV[i + 4], 3700) then
    duplicate = duplicate + 1
  elseif letter == 'v' and isBot(ARGV[i + 6], ARGV[i + 7]) then
    learn('e', ARGV[i + 3], ARGV[i + 2])
    bots = bots + 1
  else
    learn('e', ARGV[i + 3], ARGV[i + 2])
    redis.call('XADD', tag .. ':s', int(ms) .. '-*', 'e', ARGV[i + 10])
    redis.call('ZINCRBY', tag .. ':w:' .. minute .. ':' .. letter, ARGV[i + 9], listing)
    if letter == 'v' then
      if before and redis.call('SISMEMBER', tag .. ':k:' .. before .. ':' .. ARGV[i + 5], ARGV[i + 4]) == 1 then
        redis.call('ZINCRBY', tag .. ':a:' .. minute, 1, listing)
      end
      local uniques = tag .. ':h:' .. hour .. ':' .. listing
      if redis.call('PFADD', uniques, ARGV[i + 8]) == 1 then redis.call('EXPIRE', uniques, 777600, 'NX') end
    end
    admitted = admitted + 1
  end
end
redis.call('ZADD', tag .. ':open', minute, minute)
redis.call('HINCRBY', ledger, 'received', received)
if admitted > 0 then redis.call('HINCRBY', ledger, 'admitted', admitted) end
if duplicate > 0 then redis.call('HINCRBY', ledger, 'duplicate', duplicate) end
if bots > 0 then redis.call('HINCRBY', ledger, 'rejected:bot', bots) end
return {'done', int(ms), int(admitted), int(duplicate), int(bots)}
`;

/** Makes the scripts commands of this connection. */
export function defineAdmissionScripts(redis: Redis): void {
  redis.defineCommand('registerIds', { numberOfKeys: 1, lua: registerIds });
  redis.defineCommand('admitEvents', { numberOfKeys: 1, lua: admitEvents });
}
