import { Link } from 'react-router';
import type { Schema } from '../api/field-errors.ts';
import { formatFilter } from './url-filter.ts';

export interface View {
  name: string;
  filter: object;
}

interface ViewsProps {
  /** What is looked at here, for the list's name. */
  label: string;
  views: readonly View[];
  schema: Schema;
  filter: object;
}

/** Saved views: filters with a name. What is searched for stays when the view changes. */
export function Views({ label, views, schema, filter }: ViewsProps) {
  const { q, ...rest } = filter as { q?: string };
  const current = formatFilter(schema, rest);
  return (
    <nav aria-label={label} className="scroll-quiet -mx-4 mt-5 overflow-x-auto px-4 md:mx-0 md:px-0">
      <ul className="flex border-b border-hairline">
        {views.map((view) => (
          <li key={view.name}>
            <Link
              to={{ search: formatFilter(schema, { ...view.filter, q }) }}
              aria-current={formatFilter(schema, view.filter) === current ? 'true' : undefined}
              className="-mb-px flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-muted -outline-offset-2 transition-colors hover:text-ink aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {view.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
