import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { Archive, Ellipsis, ExternalLink, Handshake, Pencil, Store, Tag } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Link } from 'react-router';
import { actionsOf, missingOf, type RowAction } from './listing-moves.ts';
import { movesButtonId } from './moves-button.ts';

const looks: Record<RowAction, { label: string; Icon: typeof Archive }> = {
  publish: { label: 'Publish', Icon: Store },
  price: { label: 'Change the price …', Icon: Tag },
  sold: { label: 'Mark as sold …', Icon: Handshake },
  archive: { label: 'Archive', Icon: Archive },
  relist: { label: 'Put back on the market', Icon: Store },
};

const itemLook =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-sm outline-none data-[highlighted]:bg-accent-soft md:min-h-10';

interface MoveMenuProps {
  listing: OwnListingItem;
  onAct: (action: RowAction) => void;
}

/** What can be done with a listing now. */
export function MoveMenu({ listing, onAct }: MoveMenuProps) {
  const { id, status, title } = listing;
  const isIncomplete = missingOf(listing).length > 0;
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger
        id={movesButtonId(id)}
        aria-label={`What to do with “${title}”`}
        className="inline-grid size-11 place-items-center rounded-card border border-hairline bg-surface transition-colors hover:bg-sunken data-[state=open]:bg-sunken md:size-10"
      >
        <Ellipsis size={18} aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="animate-rise z-40 min-w-56 rounded-card border border-hairline bg-surface p-1.5 shadow-lift"
        >
          {status !== 'sold' && (
            <Radix.Item asChild className={itemLook}>
              <Link to={`/sell/${id}/edit`}>
                <Pencil size={16} aria-hidden /> {status === 'draft' ? 'Go on writing' : 'Edit'}
              </Link>
            </Radix.Item>
          )}
          {status === 'published' && !listing.isBlocked && (
            <Radix.Item asChild className={itemLook}>
              <Link to={`/homes/${id}`}>
                <ExternalLink size={16} aria-hidden /> See it as buyers do
              </Link>
            </Radix.Item>
          )}
          {actionsOf(listing).map((action) => {
            const { label, Icon } = looks[action];
            // What is missing is said, and can be given, where it is written.
            const isElsewhere = isIncomplete && (action === 'publish' || action === 'relist');
            return isElsewhere ? (
              <Radix.Item key={action} asChild className={itemLook}>
                <Link to={`/sell/${id}/edit?step=review`}>
                  <Icon size={16} aria-hidden /> {label} …
                </Link>
              </Radix.Item>
            ) : (
              <Radix.Item key={action} className={itemLook} onSelect={() => onAct(action)}>
                <Icon size={16} aria-hidden /> {label}
              </Radix.Item>
            );
          })}
          {status === 'sold' && (
            <Radix.Item asChild className={itemLook}>
              <Link to={`/sell/${id}/edit?step=review`}>
                <ExternalLink size={16} aria-hidden /> Look at it
              </Link>
            </Radix.Item>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
