// Writes a sample market beside its import map: `node bench/sample.cli.ts FILE.csv ROWS`.
import { writeFile } from 'node:fs/promises';
import { sampleMap, writeSample } from './market.sample.ts';

const [file, rows] = process.argv.slice(2);
if (file === undefined || !Number(rows)) throw new Error('node bench/sample.cli.ts FILE.csv ROWS');
await writeSample(file, { rows: Number(rows) });
await writeFile(file.replace(/\.csv$/, '.map.json'), JSON.stringify(sampleMap));
