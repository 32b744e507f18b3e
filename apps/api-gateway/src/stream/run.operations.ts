import { command, type HttpRoute, type Operation, type Stream, stream } from '@viewora/contracts/service';
import { z } from 'zod';

type Routed<T extends Operation> = T & { http: HttpRoute };
export type StreamOperation = Routed<Stream> & { http: { runs: string } };

export function isStream(operation: Routed<Operation>): operation is StreamOperation {
  if (operation.kind !== 'stream') return false;
  if (operation.http.runs === undefined) throw new Error(`${operation.name}: where are its runs?`);
  return true;
}

const RunId = z.object({ id: z.uuid().describe('What comes before the colon in the id of each of its events') });

/** The route where a stream's runs are read on. */
export function resumeOf({ name, service, summary, access, output, http }: StreamOperation): Routed<Stream> {
  return {
    ...stream({ summary: `Read on where a connection broke: ${summary}`, access, input: RunId, output }),
    name: `${name}.resume`,
    service,
    http: { method: 'GET', path: `${http.runs}/:id/events`, rateClass: 'read', ...visitorOf(http) },
  };
}

/** The route where they are stopped. */
export function stopOf({ name, service, summary, access, http }: StreamOperation): Routed<Operation> {
  return {
    ...command({ summary: `Stop an answer that is under way: ${summary}`, access, input: RunId, output: z.object({}) }),
    name: `${name}.stop`,
    service,
    http: { method: 'DELETE', path: `${http.runs}/:id`, status: 204, rateClass: 'write', ...visitorOf(http) },
  };
}

/** Whoever asked is known there as they were. */
function visitorOf({ visitor }: HttpRoute): Pick<HttpRoute, 'visitor'> {
  return visitor ? { visitor: 'knows' } : {};
}
