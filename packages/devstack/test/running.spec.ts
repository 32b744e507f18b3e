import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '../src/identity.ts';
import { findRunning, RunningNote } from '../src/running.ts';
import { settingsFrom } from '../src/settings.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'viewora-running-'));
  await mkdir(home, { recursive: true });
});

afterEach(() => rm(home, { recursive: true, force: true }));

const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

async function leaveNote(processes: { name: string; pid: number; identity: string }[]): Promise<void> {
  const owner = { name: 'devstack', pid: 999_999_999, identity: 'long gone' };
  await writeFile(join(home, 'running.json'), JSON.stringify({ owner, processes }));
}

test('what a killed stack left running is ended by the next', async () => {
  const stray = sleeper();
  const pid = stray.pid ?? 0;
  await leaveNote([{ name: 'redis', pid, identity: (await processIdentity(pid)) ?? '' }]);
  const [[, signal]] = await Promise.all([once(stray, 'exit'), RunningNote.take(settingsFrom({ VIEWORA_HOME: home }))]);
  expect(signal).toBe('SIGTERM');
});

test("a process that merely has a stray's number is left alone", async () => {
  const stranger = sleeper();
  await leaveNote([{ name: 'redis', pid: stranger.pid ?? 0, identity: 'another process, started earlier' }]);
  await RunningNote.take(settingsFrom({ VIEWORA_HOME: home }));
  expect(stranger.exitCode).toBeNull();
  expect(stranger.signalCode).toBeNull();
  stranger.kill('SIGKILL');
});

test('the note says who runs and where', async () => {
  await RunningNote.take(settingsFrom({ VIEWORA_HOME: home, WEB_PORT: '5999' }));
  const note = JSON.parse(await readFile(join(home, 'running.json'), 'utf8'));
  expect(note).toMatchObject({ owner: { pid: process.pid }, web: 'http://localhost:5999', ports: { web: 5999 } });
});

test('processes noted at once are all noted', async () => {
  const note = await RunningNote.take(settingsFrom({ VIEWORA_HOME: home }));
  await Promise.all(Array.from({ length: 8 }, (_, index) => note.add(`app ${index}`, process.pid)));
  expect((await findRunning(home))?.processes).toHaveLength(8);
});
