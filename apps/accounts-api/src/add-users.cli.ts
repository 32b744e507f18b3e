import { readFile } from 'node:fs/promises';
import { AppError } from '@viewora/contracts/errors';
import { roles } from '@viewora/contracts/service';
import { Email, NewPassword, PersonName } from '@viewora/contracts/user';
import { bootCommand } from '@viewora/service-kit/boot';
import { parseInput } from '@viewora/service-kit/errors';
import { z } from 'zod';
import { AppModule } from './app.module.ts';
import { env } from './env.ts';
import { UserService } from './user/user.service.ts';

/**
 * Makes accounts that nobody can register: the first administrator, and the demo market's people. The passwords are in a file and
 * not in the call, which others on the machine could read. Who is there already stays as they are.
 */
const usage = `node dist/add-users.cli.js FILE.json

  FILE.json   [{"email": "…", "name": "…", "role": "${roles.join('|')}", "password": "…"}]`;

const Users = z.array(z.object({ email: Email, name: PersonName, role: z.enum(roles), password: NewPassword })).min(1);

async function main([file, ...rest]: string[]): Promise<number> {
  if (file === undefined || rest.length > 0) {
    console.error(usage);
    return 2;
  }
  const users = parseInput(Users, JSON.parse(await readFile(file, 'utf8')));
  const app = await bootCommand(AppModule, env);
  try {
    const people = app.get(UserService);
    let added = 0;
    for (const user of users) if (await people.addTrusted(user)) added++;
    console.log(`added ${added}, known ${users.length - added}`);
    return 0;
  } finally {
    await app.close();
  }
}

function describe(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  return [error.message, ...(error.details.errors ?? []).map(({ path, message }) => `  ${path} ${message}`)].join('\n');
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(describe(error));
  return 1;
});
