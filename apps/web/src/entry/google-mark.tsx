const ring = { cx: 12, cy: 12, r: 8, pathLength: 360, fill: 'none', strokeWidth: 4.4 };

/** By its colours people know whom they are sent to; they are Google's own, and the same on light and dark. */
export function GoogleMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className="size-4.5">
      {/* From the gap at the upper right, against the clock: red, yellow, green, blue. */}
      <circle {...ring} className="stroke-google-red" strokeDasharray="125 235" transform="rotate(195 12 12)" />
      <circle {...ring} className="stroke-google-yellow" strokeDasharray="60 300" transform="rotate(145 12 12)" />
      <circle {...ring} className="stroke-google-green" strokeDasharray="105 255" transform="rotate(45 12 12)" />
      <circle {...ring} className="stroke-google-blue" strokeDasharray="46 314" />
      <path d="M12 9.9h10.1v4.2H12z" className="fill-google-blue" />
    </svg>
  );
}
