import { Popover as Radix } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';

interface AnchoredPanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  label: string;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

/** A small open panel under a button; Escape and a click elsewhere close it, and the focus returns to the button. */
export function AnchoredPanel({ anchor, label, onClose, className = 'w-80 p-4', children }: AnchoredPanelProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          sideOffset={8}
          align="start"
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          // The button itself closes its panel; closing here as well would open it again.
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
          className={`animate-rise z-40 max-w-[calc(100vw-24px)] rounded-card border border-hairline bg-surface shadow-lift ${className}`}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
