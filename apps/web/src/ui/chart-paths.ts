/** Where steps stand side by side, px. */
export interface Plot {
  left: number;
  width: number;
  steps: number;
}

/** Where figures rise from zero, px. */
export interface Panel {
  top: number;
  height: number;
}

const widestGapPx = 4;
/** Of the smallest size, about. */
const letterPx = 6.5;
const round = (px: number) => Math.round(px * 10) / 10;

/** A bar for each figure; where there are too many for gaps they stand shoulder to shoulder. */
export function barsPath(plot: Plot, panel: Panel, top: number, figures: readonly number[]): string {
  const stepPx = plot.width / plot.steps;
  const gap = stepPx < 4 ? 0 : Math.min(widestGapPx, stepPx * 0.25);
  const bottom = panel.top + panel.height;
  return figures
    .map((figure, i) => {
      if (figure === 0) return '';
      const x = plot.left + i * stepPx + gap / 2;
      // What is there is seen, however small beside the rest.
      const height = Math.max(1, (figure / top) * panel.height);
      return `M${round(x)} ${bottom}V${round(bottom - height)}H${round(x + stepPx - gap)}V${bottom}Z`;
    })
    .join('');
}

/** A line through the middle of each step; what is not known interrupts it. */
export function linePath(plot: Plot, panel: Panel, top: number, figures: readonly (number | null)[]): string {
  const stepPx = plot.width / plot.steps;
  return figures
    .map((figure, i) => {
      if (figure === null) return '';
      const x = round(plot.left + (i + 0.5) * stepPx);
      const y = round(panel.top + panel.height * (1 - figure / top));
      const isFirst = (figures[i - 1] ?? null) === null;
      // A point without neighbours is a line of no length, which its round ends make a dot.
      return isFirst ? `M${x} ${y}h0` : `L${x} ${y}`;
    })
    .join('');
}

/** Where a step's name stands: below its middle, but for the last ones, which would be cut at the edge of the picture. */
export function labelPlace(plot: Plot, index: number, text: string): { x: number; textAnchor: 'middle' | 'end' } {
  const right = plot.left + plot.width;
  const x = round(plot.left + ((index + 0.5) / plot.steps) * plot.width);
  const isCut = x + (text.length * letterPx) / 2 > right;
  return isCut ? { x: right, textAnchor: 'end' } : { x, textAnchor: 'middle' };
}
