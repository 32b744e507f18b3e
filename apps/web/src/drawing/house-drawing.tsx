import type { HomePlan } from './home-plan.ts';
import { Bush, groundY } from './scenery.tsx';

const storeyPx = 54;

export function HouseDrawing({ plan }: { plan: HomePlan }) {
  const { width, storeys, hasWing, isFlipped } = plan;
  const wingWidth = hasWing ? 66 : 0;
  const left = Math.round(200 - (width + wingWidth) / 2);
  const top = groundY - storeys * storeyPx - 8;
  return (
    // Mirrored about the middle, so that half of the houses have their wing on the other side.
    <g transform={isFlipped ? 'translate(400 0) scale(-1 1)' : undefined}>
      <ellipse cx="200" cy={groundY + 4} rx={(width + wingWidth) / 2 + 18} ry="7" className="d-shadow" />
      {plan.hasChimney && <Chimney x={left + width * 0.7} top={top} />}
      {hasWing && <Wing x={left + width - 6} wall={plan.wall} roof={plan.roof} />}
      <rect x={left} y={top} width={width} height={groundY - top + 4} className={`d-wall-${plan.wall}`} />
      <rect x={left} y={top} width={width} height="9" className="d-shade" />
      {plan.roofShape === 'cross' && <CrossGable plan={plan} left={left} top={top} />}
      <Roof plan={plan} left={left} top={top} />
      <Fronts plan={plan} left={left} top={top} />
      <Bush x={left + 12} size={13} />
      <Bush x={left + width - 16} size={10} />
    </g>
  );
}

interface PartProps {
  plan: HomePlan;
  left: number;
  top: number;
}

function Roof({ plan: { roofShape, roof, width, wall }, left, top }: PartProps) {
  const right = left + width;
  const rise = Math.min(64, width * 0.36);
  const color = `d-roof-${roof}`;
  if (roofShape === 'flat') {
    return <rect x={left - 9} y={top - 9} width={width + 18} height="11" className={color} />;
  }
  if (roofShape === 'gable') {
    const middle = left + width / 2;
    return (
      <>
        <path className={`d-wall-${wall}`} d={`M${left} ${top + 1}L${middle} ${top - rise + 4}L${right} ${top + 1}Z`} />
        <circle cx={middle} cy={top - rise * 0.36} r={rise * 0.14} className="d-glass" />
        <path
          className={color}
          d={`M${left - 12} ${top + 4}L${middle} ${top - rise - 6}L${right + 12} ${top + 4}l-7 6L${middle} ${top - rise + 9}L${left - 5} ${top + 10}Z`}
        />
      </>
    );
  }
  const inset = roofShape === 'hip' ? 34 : 16;
  const height = roofShape === 'hip' ? 44 : 38;
  return (
    <>
      <path
        className={color}
        d={`M${left - 12} ${top + 3}l${inset}-${height}H${right + 12 - inset}L${right + 12} ${top + 3}Z`}
      />
      <path className="d-tile" d={`M${left} ${top - 12}H${right}M${left + 8} ${top - 24}H${right - 8}`} />
      {roofShape === 'cross' && <FrontGable left={left} top={top} wall={wall} color={color} />}
    </>
  );
}

/** The part of a cross-gabled house that steps forward. */
function CrossGable({ plan: { wall }, left, top }: PartProps) {
  return (
    <>
      <rect x={left - 6} y={top} width="74" height={groundY - top + 5} className={`d-wall-${wall}`} />
      <path className="d-shade" d={`M${left + 68} ${top}h6v${groundY - top + 4}h-6z`} />
    </>
  );
}

function FrontGable({ left, top, wall, color }: { left: number; top: number; wall: number; color: string }) {
  return (
    <>
      <path className={`d-wall-${wall}`} d={`M${left - 6} ${top + 4}l37-34 37 34z`} />
      <circle cx={left + 31} cy={top - 8} r="6" className="d-glass" />
      <path className={color} d={`M${left - 15} ${top + 4}l46-43 46 43-5 6-41-38-41 38z`} />
    </>
  );
}

/** Door and windows. The door takes the place of one window on the ground floor. */
function Fronts({ plan, left, top }: PartProps) {
  const { width, windows, storeys, hasShutters, roofShape, hasPorch } = plan;
  const gap = width / windows;
  const doorAt = windows === 2 ? 1 : Math.floor(windows / 2);
  const cells = Array.from({ length: storeys * windows }, (_, i) => ({
    x: left + gap * (i % windows) + gap / 2,
    y: top + 16 + Math.floor(i / windows) * storeyPx,
    isDoor: Math.floor(i / windows) === storeys - 1 && i % windows === doorAt,
  }));
  return cells.map(({ x, y, isDoor }) =>
    isDoor ? (
      <Door key={`${x},${y}`} x={x} tone={plan.door} hasPorch={hasPorch} />
    ) : (
      <Window key={`${x},${y}`} x={x} y={y} isWide={roofShape === 'flat'} hasShutters={hasShutters && gap > 44} />
    ),
  );
}

function Window({ x, y, isWide, hasShutters }: { x: number; y: number; isWide: boolean; hasShutters: boolean }) {
  const w = isWide ? 32 : 21;
  const h = isWide ? 24 : 27;
  return (
    <>
      {hasShutters && (
        <path className="d-shutter" d={`M${x - w / 2 - 8} ${y}h7v${h}h-7zM${x + w / 2 + 1} ${y}h7v${h}h-7z`} />
      )}
      <rect x={x - w / 2} y={y} width={w} height={h} rx="1.5" className="d-glass" />
      <path
        className="d-gleam"
        d={`M${x - w / 2 + 2} ${y + h - 8}l${w - 8}-${h - 10}h5L${x - w / 2 + 2} ${y + h - 2}z`}
      />
      <path className="d-frame" d={`M${x} ${y}v${h}M${x - w / 2} ${y + h * 0.45}h${w}`} />
      <rect x={x - w / 2} y={y} width={w} height={h} rx="1.5" className="d-frame" />
      <rect x={x - w / 2 - 3} y={y + h} width={w + 6} height="3.5" className="d-trim" />
    </>
  );
}

function Door({ x, tone, hasPorch }: { x: number; tone: number; hasPorch: boolean }) {
  const top = groundY - 40;
  return (
    <>
      <path className="d-path" d={`M${x - 11} ${groundY + 3}h22l22 53h-62z`} />
      <rect x={x - 13} y={top - 3} width="26" height="46" className="d-trim" />
      <rect x={x - 10.5} y={top} width="21" height="43" className={`d-door-${tone}`} />
      <path className="d-gleam" d={`M${x - 6} ${top + 6}h12v10h-12z`} />
      <circle cx={x + 6.5} cy={top + 25} r="1.6" className="d-knob" />
      <rect x={x - 16} y={groundY + 1} width="32" height="4" className="d-step" />
      {hasPorch && (
        <>
          <path
            className="d-trim"
            d={`M${x - 25} ${top - 6}h3v${groundY - top + 8}h-3zM${x + 22} ${top - 6}h3v${groundY - top + 8}h-3z`}
          />
          <path className="d-roof-3" d={`M${x - 31} ${top - 5}l9-11h44l9 11z`} />
        </>
      )}
    </>
  );
}

function Chimney({ x, top }: { x: number; top: number }) {
  return (
    <>
      <path className="d-smoke" d={`M${x + 8} ${top - 64}c-6-8 8-10 2-19s7-9 3-17`} />
      <rect x={x} y={top - 56} width="16" height="44" className="d-brick" />
      <rect x={x - 2.5} y={top - 60} width="21" height="6" className="d-step" />
    </>
  );
}

/** A lower part of the house; with a window and not a gate, because no fact says that there is a garage. */
function Wing({ x, wall, roof }: { x: number; wall: number; roof: number }) {
  const top = groundY - 48;
  return (
    <>
      <rect x={x} y={top} width="72" height="52" className={`d-wall-${wall}`} />
      <rect x={x} y={top} width="72" height="52" className="d-shade" />
      <path className={`d-roof-${roof}`} d={`M${x - 2} ${top + 3}l4-24h54l26 24z`} />
      <Window x={x + 38} y={top + 14} isWide hasShutters={false} />
    </>
  );
}
