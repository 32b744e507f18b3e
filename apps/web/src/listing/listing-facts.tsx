import type { ListingDetail } from '@viewora/contracts/listing';
import type { ReactNode } from 'react';
import { AreaText } from './area-text.tsx';
import { factRows } from './fact-rows.ts';

export function ListingFacts({ listing }: { listing: ListingDetail }) {
  const { before, after } = factRows(listing);
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Facts about this home</caption>
      <tbody>
        {before.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        {listing.areaSqm !== null && (
          <Fact name="Area">
            <AreaText listing={listing} />
          </Fact>
        )}
        {after.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </tbody>
    </table>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr className="border-b border-hairline last:border-0">
      <th scope="row" className="w-2/5 py-2.5 pr-4 text-left align-top font-normal text-muted">
        {name}
      </th>
      <td className="py-2.5 break-words">{children}</td>
    </tr>
  );
}
