import type { HomePlan } from './home-plan.ts';
import { Bush, groundY } from './scenery.tsx';

const floorPx = 35;
const columnPx = 38;

/** A block of flats: a picture of the kind, since how tall it is nobody has said. */
export function FlatDrawing({ plan: { floors, columns, wall, roof, door, hill } }: { plan: HomePlan }) {
  const width = columns * columnPx + 22;
  const left = 200 - width / 2;
  const height = floors * floorPx + 12;
  const top = groundY - height;
  const cells = Array.from({ length: floors * columns }, (_, i) => ({
    x: left + 11 + (i % columns) * columnPx + columnPx / 2,
    y: top + 13 + Math.floor(i / columns) * floorPx,
    floor: Math.floor(i / columns),
    column: i % columns,
  }));
  const entrance = Math.floor(columns / 2);
  return (
    <>
      <path
        className="d-town"
        d={`M${left - 62} ${groundY}V${150 + hill / 2}h50V${groundY}zM${left + width + 10} ${groundY}V${132 + hill}h56V${groundY}z`}
      />
      <ellipse cx="200" cy={groundY + 4} rx={width / 2 + 16} ry="6" className="d-shadow" />
      <rect x={left} y={top} width={width} height={height + 4} className={`d-wall-${wall}`} />
      <path className="d-shade" d={`M${left + width - 14} ${top}h14v${height + 4}h-14z`} />
      <rect x={left - 5} y={top - 7} width={width + 10} height="10" className={`d-roof-${roof}`} />
      <path className={`d-roof-${roof}`} d={`M${left + 22} ${top - 7}v-15h26v15z`} />
      {cells.map(({ x, y, floor, column }) =>
        floor === floors - 1 && column === entrance ? (
          <Entrance key={`${x},${y}`} x={x} tone={door} />
        ) : (
          <g key={`${x},${y}`}>
            <rect x={x - 10} y={y} width="20" height="20" rx="1" className="d-glass" />
            <path className="d-frame" d={`M${x} ${y}v20`} />
            <rect x={x - 10} y={y} width="20" height="20" rx="1" className="d-frame" />
            {(column + floor) % 2 === 0 && floor < floors - 1 && <Balcony x={x} y={y + 15} />}
          </g>
        ),
      )}
      <Bush x={left + 8} size={13} />
      <Bush x={left + width - 6} size={15} />
    </>
  );
}

function Balcony({ x, y }: { x: number; y: number }) {
  return (
    <>
      <rect x={x - 15} y={y + 8} width="30" height="3" className="d-step" />
      <path className="d-rail" d={`M${x - 14} ${y}h28M${x - 14} ${y}v8m7-8v8m7-8v8m7-8v8m7-8v8`} />
    </>
  );
}

function Entrance({ x, tone }: { x: number; tone: number }) {
  return (
    <>
      <path className="d-path" d={`M${x - 10} ${groundY + 3}h20l20 53h-60z`} />
      <rect x={x - 10} y={groundY - 30} width="20" height="34" className={`d-door-${tone}`} />
      <path className="d-frame" d={`M${x} ${groundY - 28}v30`} />
      <rect x={x - 16} y={groundY - 36} width="32" height="5" className="d-trim" />
    </>
  );
}

/** Land, staked out. */
export function PlotDrawing({ plan: { hill } }: { plan: HomePlan }) {
  const stakes = [
    [112, 214],
    [292, 212],
    [352, 274],
    [48, 276],
  ] as const;
  return (
    <>
      <path className="d-plot" d="M112 216L292 214L352 276L48 278Z" />
      <path className="d-furrow" d="M128 226L280 224M112 240L300 238M92 256L322 254" />
      <path className="d-rope" d="M112 206L292 204L352 264L48 266Z" />
      {stakes.map(([x, y]) => (
        <g key={x}>
          <rect x={x - 3} y={y - 16} width="6" height="22" className="d-trunk" />
          <path className="d-flag" d={`M${x + 3} ${y - 16}l13 4-13 5z`} />
        </g>
      ))}
      <g transform={`translate(${150 + hill} 0)`}>
        <rect x="0" y="186" width="5" height="56" className="d-trunk" />
        <rect x="44" y="186" width="5" height="56" className="d-trunk" />
        <rect x="-6" y="178" width="61" height="32" rx="2" className="d-trim" />
        <path className="d-frame-dark" d="M4 190h40M4 198h26" />
      </g>
    </>
  );
}

/** A shop front with its awning. */
export function ShopDrawing({ plan: { wall, roof, door } }: { plan: HomePlan }) {
  const stripes = Array.from({ length: 9 }, (_, i) => i);
  return (
    <>
      <ellipse cx="200" cy={groundY + 4} rx="128" ry="6" className="d-shadow" />
      <rect x="84" y="124" width="232" height="124" className={`d-wall-${wall}`} />
      <rect x="76" y="114" width="248" height="13" className={`d-roof-${roof}`} />
      <rect x="104" y="136" width="192" height="20" rx="3" className="d-trim" />
      <path className="d-frame-dark" d="M124 146h88" />
      <rect x="100" y="178" width="118" height="58" rx="2" className="d-glass" />
      <path className="d-gleam" d="M108 232l42-50h16l-44 50z" />
      <rect x="100" y="178" width="118" height="58" rx="2" className="d-frame" />
      <path className="d-path" d="M244 247h44l16 53h-76z" />
      <rect x="244" y="180" width="44" height="67" className={`d-door-${door}`} />
      <rect x="250" y="187" width="32" height="36" className="d-glass" />
      {stripes.map((i) => (
        <path
          key={i}
          className={i % 2 === 0 ? `d-door-${door}` : 'd-trim'}
          d={`M${92 + i * 24} 162h24v13a12 9 0 0 1-24 0z`}
        />
      ))}
      <Bush x={92} size={11} />
    </>
  );
}
