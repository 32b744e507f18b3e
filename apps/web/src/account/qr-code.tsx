import { encode } from 'uqr';

/** The quiet zone that scanners look for (ISO/IEC 18004). */
const borderModules = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: borderModules });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="size-52 rounded-sm bg-qr-paper fill-qr-ink"
    >
      <path d={dark.join('')} />
    </svg>
  );
}
