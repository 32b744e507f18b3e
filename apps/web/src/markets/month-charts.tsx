import type { MarketMonth } from '@viewora/contracts/market';
import type { ReactNode } from 'react';
import { plural } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { Chart } from '../ui/chart.tsx';
import { barsPath, linePath, type Panel, type Plot } from '../ui/chart-paths.ts';
import { Axis, PointedStep, StepChart, Ticks, TipRow, TipTitle } from '../ui/step-chart.tsx';
import { bandPath } from './band-path.ts';
import { axisAround, inventoryAnswer, perAreaAnswer, priceAnswer, saleAnswer } from './market-months.ts';
import {
  areaUnitText,
  daysText,
  monthText,
  perAreaMinor,
  perAreaText,
  shortMonthText,
  spreadText,
  tooFew,
  wholePriceText,
} from './market-words.ts';

const heightPx = 232;
const leftPx = 52;
const tickRoomPx = 56;
const panel: Panel = { top: 10, height: 186 };
const inventoryPanel: Panel = { top: 10, height: 96 };
const comingPanel: Panel = { top: 136, height: 30 };
const goingPanel: Panel = { top: 168, height: 30 };

interface ChartsProps {
  months: readonly MarketMonth[];
  currency: string;
}

/** Four questions about a market, answered month by month. */
export function MonthCharts({ months, currency }: ChartsProps) {
  const unit = areaUnitText(currency);
  return (
    <div className="mt-6 grid gap-x-12 gap-y-9 lg:grid-cols-2">
      <Chart question="What is asked for homes that come on the market?" answer={priceAnswer(months, currency)}>
        {hasAny(months, ({ priceMinor }) => priceMinor.value) && (
          <>
            <Key>
              <KeyLine /> Median price
              <span aria-hidden className="ml-3 size-2.5 rounded-[2px] bg-accent-soft" /> Half are in this band
            </Key>
            <LineChart
              label="Median price by month"
              months={months}
              of={({ priceMinor }) => priceMinor.value}
              band={({ priceMinor: { lower, upper } }) => (lower === null || upper === null ? null : { lower, upper })}
              axisText={(figure) => formatPriceShort(figure, currency)}
              tip={({ priceMinor }) => (
                <>
                  <TipRow name="Median">
                    {priceMinor.value === null ? tooFew : wholePriceText(priceMinor.value, currency)}
                  </TipRow>
                  {priceMinor.lower !== null && priceMinor.upper !== null && (
                    <TipRow name="Half are in">
                      {formatPriceShort(priceMinor.lower, currency)}–{formatPriceShort(priceMinor.upper, currency)}
                    </TipRow>
                  )}
                  <TipRow name="Homes">{priceMinor.of}</TipRow>
                </>
              )}
              spoken={({ priceMinor }) =>
                [
                  priceMinor.value === null ? tooFew : `median ${wholePriceText(priceMinor.value, currency)}`,
                  spreadText(priceMinor, currency),
                  `of ${plural(priceMinor.of, 'home')}`,
                ]
                  .filter((part) => part !== null)
                  .join(', ')
              }
            />
          </>
        )}
      </Chart>
      <Chart question={`What is asked per ${unit}?`} answer={perAreaAnswer(months, currency)}>
        {hasAny(months, ({ pricePerSqmMinor }) => pricePerSqmMinor.value) && (
          <>
            <Key>
              <KeyLine /> Median per {unit}
            </Key>
            <LineChart
              label={`Median price per ${unit} by month`}
              months={months}
              of={({ pricePerSqmMinor: { value } }) => (value === null ? null : perAreaMinor(value, currency))}
              axisText={(figure) => wholePriceText(figure, currency)}
              tip={({ pricePerSqmMinor: { value, of } }) => (
                <>
                  <TipRow name={`Per ${unit}`}>{value === null ? tooFew : perAreaText(value, currency)}</TipRow>
                  <TipRow name="Homes">{of}</TipRow>
                </>
              )}
              spoken={({ pricePerSqmMinor: { value, of } }) =>
                `${value === null ? tooFew : `${perAreaText(value, currency)} per ${unit}`}, of ${plural(of, 'home')}`
              }
            />
          </>
        )}
      </Chart>
      <Chart question="How many homes are there?" answer={inventoryAnswer(months)}>
        <Key>
          <span aria-hidden className="size-2.5 rounded-[2px] bg-accent" /> On the market at the month’s end
        </Key>
        <InventoryChart months={months} />
      </Chart>
      <Chart question="How long does a sale take?" answer={saleAnswer(months)}>
        {hasAny(months, ({ daysToSale }) => daysToSale.value) && (
          <>
            <Key>
              <KeyLine /> Median days from coming on the market to the sale
            </Key>
            <LineChart
              label="Days to sale by month"
              months={months}
              of={({ daysToSale }) => daysToSale.value}
              axisText={(figure) => `${Math.round(figure * 10) / 10} d`}
              tip={({ daysToSale }) => (
                <>
                  <TipRow name="Median">{daysText(daysToSale)}</TipRow>
                  <TipRow name="Homes sold">{daysToSale.of}</TipRow>
                </>
              )}
              spoken={({ daysToSale }) => `${daysText(daysToSale)}, of ${plural(daysToSale.of, 'home')} sold`}
            />
          </>
        )}
      </Chart>
    </div>
  );
}

function hasAny(months: readonly MarketMonth[], of: (month: MarketMonth) => number | null): boolean {
  return months.some((month) => of(month) !== null);
}

function Key({ children }: { children: ReactNode }) {
  return <p className="mb-1 flex flex-wrap items-center gap-1.5 text-xs text-muted">{children}</p>;
}

function KeyLine() {
  return <span aria-hidden className="h-0.75 w-4 rounded-full bg-accent" />;
}

interface LineChartProps {
  label: string;
  months: readonly MarketMonth[];
  of: (month: MarketMonth) => number | null;
  band?: (month: MarketMonth) => { lower: number; upper: number } | null;
  axisText: (figure: number) => string;
  tip: (month: MarketMonth) => ReactNode;
  spoken: (month: MarketMonth) => string;
}

/** A figure by month. What is not known interrupts the line. */
function LineChart({ label, months, of, band = () => null, axisText, tip, spoken }: LineChartProps) {
  const figures = months.map(of);
  const bands = months.map(band);
  const { bottom, top } = axisAround(
    [...figures, ...bands.flatMap((part) => (part ? [part.lower, part.upper] : []))].filter(
      (figure) => figure !== null,
    ),
  );
  const above = (figure: number | null) => (figure === null ? null : figure - bottom);
  return (
    <MonthChart
      label={label}
      months={months}
      tip={tip}
      spoken={spoken}
      drawing={(plot, index) => {
        const pointed = index === null ? null : (figures[index] ?? null);
        return (
          <>
            <Axis plot={plot} panel={panel} parts={2} text={(share) => axisText(bottom + (top - bottom) * share)} />
            <path
              d={bandPath(
                plot,
                panel,
                top - bottom,
                bands.map((part) => part && { lower: part.lower - bottom, upper: part.upper - bottom }),
              )}
              className="fill-accent-soft"
            />
            <path
              d={linePath(plot, panel, top - bottom, figures.map(above))}
              fill="none"
              strokeWidth={2.5}
              strokeLinecap="round"
              strokeLinejoin="round"
              className="stroke-accent"
            />
            {index !== null && pointed !== null && (
              <circle
                cx={plot.left + ((index + 0.5) / plot.steps) * plot.width}
                cy={panel.top + panel.height * (1 - (pointed - bottom) / (top - bottom))}
                r={4.5}
                strokeWidth={2.5}
                className="fill-surface stroke-accent"
              />
            )}
          </>
        );
      }}
    />
  );
}

/** What is there, and below it what comes, upwards, and what goes, downwards: on one scale, so that the two compare. */
function InventoryChart({ months }: { months: readonly MarketMonth[] }) {
  const inventory = months.map((month) => month.inventory);
  const [coming, going] = [months.map(({ newListings }) => newListings), months.map(({ sold }) => sold)];
  const { top } = axisAround([0, ...inventory]);
  const mostMoves = Math.max(1, ...coming, ...going);
  return (
    <MonthChart
      label="Homes on the market by month"
      months={months}
      tip={(month) => (
        <>
          <TipRow name="On the market">{month.inventory.toLocaleString('en-US')}</TipRow>
          <TipRow name="New">{month.newListings.toLocaleString('en-US')}</TipRow>
          <TipRow name="Sold">{month.sold.toLocaleString('en-US')}</TipRow>
        </>
      )}
      spoken={({ inventory, newListings, sold }) => `${inventory} on the market, ${newListings} new, ${sold} sold`}
      drawing={(plot) => (
        <>
          <Axis plot={plot} panel={inventoryPanel} parts={2} text={(share) => compact.format(top * share)} />
          <path d={barsPath(plot, inventoryPanel, top, inventory)} className="fill-accent" />
          <text x={plot.left - 8} y={comingPanel.top + 20} textAnchor="end" className="fill-muted text-xs">
            New
          </text>
          <text x={plot.left - 8} y={goingPanel.top + 20} textAnchor="end" className="fill-muted text-xs">
            Sold
          </text>
          <path d={barsPath(plot, comingPanel, mostMoves, coming)} className="fill-edge" />
          <line
            x1={plot.left}
            x2={plot.left + plot.width}
            y1={goingPanel.top - 1}
            y2={goingPanel.top - 1}
            className="stroke-hairline"
          />
          {/* The same bars, hung from the line. */}
          <g transform={`matrix(1 0 0 -1 0 ${2 * goingPanel.top + goingPanel.height})`}>
            <path d={barsPath(plot, goingPanel, mostMoves, going)} className="fill-ink" />
          </g>
        </>
      )}
    />
  );
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact' });

interface MonthChartProps {
  label: string;
  months: readonly MarketMonth[];
  tip: (month: MarketMonth) => ReactNode;
  spoken: (month: MarketMonth) => string;
  drawing: (plot: Plot, index: number | null) => ReactNode;
}

function MonthChart({ label, months, tip, spoken, drawing }: MonthChartProps) {
  return (
    <StepChart
      label={label}
      steps={months.length}
      heightPx={heightPx}
      leftPx={leftPx}
      spoken={(index) => {
        const month = months[index];
        return month ? `${monthText(month.month)}: ${spoken(month)}` : 'Nothing';
      }}
      tip={(index) => {
        const month = months[index];
        return (
          month && (
            <>
              <TipTitle>{monthText(month.month)}</TipTitle>
              {tip(month)}
            </>
          )
        );
      }}
      drawing={(plot, index) => (
        <svg aria-hidden width={plot.left + plot.width} height={heightPx} className="block">
          <PointedStep plot={plot} index={index} heightPx={panel.top + panel.height} />
          {drawing(plot, index)}
          <Ticks plot={plot} y={heightPx - 10} ticks={monthTicks(months, Math.floor(plot.width / tickRoomPx))} />
        </svg>
      )}
    />
  );
}

/** Every so many months, counted from the end: what is newest is looked for first. */
function monthTicks(months: readonly MarketMonth[], most: number): { index: number; text: string }[] {
  const every = [1, 2, 3, 6, 12].find((count) => months.length / count <= most) ?? 12;
  const shown = months
    .map(({ month }, index) => ({ month, index }))
    .filter(({ index }) => (months.length - 1 - index) % every === 0);
  return shown.map(({ month, index }, i) => {
    const isNewYear = shown[i - 1]?.month.slice(0, 4) !== month.slice(0, 4);
    return { index, text: shortMonthText(month, isNewYear) };
  });
}
