// Questions to the advisor over the public interface, and its answers held against SQL over the facts: `npm run eval`. `--update` keeps the
// figures as the new baseline; `--faults` lists what is not as it should be; `--only SET` asks a set alone. With GOOGLE_API_KEY the same is asked of Gemini.
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@viewora/devstack/settings';
import { startFakeGemini } from '@viewora/testkit/gemini';
import { startPlatform } from '@viewora/testkit/platform';
import { Facts } from './facts.ts';
import { importHostileListings, judgeHostileListings } from './hostile-listings.ts';
import type { Judged } from './judge.ts';
import { kingCountyQuestions } from './questions/king-county.questions.ts';
import { printReport, type Report, scoresOf, shortfalls, tooFew } from './report.ts';
import { askAll, type Evaluated, impatient, judgeDegradation, sets } from './sets.ts';
import { Visitors } from './visitors.ts';

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const degradation = 'degradation';
const hostile = 'hostile listings';
const hostileModel = 'hostile listings, model';
const kingCounty = 'King County';
const known = [...Object.keys(sets), degradation, hostile, hostileModel, kingCounty];
const unknown = values.only?.filter((name) => !known.includes(name)) ?? [];
if (unknown.length > 0) throw new Error(`There is no set ${unknown.join('; ')}; there are ${known.join('; ')}`);
const withModel = process.env.GOOGLE_API_KEY !== undefined;
const baselineFile = join(import.meta.dirname, withModel ? 'baseline.gemini.json' : 'baseline.json');
const dataDir = process.env.VIEWORA_DATA_DIR;
const isAsked = (name: string) => values.only?.includes(name) ?? true;
/** Everything is asked from one address. */
const unlimited = { RATE_LIMIT_QUESTION: '1000000', RATE_LIMIT_WRITE: '1000000', RATE_LIMIT_READ: '1000000' };

interface Started extends Evaluated {
  importListings: (csv: string, map: string) => Promise<void>;
  stop: () => Promise<void>;
}

async function start(settings: Record<string, string> = {}): Promise<Started> {
  const { webUrl, own, stop } = await startPlatform({ ...unlimited, ...settings });
  if (!own) throw new Error('a platform that is there has facts that nobody knows');
  const facts = await Facts.open(own.databaseUrl);
  return {
    visitors: new Visitors(webUrl),
    facts,
    importListings: own.importListings,
    stop: () => facts.close().then(stop),
  };
}

async function evaluate(): Promise<Record<string, Judged[]>> {
  const judged: Record<string, Judged[]> = {};
  const platform = await start();
  try {
    for (const [name, run] of Object.entries(sets)) if (isAsked(name)) judged[name] = await run(platform);
    if (!withModel && (isAsked(degradation) || isAsked(hostileModel)))
      Object.assign(judged, await evaluateModel(platform));
    if (isAsked(hostile)) {
      await addHostileListings(platform);
      judged[hostile] = await judgeHostileListings(platform);
    }
    if (!isAsked(kingCounty)) return judged;
    if (dataDir === undefined) console.log('King County is left out: VIEWORA_DATA_DIR names no folder with its file');
    else {
      const map = join(repositoryRoot, 'packages', 'devstack', 'demo', 'king-county.map.json');
      await platform.importListings(join(dataDir, 'king-county.csv'), map);
      await platform.facts.refresh();
      judged[kingCounty] = await askAll(kingCountyQuestions)(platform);
    }
  } finally {
    await platform.stop();
  }
  return judged;
}

/** What is asked where there is a model, and it is a hostile or an obedient one. */
async function evaluateModel(plain: Started): Promise<Record<string, Judged[]>> {
  const judged: Record<string, Judged[]> = {};
  const gemini = await startFakeGemini();
  try {
    const platform = await start({ ...gemini.environment, ...impatient });
    try {
      if (isAsked(degradation)) judged[degradation] = await judgeDegradation(platform, gemini, plain.visitors);
      if (isAsked(hostileModel)) {
        await addHostileListings(platform);
        judged[hostileModel] = await judgeHostileListings(platform, gemini);
      }
    } finally {
      await platform.stop();
    }
  } finally {
    await gemini.stop();
  }
  return judged;
}

async function addHostileListings({ importListings, facts }: Started): Promise<void> {
  await importHostileListings(importListings);
  await facts.refresh();
}

const judged = await evaluate();
const report: Report = Object.fromEntries(Object.entries(judged).map(([name, all]) => [name, scoresOf(all)]));
printReport(report);
if (values.faults)
  for (const { text, faults } of Object.values(judged).flat())
    if (faults.length > 0) console.log(`${text}\n  ${faults.join('\n  ')}`);
const hasBaseline = await access(baselineFile).then(
  () => true,
  () => false,
);
const baseline: Report = hasBaseline ? JSON.parse(await readFile(baselineFile, 'utf8')) : {};
/** What this run has no means to ask, or was not to, stays as it was. */
const isLeftOut = (name: string) => !isAsked(name) || (name === kingCounty && dataDir === undefined);
const [kept, before] = [true, false].map((isOut) =>
  Object.fromEntries(Object.entries(baseline).filter(([name]) => isLeftOut(name) === isOut)),
);
const beside = [degradation, hostile, hostileModel, kingCounty];
const worse = [
  ...shortfalls(report, values.update ? {} : (before ?? {})),
  ...(values.only ? [] : tooFew(report, beside)),
];
for (const line of worse) console.log(`✗ ${line}`);
if (values.update) await writeFile(baselineFile, `${JSON.stringify({ ...kept, ...report }, null, 2)}\n`);
const failed = new Set(worse.map((line) => line.split(':', 1)[0]));
const passed = Object.keys(report).filter((name) => !failed.has(name)).length;
console.log(`\n${passed} passed, ${failed.size} failed`);
process.exitCode = failed.size === 0 ? 0 : 1;
