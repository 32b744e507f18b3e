import '@fontsource-variable/inter/index.css';
import '../src/theme/theme.css';
import { createRoot } from 'react-dom/client';
import type { HomePlan } from '../src/drawing/home-plan.ts';
import { HouseDrawing } from '../src/drawing/house-drawing.tsx';
import { groundY, Trees } from '../src/drawing/scenery.tsx';

const plain: HomePlan = {
  type: 'house',
  wall: 0,
  roof: 0,
  door: 0,
  roofShape: 'gable',
  storeys: 1,
  width: 150,
  windows: 3,
  hasWing: false,
  hasChimney: false,
  hasShutters: false,
  hasPorch: false,
  hasFence: false,
  isFlipped: false,
  floors: 3,
  columns: 3,
  trees: [],
  hill: 0,
  sunX: 0,
  cloudX: 0,
  visitor: null,
};

const street: { x: number; plan: HomePlan }[] = [
  { x: 172, plan: { ...plain, roof: 3, door: 1, width: 156, hasChimney: true, hasShutters: true, hasPorch: true } },
  {
    x: 424,
    plan: { ...plain, wall: 4, roof: 1, door: 3, storeys: 2, width: 136, roofShape: 'hip', hasShutters: true },
  },
  { x: 718, plan: { ...plain, wall: 3, roof: 2, door: 2, width: 144, windows: 2, roofShape: 'flat', hasWing: true } },
  {
    x: 1022,
    plan: { ...plain, wall: 1, roof: 0, door: 1, width: 164, storeys: 2, roofShape: 'cross', hasChimney: true },
  },
];

const trees: HomePlan['trees'] = [
  { x: 8, shape: 'round', height: 92, tone: 0 },
  { x: 268, shape: 'cypress', height: 78, tone: 1 },
  { x: 492, shape: 'pine', height: 96, tone: 1 },
  { x: 782, shape: 'round', height: 84, tone: 0 },
  { x: 1018, shape: 'cypress', height: 92, tone: 1 },
];

const scale = 1.14;
const ground = 566;

/** What a messenger shows beside a link: a street of the houses that the page draws, under the name. */
function LinkPreview() {
  return (
    <svg viewBox="0 0 1200 630" width="1200" height="630" aria-hidden className="drawing bg-paper">
      <circle cx="1040" cy="112" r="46" className="d-sun" />
      <path className="d-hill-far" d="M0 462Q260 372 560 446T1200 402V630H0Z" />
      <path className="d-hill-near" d="M0 510Q330 444 700 502T1200 476V630H0Z" />
      <path className="d-lawn" d={`M0 ${ground - 14}Q600 ${ground - 30} 1200 ${ground - 14}V630H0Z`} />
      <g transform={`translate(0 ${ground - groundY * scale}) scale(${scale})`}>
        <Trees trees={trees} />
      </g>
      {street.map(({ x, plan }) => (
        <g key={x} transform={`translate(${x - 200 * scale} ${ground - groundY * scale}) scale(${scale})`}>
          <HouseDrawing plan={plan} />
        </g>
      ))}
      <g transform="translate(80 72)">
        <rect width="84" height="84" rx="21" className="fill-accent" />
        <path
          d="M7 15.5 16 8l9 7.5V24a1 1 0 0 1-1 1h-5v-6h-6v6H8a1 1 0 0 1-1-1z"
          transform="scale(2.625)"
          className="fill-on-accent"
        />
        <text x="110" y="66" fontSize="72" className="fill-ink font-semibold" letterSpacing="-1.5">
          Viewora
        </text>
        <text x="0" y="142" fontSize="32" className="fill-muted">
          Homes on a map, with prices and their history
        </text>
      </g>
    </svg>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<LinkPreview />);
