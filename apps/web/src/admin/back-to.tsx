import { ArrowLeft } from 'lucide-react';
import { Link, useLocation, useNavigate } from 'react-router';

const look =
  '-ml-1 mb-3 flex min-h-11 w-fit items-center gap-2 rounded-sm px-1 md:min-h-10 text-sm font-semibold hover:text-accent';

/** Back to the list as it was left; for whoever came by a link, to the list. */
export function BackTo({ to, name }: { to: string; name: string }) {
  const navigate = useNavigate();
  const { key } = useLocation();
  const content = (
    <>
      <ArrowLeft size={16} aria-hidden /> {name}
    </>
  );
  // The first page of a visit has this key: there is nothing to go back to.
  if (key === 'default')
    return (
      <Link to={to} className={look}>
        {content}
      </Link>
    );
  return (
    <button type="button" className={look} onClick={() => navigate(-1)}>
      {content}
    </button>
  );
}
