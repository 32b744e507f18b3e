import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Map as MapIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Spotlight } from '../map/spotlight.ts';
import { parseId } from '../search/search-state.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import { AdvisorMap } from './advisor-map.tsx';
import { ConversationHead, headToolLook } from './conversation-head.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { conversationQuery, homesOf } from './conversations.ts';
import { Welcome } from './welcome.tsx';

const skipTargets = [{ id: 'conversation', label: 'Skip to the conversation' }];

/** The advisor with a page to itself: the conversation, and beside it the map with the homes of the latest answer. */
export function AdvisorPage() {
  const id = parseId(useParams().conversationId ?? null);
  const navigate = useNavigate();
  const isWide = useMediaQuery(wideQuery);
  const [spotlight] = useState(() => new Spotlight());
  const [selected, setSelected] = useState<string | null>(null);
  const [isMapWanted, setIsMapWanted] = useState(false);
  const { data: conversation } = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== null });
  const homes = homesOf(conversation);
  const title = conversation?.title;
  useEffect(() => {
    document.title = `${title ?? 'Ask about homes'} – Viewora`;
  }, [title]);
  const start = () => navigate('/advisor');
  const open = (opened: string) => navigate(`/advisor/${opened}`);
  // On a phone there is room for one of the two.
  const isMapAlone = !isWide && isMapWanted && homes.length > 0;
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main className="flex min-h-0 flex-1">
        <section
          id="conversation"
          tabIndex={-1}
          aria-label="Conversation"
          hidden={isMapAlone}
          className="flex min-w-0 flex-1 flex-col outline-none md:max-w-3xl md:min-w-96 md:border-r md:border-hairline [[hidden]]:hidden"
        >
          {id !== null && (
            <ConversationHead id={id} title={title ?? null} level="h1" onStart={start} onOpen={open}>
              {!isWide && homes.length > 0 && (
                <IconButton
                  label="Show the homes on the map"
                  className={headToolLook}
                  onClick={() => setIsMapWanted(true)}
                >
                  <MapIcon size={18} aria-hidden />
                </IconButton>
              )}
            </ConversationHead>
          )}
          <ConversationView
            id={id}
            spotlight={spotlight}
            selected={selected}
            onStarted={open}
            onStart={start}
            welcome={<Welcome level="h1" />}
            footer={<ConversationList title="Earlier conversations" current={null} onOpen={open} />}
          />
        </section>
        {(isWide || isMapAlone) && (
          <section aria-label="Map" className="relative min-w-0 flex-1">
            <AdvisorMap homes={homes} spotlight={spotlight} selected={selected} onPick={setSelected} />
            {isMapAlone && (
              <Button className="absolute top-3 left-3" onClick={() => setIsMapWanted(false)}>
                <ArrowLeft size={16} aria-hidden /> Back to the answer
              </Button>
            )}
          </section>
        )}
      </main>
    </>
  );
}
