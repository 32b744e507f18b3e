import type { Redis, Result } from 'ioredis';
import { bodyField, envelopeField } from './envelope.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    admitRequests(requests: string, replicas: string, ...args: (string | number)[]): Result<number[], Context>;
    admitRun(
      requests: string,
      replicas: string,
      run: string,
      backlogLimit: number,
      envelope: string,
      body: string,
      owner: string,
      ttlMs: number,
      bodyHash: string,
    ): Result<number, Context>;
    heartbeat(replicas: string, replicaId: string, ttlMs: number): Result<number, Context>;
    renewLeases(stream: string, group: string, consumer: string, ...ids: string[]): Result<string[], Context>;
    claimOwn(stream: string, group: string, consumer: string, ...ids: string[]): Result<unknown[], Context>;
    leaveGroup(stream: string, group: string, consumer: string): Result<number, Context>;
    sweepConsumers(stream: string, group: string, idleMs: number): Result<number, Context>;
    trimEvents(events: string, maxAgeMs: number): Result<number, Context>;
    recordOnce(
      key: string,
      ttlMs: number,
      fingerprint: string,
      reply: string,
      commands: string,
    ): Result<string, Context>;
  }
}

/** What became of a request at the door. */
export const admission = { admitted: 0, backlogFull: 1, noReplica: 2, alreadyRunning: 3 } as const;

const time = `
local clock = redis.call('TIME')
local nowMs = clock[1] * 1000 + math.floor(clock[2] / 1000)
`;

const door = `
${time}
local backlog = redis.call('XLEN', KEYS[1])
local alive = redis.call('ZCOUNT', KEYS[2], '(' .. string.format('%.0f', nowMs), '+inf') > 0
`;

/**
 * Checks and appends in one step and one round trip, all requests of a tick together. A command is queued also when
 * nobody is alive to take it, anything else is refused: nobody would wait for the answer.
 * ARGV: backlog limit, then kind, envelope and body of each request.
 */
const admitRequests = `
${door}
local limit = tonumber(ARGV[1])
local answers = {}
for i = 2, #ARGV, 3 do
  if backlog >= limit then
    answers[#answers + 1] = 1
  elseif ARGV[i] ~= 'command' and not alive then
    answers[#answers + 1] = 2
  else
    redis.call('XADD', KEYS[1], '*', '${envelopeField}', ARGV[i + 1], '${bodyField}', ARGV[i + 2])
    backlog = backlog + 1
    answers[#answers + 1] = 0
  end
end
return answers
`;

/** As above, for one run. The run's stream opens with its owner, so that a reader can tell "queued" from "unknown". */
const admitRun = `
if redis.call('EXISTS', KEYS[3]) == 1 then return 3 end
${door}
if backlog >= tonumber(ARGV[1]) then return 1 end
if not alive then return 2 end
redis.call('XADD', KEYS[3], '0-1', 'owner', ARGV[4], 'body', ARGV[6])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('XADD', KEYS[1], '*', '${envelopeField}', ARGV[2], '${bodyField}', ARGV[3])
return 0
`;

/** Says "alive until", forgets whoever died a minute ago, and answers with Redis's time for the replica's clock. */
const heartbeat = `
${time}
redis.call('ZADD', KEYS[1], string.format('%.0f', nowMs + ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', nowMs - 60000))
return nowMs
`;

/**
 * Renews the leases that are still ours and names those that another replica has taken. A plain XCLAIM would take them
 * back, and the message would run twice to its end.
 */
const renewLeases = `
local lost = {}
for i = 3, #ARGV do
  local entry = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
  if entry then
    if entry[2] == ARGV[2] then
      redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'JUSTID')
    else
      lost[#lost + 1] = ARGV[i]
    end
  end
end
return lost
`;

/** Delivers to a replica again what is pending under its own name, and only that. */
const claimOwn = `
local entries = {}
for i = 3, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
  if pending and pending[2] == ARGV[2] then
    entries[#entries + 1] = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i])[1]
  end
end
return entries
`;

/** Deleting a consumer drops what it still holds, so one that holds something stays for others to claim from. */
const leaveGroup = `
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return 1
`;

/** Replicas that were killed never leave; their consumers go once everything they held was claimed. */
const sweepConsumers = `
local swept = 0
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local fields = {}
  for i = 1, #consumer, 2 do fields[consumer[i]] = consumer[i + 1] end
  if fields.pending == 0 and fields.idle > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], fields.name)
    swept = swept + 1
  end
end
return swept
`;

/**
 * Trims an event stream by age, and never past what every group has acknowledged. Ids are compared as pairs of numbers.
 * A stream nobody has subscribed to is trimmed by age alone.
 */
const trimEvents = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
${time}
local function parse(id)
  local ms, seq = string.match(id, '^(%d+)-?(%d*)$')
  return tonumber(ms), tonumber(seq) or 0
end
local keepMs, keepSeq = nowMs - ARGV[1], 0
local function keepFrom(ms, seq)
  if ms < keepMs or (ms == keepMs and seq < keepSeq) then keepMs, keepSeq = ms, seq end
end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local fields = {}
  for i = 1, #group, 2 do fields[group[i]] = group[i + 1] end
  if fields.pending > 0 then
    keepFrom(parse(redis.call('XPENDING', KEYS[1], fields.name)[2]))
  end
  local ms, seq = parse(fields['last-delivered-id'])
  keepFrom(ms, seq + 1)
end
return redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f-%.0f', keepMs, keepSeq))
`;

/** Runs the effect's commands and records the reply under the key; a repeat finds the reply and runs nothing. */
const recordOnce = `
local seen = redis.call('GET', KEYS[1])
if seen then return seen end
for _, command in ipairs(cjson.decode(ARGV[4])) do redis.call(unpack(command)) end
local record = ARGV[2] .. '\\n' .. ARGV[3]
redis.call('SET', KEYS[1], record, 'PX', ARGV[1])
return record
`;

/** Makes the scripts commands of this connection; ioredis sends their hash and falls back to the text. */
export function defineScripts(redis: Redis): void {
  redis.defineCommand('admitRequests', { numberOfKeys: 2, lua: admitRequests });
  redis.defineCommand('admitRun', { numberOfKeys: 3, lua: admitRun });
  redis.defineCommand('heartbeat', { numberOfKeys: 1, lua: heartbeat });
  redis.defineCommand('renewLeases', { numberOfKeys: 1, lua: renewLeases });
  redis.defineCommand('claimOwn', { numberOfKeys: 1, lua: claimOwn });
  redis.defineCommand('leaveGroup', { numberOfKeys: 1, lua: leaveGroup });
  redis.defineCommand('sweepConsumers', { numberOfKeys: 1, lua: sweepConsumers });
  redis.defineCommand('trimEvents', { numberOfKeys: 1, lua: trimEvents });
  redis.defineCommand('recordOnce', { numberOfKeys: 1, lua: recordOnce });
}
