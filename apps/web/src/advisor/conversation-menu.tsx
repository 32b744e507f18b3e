import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { useState } from 'react';
import { ConversationTitleDialog } from './conversation-title-dialog.tsx';
import type { ConversationName } from './conversations.ts';
import { removeConversation } from './removed-conversations.ts';

const itemLook =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-sm outline-none data-[highlighted]:bg-accent-soft md:min-h-10';

interface ConversationMenuProps {
  conversation: ConversationName;
  /** It is gone unless that is undone. */
  onRemoved?: () => void;
}

/** What can be done with a conversation. */
export function ConversationMenu({ conversation, onRemoved }: ConversationMenuProps) {
  const [isNaming, setIsNaming] = useState(false);
  return (
    <>
      <Radix.Root modal={false}>
        <Radix.Trigger
          aria-label={`What to do with “${conversation.title}”`}
          className="inline-grid size-11 shrink-0 place-items-center rounded-card text-muted transition-colors hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken md:size-10"
        >
          <Ellipsis size={18} aria-hidden />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            align="end"
            sideOffset={6}
            collisionPadding={12}
            className="animate-rise z-50 min-w-48 rounded-card border border-hairline bg-surface p-1.5 shadow-lift"
          >
            <Radix.Item className={itemLook} onSelect={() => setIsNaming(true)}>
              <Pencil size={16} aria-hidden /> Rename …
            </Radix.Item>
            <Radix.Item
              className={itemLook}
              onSelect={() => {
                removeConversation(conversation);
                onRemoved?.();
              }}
            >
              <Trash2 size={16} aria-hidden /> Delete
            </Radix.Item>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      {isNaming && <ConversationTitleDialog conversation={conversation} onClose={() => setIsNaming(false)} />}
    </>
  );
}
