import type { Redis, Result } from 'ioredis';
import { halfLifeMinutes } from './uplift.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    foldMinute(state: string, minute: number, views: string, again: string, owner: string): Result<number, Context>;
    beginFold(state: string, owner: string): Result<number, Context>;
    adoptFold(tag: string, owner: string): Result<number, Context>;
    readFold(state: string): Result<FoldAnswer, Context>;
  }
}

/** The last minute, the first with a view, then listings and numbers in turn: views, viewers lately, today and usually. */
export type FoldAnswer = [at: string, since: string, ...figures: string[][]];

/** Hours that a listing's views count as popularity, that its viewers are of today, and that both are remembered. */
export const windowHours = { views: 168, day: 24, kept: 192 };

/** Less than so much of a viewer is forgotten: after four days and a half where nobody comes. */
const leastScore = 0.05;

/**
 * Adds a minute that is over to what listings are ranked by. Only the next: who comes second, or with one that is in it, changes
 * nothing. Views and viewers of an hour that ends are put by, and leave the sums again after their time. The sums are of whole
 * numbers, so that what has come and gone leaves no trace.
 *
 * State, behind its name: `at` the last minute; `since` the first with a view; `hour` the running hour, `v` and `n` views and
 * viewers of it, `h:…` those of hours that are over (listing, views, viewers); `views` of 168 hours, `day` viewers of the last
 * 24, `usual` viewers of the 168 before those; `t` the last minute with a viewer, `t:…` the score at its end.
 * ARGV: the minute, the sets of its views and of those by viewers who had been there in this hour, whose state it has to be.
 */
const foldMinute = `
local state, minute = KEYS[1], tonumber(ARGV[1])
if ARGV[4] ~= '' and redis.call('GET', state .. ':owner') ~= ARGV[4] then
  return redis.error_reply('another rebuild has begun')
end
if minute <= tonumber(redis.call('GET', state .. ':at') or '-1') then return 0 end
local hour = math.floor(minute / 60)
local last = tonumber(redis.call('GET', state .. ':hour') or hour)

local function change(name, number, column, sign)
  local packed = redis.call('GET', state .. ':h:' .. number)
  if not packed then return end
  local flat = cmsgpack.unpack(packed)
  for i = 1, #flat, 3 do
    if flat[i + column] ~= 0 then redis.call('ZINCRBY', state .. ':' .. name, sign * flat[i + column], flat[i]) end
  end
end

if hour > last then
  local views = redis.call('ZRANGE', state .. ':v', 0, -1, 'WITHSCORES')
  if #views > 0 then
    local flat = {}
    for i = 1, #views, 2 do
      flat[#flat + 1] = views[i]
      flat[#flat + 1] = tonumber(views[i + 1])
      flat[#flat + 1] = tonumber(redis.call('ZSCORE', state .. ':n', views[i]) or 0)
    end
    redis.call('SET', state .. ':h:' .. last, cmsgpack.pack(flat))
    redis.call('DEL', state .. ':v', state .. ':n')
  end
  for number = last + 1, math.min(hour, last + ${windowHours.kept}) do
    change('views', number - ${windowHours.views}, 1, -1)
    change('day', number - ${windowHours.day}, 2, -1)
    change('usual', number - ${windowHours.day}, 2, 1)
    change('usual', number - ${windowHours.kept}, 2, -1)
    redis.call('DEL', state .. ':h:' .. (number - ${windowHours.kept}))
  end
  for _, name in ipairs({'views', 'day', 'usual'}) do redis.call('ZREMRANGEBYSCORE', state .. ':' .. name, '-inf', 0) end
end

local function add(flat, ...)
  for i = 1, #flat, 2 do
    for _, name in ipairs({...}) do redis.call('ZINCRBY', state .. ':' .. name, flat[i + 1], flat[i]) end
  end
end
local fresh = state .. ':fresh'
redis.call('ZUNIONSTORE', fresh, 2, ARGV[2], ARGV[3], 'WEIGHTS', 1, -1)
redis.call('ZREMRANGEBYSCORE', fresh, '-inf', 0)
local views = redis.call('ZRANGE', ARGV[2], 0, -1, 'WITHSCORES')
add(views, 'v', 'views')
add(redis.call('ZRANGE', fresh, 0, -1, 'WITHSCORES'), 'n', 'day')
if #views > 0 then redis.call('SET', state .. ':since', minute, 'NX') end

if redis.call('EXISTS', fresh) == 1 then
  local before = tonumber(redis.call('GET', state .. ':t') or minute)
  local from, to = state .. ':t:' .. before, state .. ':t:' .. minute
  local left = string.format('%.17g', 2 ^ ((before - minute) / ${halfLifeMinutes}))
  redis.call('ZUNIONSTORE', to, 2, from, fresh, 'WEIGHTS', left, 1)
  redis.call('ZREMRANGEBYSCORE', to, '-inf', '(${leastScore}')
  redis.call('SET', state .. ':t', minute)
  redis.call('DEL', fresh)
  if before < minute then redis.call('DEL', from) end
end
redis.call('SET', state .. ':hour', hour)
redis.call('SET', state .. ':at', minute)
return 1
`;

/** Every key of a state. */
const keysOf = `
local function keysOf(state)
  local names = {'at', 'since', 'hour', 'v', 'n', 'views', 'day', 'usual', 't', 'owner'}
  local trend = redis.call('GET', state .. ':t')
  if trend then names[#names + 1] = 't:' .. trend end
  local hour = tonumber(redis.call('GET', state .. ':hour') or '0')
  for number = hour - ${windowHours.kept}, hour do names[#names + 1] = 'h:' .. number end
  return names
end
`;

/** A state with nothing in it, which only its owner can add to: whoever begins after that is the owner then. */
const beginFold = `
${keysOf}
for _, name in ipairs(keysOf(KEYS[1])) do redis.call('DEL', KEYS[1] .. ':' .. name) end
redis.call('SET', KEYS[1] .. ':owner', ARGV[1])
return 1
`;

/**
 * Puts the state that was made anew in the place of the one that is there, unless Redis has let go of a minute that is not in it:
 * then 0. Minutes that Redis still holds are added after that, as ever.
 */
const adoptFold = `
${keysOf}
local state, anew = KEYS[1] .. ':f', KEYS[1] .. ':refold'
if redis.call('GET', anew .. ':owner') ~= ARGV[1] then return redis.error_reply('another rebuild has begun') end
local at = tonumber(redis.call('GET', anew .. ':at') or '-1')
if tonumber(redis.call('GET', KEYS[1] .. ':confirmed') or '-1') > at then return 0 end
redis.call('DEL', anew .. ':owner')
if at < 0 then return 1 end
for _, name in ipairs(keysOf(state)) do redis.call('DEL', state .. ':' .. name) end
for _, name in ipairs(keysOf(anew)) do
  if redis.call('EXISTS', anew .. ':' .. name) == 1 then redis.call('RENAME', anew .. ':' .. name, state .. ':' .. name) end
end
return 1
`;

const readFold = `
local state = KEYS[1]
local at = redis.call('GET', state .. ':at') or '-1'
local trend = redis.call('GET', state .. ':t') or '-1'
local function all(name) return redis.call('ZRANGE', state .. ':' .. name, 0, -1, 'WITHSCORES') end
return {at, redis.call('GET', state .. ':since') or '-1', all('views'), all('day'), all('usual'), all('t:' .. trend), {trend}}
`;

/** Makes the scripts commands of this connection. */
export function defineFoldScripts(redis: Redis): void {
  redis.defineCommand('foldMinute', { numberOfKeys: 1, lua: foldMinute });
  redis.defineCommand('beginFold', { numberOfKeys: 1, lua: beginFold });
  redis.defineCommand('adoptFold', { numberOfKeys: 1, lua: adoptFold });
  redis.defineCommand('readFold', { numberOfKeys: 1, lua: readFold });
}
