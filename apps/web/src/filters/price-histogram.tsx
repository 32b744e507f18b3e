import type { Facets } from '@viewora/contracts/property';
import { Slider } from 'radix-ui';
import { useEffect, useState } from 'react';
import { formatPriceShort } from '../format/money.ts';

interface PriceHistogramProps {
  buckets: Facets['priceMinor'];
  currency: string;
  min: number | undefined;
  max: number | undefined;
  onChange: (min: number | undefined, max: number | undefined) => void;
}

/** How many homes there are at each price, with a handle at either end. The bars count from zero. */
export function PriceHistogram({ buckets, currency, min, max, onChange }: PriceHistogramProps) {
  // Handles stand on the edges between buckets; the last edge means "no maximum".
  const edges = buckets.map(({ from }) => from);
  const last = buckets.length;
  const [low, high] = [
    min === undefined ? 0 : edgeAtOrBelow(edges, min),
    max === undefined ? last : Math.max(edgeAtOrAbove(edges, max), 1),
  ];
  const [range, setRange] = useState([low, high]);
  useEffect(() => setRange([low, high]), [low, high]);
  const [from = 0, to = last] = range;
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const words = (edge: number) =>
    edge === 0 ? 'No minimum' : edge === last ? 'No maximum' : formatPriceShort(edges[edge] ?? 0, currency);

  return (
    <div className="px-2">
      <div aria-hidden className="flex h-16 items-end gap-px">
        {buckets.map(({ from: price, count }, i) => (
          <div
            key={price}
            style={{ height: `${(count / most) * 100}%` }}
            className={`min-h-px flex-1 rounded-t-[2px] transition-colors ${i >= from && i < to ? 'bg-accent' : 'bg-hairline'}`}
          />
        ))}
      </div>
      <Slider.Root
        min={0}
        max={last}
        step={1}
        minStepsBetweenThumbs={1}
        value={[from, to]}
        onValueChange={setRange}
        onValueCommit={([lowest = 0, highest = last]) =>
          onChange(lowest === 0 ? undefined : edges[lowest], highest === last ? undefined : edges[highest])
        }
        className="relative flex h-5 touch-none items-center"
      >
        <Slider.Track className="h-0.5 flex-1 bg-hairline">
          <Slider.Range className="absolute h-0.5 bg-accent" />
        </Slider.Track>
        <Handle label="Lowest price" text={words(from)} />
        <Handle label="Highest price" text={words(to)} />
      </Slider.Root>
      <p className="mt-1 flex justify-between text-xs text-muted">
        <span>{words(from)}</span>
        <span>{words(to)}</span>
      </p>
    </div>
  );
}

function Handle({ label, text }: { label: string; text: string }) {
  return (
    <Slider.Thumb
      aria-label={label}
      aria-valuetext={text}
      className="relative block size-5 rounded-full border-2 border-accent bg-surface after:absolute after:-inset-3"
    />
  );
}

function edgeAtOrBelow(edges: readonly number[], price: number): number {
  return Math.max(
    0,
    edges.findLastIndex((edge) => edge <= price),
  );
}

function edgeAtOrAbove(edges: readonly number[], price: number): number {
  const edge = edges.findIndex((candidate) => candidate >= price);
  return edge === -1 ? edges.length : edge;
}
