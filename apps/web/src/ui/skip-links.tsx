/** For whoever tabs: past the filters, straight to the homes. */
export function SkipLinks({ targets }: { targets: readonly { id: string; label: string }[] }) {
  return (
    <nav aria-label="Skip to" className="absolute top-0 left-0 z-50">
      {targets.map(({ id, label }) => (
        <a
          key={id}
          href={`#${id}`}
          // The address bar holds the search; a fragment would be noise in it.
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(id)?.focus();
          }}
          className="sr-only rounded-br-card bg-surface text-sm font-semibold focus:not-sr-only focus:absolute focus:px-4 focus:py-3 focus:whitespace-nowrap"
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
