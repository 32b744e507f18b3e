import type { Panel, Plot } from '../ui/chart-paths.ts';

interface Band {
  lower: number;
  upper: number;
}

const round = (px: number) => Math.round(px * 10) / 10;
/** Half the width of a band that stands alone. */
const alonePx = 3;

/** An area between two figures of each step; what is not known interrupts it. */
export function bandPath(plot: Plot, panel: Panel, top: number, bands: readonly (Band | null)[]): string {
  const x = (i: number) => round(plot.left + ((i + 0.5) / plot.steps) * plot.width);
  const y = (figure: number) => round(panel.top + panel.height * (1 - figure / top));
  return runsOf(bands)
    .map((run) => {
      const [only] = run;
      if (run.length === 1 && only) {
        const [left, right] = [x(only.i) - alonePx, x(only.i) + alonePx];
        return `M${left} ${y(only.upper)}H${right}V${y(only.lower)}H${left}Z`;
      }
      const over = run.map(({ i, upper }) => `${x(i)} ${y(upper)}`);
      const back = run.toReversed().map(({ i, lower }) => `${x(i)} ${y(lower)}`);
      return `M${[...over, ...back].join('L')}Z`;
    })
    .join('');
}

/** Steps in a row whose band is known. */
function runsOf(bands: readonly (Band | null)[]): (Band & { i: number })[][] {
  const runs: (Band & { i: number })[][] = [];
  for (const [i, band] of bands.entries()) {
    if (!band) continue;
    if (i > 0 && bands[i - 1]) runs.at(-1)?.push({ ...band, i });
    else runs.push([{ ...band, i }]);
  }
  return runs;
}
