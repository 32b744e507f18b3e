import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { FigureTable } from '../ui/figure-table.tsx';
import { isRunning } from './series-figures.ts';
import { stepText } from './step-text.ts';

const number = new Intl.NumberFormat('en-US');
const columns = ['Views', 'Visitors', 'Seen in results', 'Interested', 'In touch'];

interface SeriesTableProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  now: number;
}

export function SeriesTable({ points, granularity, now }: SeriesTableProps) {
  const rows = () =>
    points.map((point) => ({
      key: point.at,
      name: `${stepText(Date.parse(point.at), granularity)}${isRunning(point, granularity, now) ? ', so far' : ''}`,
      figures: [point.views, point.uniques, point.impressions, point.interests, point.contacts].map((figure) => ({
        text: figure === null ? 'not known' : number.format(figure),
        isKnown: figure !== null,
      })),
    }));
  return <FigureTable label="Figures over time" rowsAre="Time" columns={columns} rows={rows} />;
}
