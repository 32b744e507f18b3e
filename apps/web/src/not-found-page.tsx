import { useEffect } from 'react';
import { Link } from 'react-router';
import { buttonClass } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { PageHeader } from './ui/page-header.tsx';

interface NotFoundPageProps {
  title?: string;
  text?: string;
}

export function NotFoundPage({
  title = 'There is no page here',
  text = 'The address may be mistyped, or what was here is gone.',
}: NotFoundPageProps) {
  useEffect(() => {
    document.title = `${title} – Viewora`;
  }, [title]);
  return (
    <>
      <PageHeader />
      <main className="grid flex-1 place-items-center">
        <Notice
          title={title}
          isPage
          action={
            <Link to="/" className={buttonClass('primary')}>
              See homes on the map
            </Link>
          }
        >
          {text}
        </Notice>
      </main>
    </>
  );
}
