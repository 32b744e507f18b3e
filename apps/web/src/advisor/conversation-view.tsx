import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Spotlight } from '../map/spotlight.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AnswerArticle } from './answer-article.tsx';
import { answerFailure } from './answer-failure.ts';
import { ask, askAgain, stop } from './answer-runs.ts';
import { Composer } from './composer.tsx';
import { conversationQuery, isGone } from './conversations.ts';
import { FollowUps } from './follow-ups-list.tsx';
import { StarterList } from './starter-list.tsx';
import { useAnnouncement } from './use-announcement.ts';
import { useLatestInView } from './use-latest-in-view.ts';
import { useRunningAnswer } from './use-running-answer.ts';

interface ConversationViewProps {
  /** Null before anything is asked. */
  id: string | null;
  spotlight: Spotlight;
  selected: string | null;
  /** The first question makes a conversation. */
  onStarted: (id: string) => void;
  onStart: () => void;
  /** Shown above the questions to begin with. */
  welcome: ReactNode;
  /** Shown below them. */
  footer?: ReactNode;
}

/** Questions and answers, and where the next one is written. */
export function ConversationView({
  id,
  spotlight,
  selected,
  onStarted,
  onStart,
  welcome,
  footer,
}: ConversationViewProps) {
  const conversation = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== null });
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const turns = conversation.data?.turns ?? [];
  const last = turns.at(-1);
  useRunningAnswer(id, last);
  const lastKey = last && `${id}-${last.place}`;
  const scroller = useLatestInView(lastKey);
  const announcement = useAnnouncement(lastKey, last);
  useEffect(() => {
    if (hasMouse()) input.current?.focus({ preventScroll: true });
  }, []);
  const starting = useRef<AbortController>(null);
  const asking = useMutation({
    mutationFn: (question: string) => {
      starting.current = new AbortController();
      return ask(id, question, { signal: starting.current.signal });
    },
    onSuccess: (askedIn) => askedIn === id || onStarted(askedIn),
    // Not under the hands of somebody who has begun another one.
    onError: (_, question) => setText((typed) => typed || question),
  });
  const isAnswering = asking.isPending || last?.answer.state === 'answering';

  function askHere(question: string): void {
    if (isAnswering) return;
    // What was pressed may be gone with the answer before. On a phone the keyboard would cover what is said.
    (hasMouse() ? input : scroller).current?.focus({ preventScroll: true });
    setText('');
    asking.mutate(question);
  }

  function stopHere(): void {
    const askedIn = id ?? asking.data;
    if (askedIn === undefined) starting.current?.abort();
    else stop(askedIn);
  }

  if (id !== null && conversation.isError && !conversation.data) {
    return isGone(conversation.error) ? (
      <Notice
        title="This conversation is not here"
        isPage
        action={
          <Button look="primary" onClick={onStart}>
            Begin a new one
          </Button>
        }
      >
        It was deleted, or belongs to somebody else.
      </Notice>
    ) : (
      <LoadFailure
        title="The conversation could not be loaded"
        error={conversation.error}
        isPage
        onRetry={conversation.refetch}
      />
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        tabIndex={-1}
        className="scroll-quiet min-h-0 flex-1 overflow-x-clip overflow-y-auto px-5 outline-none [container-type:size]"
      >
        {id === null ? (
          <div className="grid grid-cols-1 gap-6 py-8">
            {welcome}
            <StarterList onAsk={askHere} />
            {footer}
          </div>
        ) : !conversation.data ? (
          <ConversationSkeleton />
        ) : (
          turns.map((turn) => (
            <div key={turn.place} data-turn={`${id}-${turn.place}`} className="pt-6 last:min-h-[100cqh] last:pb-6">
              <AnswerArticle
                conversationId={id}
                turn={turn}
                spotlight={spotlight}
                selected={selected}
                isLast={turn === last}
                onDrop={askHere}
                onRetry={() => askAgain(id, turn)}
              />
              {turn === last && <FollowUps answer={turn.answer} onAsk={askHere} />}
            </div>
          ))
        )}
      </div>
      <div className="border-t border-hairline bg-paper px-5 pt-3 pb-[calc(6px+env(safe-area-inset-bottom))]">
        {asking.isError && asking.error.name !== 'AbortError' && (
          <div className="pb-3">
            <FormFailure error={asking.error} said={answerFailure(asking.error, 'failed')} />
          </div>
        )}
        <Composer
          input={input}
          text={text}
          isAnswering={isAnswering}
          onChange={setText}
          onAsk={askHere}
          onStop={stopHere}
        />
      </div>
      <LiveRegion message={announcement} />
    </div>
  );
}

function hasMouse(): boolean {
  return matchMedia('(pointer: fine)').matches;
}

function ConversationSkeleton() {
  return (
    <div role="status" className="grid gap-4 pt-6">
      <span className="sr-only">Loading the conversation</span>
      <Skeleton className="ml-auto h-11 w-3/5 rounded-card!" />
      <Skeleton className="h-8 w-2/5" />
      <Skeleton className="h-52 rounded-card!" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-5 w-3/5" />
    </div>
  );
}
