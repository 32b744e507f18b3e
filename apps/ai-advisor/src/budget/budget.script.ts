import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    reserveBudget(keyCount: number, ...args: (string | number)[]): Result<number, Context>;
    settleBudget(keyCount: number, ...args: (string | number)[]): Result<number, Context>;
  }
}

/** Two days: the day itself, and the end of what was held on it. */
const keptMs = 2 * 24 * 3_600_000;

const time = `
local clock = redis.call('TIME')
local nowMs = clock[1] * 1000 + math.floor(clock[2] / 1000)
`;

/**
 * KEYS: for each budget a hash (`tokens`, `microUsd` spent, `heldTokens`, `heldMicroUsd` reserved) and a sorted set of its
 * reservations by when they lapse. What has lapsed is given back first; then all budgets hold the amount, or none does.
 * ARGV: the reservation (`id:tokens:microUsd`; empty to ask only whether it could be), tokens, micro-USD, how long it holds, then tokens and micro-USD of each budget.
 * Answers 0, or the number of the first budget that has too little left.
 */
const reserveBudget = `
${time}
local tokens, micro = tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 1, #KEYS, 2 do
  for _, held in ipairs(redis.call('ZRANGEBYSCORE', KEYS[i + 1], '-inf', string.format('%.0f', nowMs))) do
    local lapsedTokens, lapsedMicro = string.match(held, ':(%d+):(%d+)$')
    redis.call('HINCRBY', KEYS[i], 'heldTokens', -lapsedTokens)
    redis.call('HINCRBY', KEYS[i], 'heldMicroUsd', -lapsedMicro)
    redis.call('ZREM', KEYS[i + 1], held)
  end
end
for i = 1, #KEYS, 2 do
  local used = redis.call('HMGET', KEYS[i], 'tokens', 'microUsd', 'heldTokens', 'heldMicroUsd')
  local usedTokens = (tonumber(used[1]) or 0) + (tonumber(used[3]) or 0)
  local usedMicro = (tonumber(used[2]) or 0) + (tonumber(used[4]) or 0)
  if usedTokens + tokens > tonumber(ARGV[i + 4]) or usedMicro + micro > tonumber(ARGV[i + 5]) then
    return (i + 1) / 2
  end
end
if ARGV[1] == '' then return 0 end
for i = 1, #KEYS, 2 do
  redis.call('HINCRBY', KEYS[i], 'heldTokens', tokens)
  redis.call('HINCRBY', KEYS[i], 'heldMicroUsd', micro)
  redis.call('ZADD', KEYS[i + 1], string.format('%.0f', nowMs + ARGV[4]), ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ${keptMs})
  redis.call('PEXPIRE', KEYS[i + 1], ${keptMs})
end
return 0
`;

/** Puts what was used in the place of what was held; it counts also where the reservation has lapsed. ARGV: the reservation, tokens and micro-USD held, tokens and micro-USD used. */
const settleBudget = `
for i = 1, #KEYS, 2 do
  if redis.call('ZREM', KEYS[i + 1], ARGV[1]) == 1 then
    redis.call('HINCRBY', KEYS[i], 'heldTokens', -ARGV[2])
    redis.call('HINCRBY', KEYS[i], 'heldMicroUsd', -ARGV[3])
  end
  redis.call('HINCRBY', KEYS[i], 'tokens', ARGV[4])
  redis.call('HINCRBY', KEYS[i], 'microUsd', ARGV[5])
  redis.call('PEXPIRE', KEYS[i], ${keptMs})
end
return 0
`;

/** Makes the scripts commands of this connection. */
export function defineBudgetScripts(redis: Redis): void {
  redis.defineCommand('reserveBudget', { lua: reserveBudget });
  redis.defineCommand('settleBudget', { lua: settleBudget });
}
