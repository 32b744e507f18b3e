import { History, SquarePen } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationMenu } from './conversation-menu.tsx';

interface ConversationHeadProps {
  /** Null before anything is asked: then there is only what is around it. */
  id: string | null;
  title: string | null;
  /** The page's own heading, or one of its parts'. */
  level: 'h1' | 'h2';
  onStart: () => void;
  onOpen: (id: string) => void;
  /** More tools, at the end. */
  children?: ReactNode;
}

export const headToolLook = 'border-transparent! bg-transparent text-muted hover:bg-sunken hover:text-ink';

/** What the conversation is called and what can be done with it, the others, and the way to a new one. */
export function ConversationHead({ id, title, level: Heading, onStart, onOpen, children }: ConversationHeadProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isListOpen, setIsListOpen] = useState(false);
  return (
    <div className="flex items-center gap-1 border-b border-hairline py-2 pr-2 pl-5">
      {id === null ? (
        <p className="mr-auto text-sm text-muted">Advisor</p>
      ) : title === null ? (
        <Skeleton className="mr-auto h-5 w-40" />
      ) : (
        <Heading className="min-w-0 flex-1 truncate text-base font-semibold">{title}</Heading>
      )}
      {id !== null && (
        <>
          {title !== null && <ConversationMenu conversation={{ id, title }} onRemoved={onStart} />}
          <IconButton
            ref={anchor}
            label="Your conversations"
            aria-haspopup="dialog"
            aria-expanded={isListOpen}
            className={headToolLook}
            onClick={() => setIsListOpen(!isListOpen)}
          >
            <History size={18} aria-hidden />
          </IconButton>
          <IconButton label="New conversation" className={headToolLook} onClick={onStart}>
            <SquarePen size={18} aria-hidden />
          </IconButton>
        </>
      )}
      {children}
      {isListOpen && (
        <AnchoredPanel
          anchor={anchor}
          label="Your conversations"
          onClose={() => setIsListOpen(false)}
          className="w-96 p-2"
        >
          <div className="scroll-quiet max-h-[60dvh] overflow-y-auto">
            <ConversationList
              current={id}
              onLeft={() => {
                setIsListOpen(false);
                onStart();
              }}
              onOpen={(opened) => {
                setIsListOpen(false);
                onOpen(opened);
              }}
            />
          </div>
        </AnchoredPanel>
      )}
    </div>
  );
}
