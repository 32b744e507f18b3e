import { useQuery } from '@tanstack/react-query';
import { Maximize2, X } from 'lucide-react';
import { type KeyboardEvent } from 'react';
import { Link } from 'react-router';
import type { Spotlight } from '../map/spotlight.ts';
import { newConversation } from '../search/search-state.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ConversationHead, headToolLook } from './conversation-head.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { conversationQuery } from './conversations.ts';
import { Welcome } from './welcome.tsx';

interface AdvisorPanelProps {
  /** A conversation's id, or `newConversation`. */
  open: string;
  /** Of the map beside it: the card that is pointed at lifts its pin there. */
  spotlight: Spotlight;
  selected: string | null;
  onOpen: (conversation: string) => void;
  onClose: () => void;
}

/** The advisor beside a search: the same conversations as on its own page. Escape closes it; an answer goes on without it. */
export function AdvisorPanel({ open, spotlight, selected, onOpen, onClose }: AdvisorPanelProps) {
  const id = open === newConversation ? null : open;
  const { data: conversation } = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== null });
  const start = () => onOpen(newConversation);

  function onKeyDown(event: KeyboardEvent): void {
    // What opens over it has taken the key for itself.
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onClose();
  }

  return (
    <aside
      id="advisor"
      aria-label="Advisor"
      onKeyDown={onKeyDown}
      className="animate-appear absolute inset-y-0 right-0 z-30 flex w-96 flex-col border-l border-hairline bg-paper shadow-lift xl:static xl:shrink-0 xl:shadow-none"
    >
      <ConversationHead id={id} title={conversation?.title ?? null} level="h2" onStart={start} onOpen={onOpen}>
        <Link
          to={id === null ? '/advisor' : `/advisor/${id}`}
          aria-label="Open on a page of its own"
          title="Open on a page of its own"
          className="grid size-10 shrink-0 place-items-center rounded-card text-muted transition-colors hover:bg-sunken hover:text-ink"
        >
          <Maximize2 size={16} aria-hidden />
        </Link>
        <IconButton label="Close the advisor" className={headToolLook} onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </ConversationHead>
      <ConversationView
        id={id}
        spotlight={spotlight}
        selected={selected}
        onStarted={onOpen}
        onStart={start}
        welcome={<Welcome level="h2" />}
        footer={<ConversationList title="Earlier conversations" current={null} onOpen={onOpen} />}
      />
    </aside>
  );
}
