/** What the advisor is for, before anything is asked. */
export function Welcome({ level: Heading }: { level: 'h1' | 'h2' }) {
  return (
    <div>
      <Heading className="text-xl font-semibold text-balance">What are you looking for?</Heading>
      <p className="mt-2 max-w-prose text-base text-muted">
        Ask in your own words for homes, what an area costs, or whether a price is fair. Answers come from the homes and
        prices on Viewora, and say which.
      </p>
    </div>
  );
}
