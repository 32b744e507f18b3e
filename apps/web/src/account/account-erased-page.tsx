import { Link } from 'react-router';
import { EntryPage } from '../entry/entry-page.tsx';
import { buttonClass } from '../ui/button.tsx';

/** The last page of an account. */
export function AccountErasedPage() {
  return (
    <EntryPage
      title="Your account is deleted"
      lead="You are signed out everywhere, and what we kept about you is being erased. A mail says so once more. Homes can be looked at without an account."
    >
      <Link to="/" className={`${buttonClass('primary')} w-full`}>
        See homes on the map
      </Link>
    </EntryPage>
  );
}
