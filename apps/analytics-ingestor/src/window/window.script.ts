import type { Redis, Result } from 'ioredis';
import { clock } from '../event/admission.script.ts';
import { letters } from '../event/measure.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    closeWindows(tag: string): Result<[ms: string, minutes: string[], hours: string[], days: string[]], Context>;
    confirmMinute(tag: string, minute: number, ...listings: string[]): Result<number, Context>;
    confirmHour(tag: string, hour: number): Result<number, Context>;
    confirmDay(tag: string, day: number): Result<number, Context>;
    readRunning(tag: string, listing: string): Result<[ms: string, ...figures: string[]], Context>;
  }
}

const letterList = `{${letters.map((letter) => `'${letter}'`).join(', ')}}`;

/**
 * Moves the clock on, so that nothing can be added any more to minutes before its own, and says which of those are still here,
 * and which hours and days wait to be summed up: only those of which no minute, or hour, is still to come.
 */
const closeWindows = `
${clock}
redis.call('SET', tag .. ':clock', int(ms))
local minute = math.floor(ms / 60000)
local open = redis.call('ZRANGEBYSCORE', tag .. ':open', '-inf', minute - 1)
local first = tonumber(open[1] or minute)
local hours = redis.call('ZRANGEBYSCORE', tag .. ':hours', '-inf', math.floor(first / 60) - 1)
local firstHour = tonumber(redis.call('ZRANGE', tag .. ':hours', 0, 0)[1] or math.floor(first / 60))
local firstDay = math.floor(math.min(firstHour, math.floor(first / 60)) / 24)
local days = redis.call('ZRANGEBYSCORE', tag .. ':days', '-inf', firstDay - 1)
return {int(ms), open, hours, days}
`;

/**
 * Lets go of a minute that is safe elsewhere: its counts, its share of the stream, its hour's viewers in nine days; its ledger goes into the sum. Only the oldest,
 * only once, and only when listings are ranked by it. ARGV: the minute, and the listings of which the hour has to be summed up.
 */
const confirmMinute = `
local tag = KEYS[1]
local minute = ARGV[1]
if redis.call('ZRANGE', tag .. ':open', 0, 0)[1] ~= minute then return 0 end
if tonumber(redis.call('GET', tag .. ':f:at') or '-1') < tonumber(minute) then return 0 end
redis.call('SET', tag .. ':confirmed', minute)
redis.call('ZREM', tag .. ':open', minute)
local lines = redis.call('HGETALL', tag .. ':l:' .. minute)
for i = 1, #lines, 2 do redis.call('HINCRBY', tag .. ':ledger', lines[i], lines[i + 1]) end
redis.call('DEL', tag .. ':l:' .. minute)
for _, letter in ipairs(${letterList}) do redis.call('DEL', tag .. ':w:' .. minute .. ':' .. letter) end
redis.call('DEL', tag .. ':a:' .. minute)
redis.call('XTRIM', tag .. ':s', 'MINID', string.format('%.0f-0', (minute + 1) * 60000))
if #ARGV > 1 then
  local hour = math.floor(minute / 60)
  redis.call('ZADD', tag .. ':hours', hour, hour)
  for i = 2, #ARGV do
    redis.call('SADD', tag .. ':p:' .. hour, ARGV[i])
    redis.call('EXPIRE', tag .. ':h:' .. hour .. ':' .. ARGV[i], 777600, 'NX')
  end
end
return 1
`;

const confirmHour = `
local tag = KEYS[1]
local hour = ARGV[1]
if redis.call('ZREM', tag .. ':hours', hour) == 0 then return 0 end
local day = math.floor(hour / 24)
redis.call('ZADD', tag .. ':days', day, day)
redis.call('SUNIONSTORE', tag .. ':pd:' .. day, tag .. ':pd:' .. day, tag .. ':p:' .. hour)
redis.call('DEL', tag .. ':p:' .. hour)
return 1
`;

const confirmDay = `
local tag = KEYS[1]
redis.call('DEL', tag .. ':pd:' .. ARGV[1])
return redis.call('ZREM', tag .. ':days', ARGV[1])
`;

/** A listing's figures of all minutes that Redis still holds, as minute, letter and number; before them the time. */
const readRunning = `
${clock}
local answer = {int(ms)}
for _, minute in ipairs(redis.call('ZRANGE', tag .. ':open', 0, -1)) do
  for _, letter in ipairs(${letterList}) do
    local number = redis.call('ZSCORE', tag .. ':w:' .. minute .. ':' .. letter, ARGV[1])
    if number then
      answer[#answer + 1] = minute
      answer[#answer + 1] = letter
      answer[#answer + 1] = number
    end
  end
end
return answer
`;

/** Makes the scripts commands of this connection. */
export function defineWindowScripts(redis: Redis): void {
  redis.defineCommand('closeWindows', { numberOfKeys: 1, lua: closeWindows });
  redis.defineCommand('confirmMinute', { numberOfKeys: 1, lua: confirmMinute });
  redis.defineCommand('confirmHour', { numberOfKeys: 1, lua: confirmHour });
  redis.defineCommand('confirmDay', { numberOfKeys: 1, lua: confirmDay });
  redis.defineCommand('readRunning', { numberOfKeys: 1, lua: readRunning });
}
