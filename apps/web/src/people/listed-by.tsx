import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { profileQuery } from '../api/people-queries.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Avatar } from './avatar.tsx';
import { RoleLine } from './role-line.tsx';

/** Whose listing it is. Where they have no profile any more, nothing: the home is what the page is about. */
export function ListedBy({ ownerId }: { ownerId: string }) {
  const profile = useQuery(profileQuery(ownerId));
  if (profile.isPending) return <Skeleton className="mt-5 h-11" />;
  if (!profile.data) return null;
  return (
    <Link to={`/people/${ownerId}`} className="group mt-5 flex min-h-11 items-center gap-3 rounded-sm">
      <Avatar name={profile.data.name} className="size-10 text-sm" />
      <span className="min-w-0">
        <span className="block truncate text-sm font-semibold underline-offset-4 group-hover:underline">
          Listed by {profile.data.name}
        </span>
        <RoleLine profile={profile.data} />
      </span>
    </Link>
  );
}
