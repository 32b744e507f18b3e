import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-router';

export function BackToList() {
  return (
    <Link
      to="/sell"
      className="flex min-h-11 items-center gap-2 rounded-sm px-1 md:min-h-10 text-sm font-semibold whitespace-nowrap hover:text-accent"
    >
      <ArrowLeft size={16} aria-hidden /> Your listings
    </Link>
  );
}
