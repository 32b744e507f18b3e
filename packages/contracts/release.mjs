// Writes what this release's contracts understand to src/released.json; run it when a release goes out (`pnpm release`).
// compatibility.spec.ts then holds the next one to it.
import { writeFileSync } from 'node:fs';
import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import { analyticsApi } from '@viewora/contracts/analytics';
import { propertyApi } from '@viewora/contracts/property';
import { z } from 'zod';

const schemaOf = (schema, io) => z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const released = {};
for (const { operations } of [accountsApi, advisorApi, analyticsApi, propertyApi]) {
  for (const operation of Object.values(operations)) {
    released[operation.name] =
      operation.kind === 'event'
        ? { output: schemaOf(operation.payload, 'output') }
        : { input: schemaOf(operation.input, 'input'), output: schemaOf(operation.output, 'output') };
  }
}
writeFileSync(new URL('src/released.json', import.meta.url), `${JSON.stringify(released, null, 2)}\n`);
