import type { HomePlan, Tree } from './home-plan.ts';

/** The ground line: homes stand on it, drawing units from the top. */
export const groundY = 244;

export function Sky({ plan }: { plan: HomePlan }) {
  const { sunX, cloudX, visitor, hill } = plan;
  return (
    <>
      <rect width="400" height="300" className="d-sky" />
      <g className="d-star">
        <circle cx={(sunX + 120) % 400} cy="34" r="1.4" />
        <circle cx={(sunX + 190) % 400} cy="70" r="1.1" />
        <circle cx={(sunX + 250) % 400} cy="24" r="1.6" />
        <circle cx={(sunX + 320) % 400} cy="58" r="1.2" />
      </g>
      <circle cx={sunX} cy="58" r="21" className="d-sun" />
      <path
        className="d-cloud"
        d={`M${cloudX} 92a11 11 0 0 1 14-10 16 16 0 0 1 30-3 12 12 0 0 1 17 13z`}
        transform={`translate(0 ${(hill % 5) * 6 - 20})`}
      />
      {visitor === 'birds' && (
        <path
          className="d-line"
          d="M250 62q6-7 11 0q6-7 11 0M280 48q5-6 9 0q5-6 9 0M226 46q4-5 7 0q4-5 7 0"
          transform={`translate(${sunX > 200 ? -180 : 40} 0)`}
        />
      )}
      <path
        className="d-hill-far"
        d={`M0 ${196 - hill / 3}Q90 ${140 + hill} 190 ${188 - hill / 4}T400 ${168 + hill / 2}V260H0Z`}
      />
      <path
        className="d-hill-near"
        d={`M0 ${214 + hill / 6}Q120 ${176 + hill / 2} 240 216T400 ${204 - hill / 5}V270H0Z`}
      />
      <path className="d-lawn" d={`M0 ${groundY - 12}Q200 ${groundY - 22} 400 ${groundY - 12}V300H0Z`} />
    </>
  );
}

export function Trees({ trees }: { trees: readonly Tree[] }) {
  return trees.map((tree) => <TreeShape key={tree.x} {...tree} />);
}

function TreeShape({ shape, x, height, tone }: Tree) {
  const leaf = tone === 0 ? 'd-leaf-a' : 'd-leaf-b';
  const top = groundY + 6 - height;
  return (
    <g>
      <ellipse cx={x} cy={groundY + 8} rx={height * 0.3} ry="4" className="d-shadow" />
      <path className="d-trunk" d={`M${x - 3} ${groundY + 8}V${top + height * 0.4}h6V${groundY + 8}z`} />
      {shape === 'round' && (
        <>
          <circle cx={x} cy={top + height * 0.36} r={height * 0.34} className={leaf} />
          <circle cx={x - height * 0.1} cy={top + height * 0.28} r={height * 0.2} className="d-light" />
        </>
      )}
      {shape === 'cypress' && (
        <path
          className={leaf}
          d={`M${x} ${top - 8}C${x + 19} ${top + height * 0.4} ${x + 15} ${top + height * 0.86} ${x} ${top + height * 0.88}C${x - 15} ${top + height * 0.86} ${x - 19} ${top + height * 0.4} ${x} ${top - 8}Z`}
        />
      )}
      {shape === 'pine' && (
        <path
          className={leaf}
          d={`M${x} ${top - 4}l${height * 0.2} ${height * 0.34}h-7l${height * 0.12} ${height * 0.24}h-7l${height * 0.1} ${height * 0.26}H${x - height * 0.42 + 14}l${height * 0.1}-${height * 0.26}h-7l${height * 0.12}-${height * 0.24}h-7z`}
        />
      )}
    </g>
  );
}

export function Bush({ x, size }: { x: number; size: number }) {
  return (
    <path
      className="d-leaf-b"
      d={`M${x - size} ${groundY + 6}a${size * 0.55} ${size * 0.55} 0 0 1 ${size * 0.5}-${size * 0.8} ${size * 0.6} ${size * 0.6} 0 0 1 ${size}-${size * 0.05} ${size * 0.55} ${size * 0.55} 0 0 1 ${size * 0.5} ${size * 0.85}z`}
    />
  );
}

export function Fence({ from, to }: { from: number; to: number }) {
  const posts = Math.floor((to - from) / 11);
  return (
    <g className="d-fence">
      <path d={`M${from} 262H${to}M${from} 270H${to}`} strokeWidth="2" className="d-fence-rail" />
      {Array.from({ length: posts + 1 }, (_, i) => from + i * 11).map((x) => (
        <path key={x} d={`M${x} 278v-19l3-4 3 4v19z`} />
      ))}
    </g>
  );
}

export function Cat({ x }: { x: number }) {
  return (
    <path
      className="d-cat"
      d="M0 0c0-8 2-13 7-14l0-5 3 3h4l3-3v6c1 3-1 5-2 6 1 3 1 6 1 7h5c4 0 6-2 6-6 0-3-2-4-2-6 4 1 6 4 5 8-1 4-5 6-9 6H1z"
      transform={`translate(${x} 272) scale(.8)`}
    />
  );
}
