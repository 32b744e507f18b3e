import type { AnalyticsCheck } from '@viewora/contracts/analytics-check';
import { registry } from '@viewora/service-kit/metrics';
import { Counter } from 'prom-client';

const problems = new Counter({
  name: 'viewora_archive_problems_total',
  help: 'Minutes, or stretches of them, that the archive lacks or that do not agree with themselves',
  labelNames: ['kind'],
  registers: [registry],
});
const figures = new Counter({
  name: 'viewora_figures_checked_total',
  help: 'Figures held to the archive, by what was found',
  labelNames: ['outcome'],
  registers: [registry],
});

export function countCheck({ problems: found, figures: { compared, wrong, repaired } }: AnalyticsCheck): void {
  for (const { kind } of found) problems.inc({ kind });
  figures.inc({ outcome: 'right' }, compared - wrong);
  figures.inc({ outcome: 'repaired' }, repaired);
  figures.inc({ outcome: 'left' }, wrong - repaired);
}
