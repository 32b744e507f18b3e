import { Heart } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { pressHeart } from './saved-homes.ts';
import { useIsSaved } from './use-saved.ts';

interface HeartButtonProps {
  id: string;
  /** Of the home: for whoever hears the button, there are many of it. */
  title: string;
}

function useHeart({ id, title }: HeartButtonProps) {
  const isSaved = useIsSaved(id);
  return {
    isSaved,
    press: {
      type: 'button',
      'aria-pressed': isSaved,
      'aria-label': `Save ${title}`,
      onClick: () => void pressHeart(id, isSaved),
    } as const,
  };
}

function HeartIcon({ isSaved }: { isSaved: boolean }) {
  return <Heart size={18} aria-hidden className={isSaved ? 'fill-accent text-accent' : ''} />;
}

/** On the corner of a picture. Beside the picture's link and not in it: a link's name is what it leads to. */
export function HeartButton(props: HeartButtonProps) {
  const { isSaved, press } = useHeart(props);
  return (
    <button {...press} className="group/heart absolute top-0 right-0 grid size-13 place-items-center rounded-card">
      <span className="grid size-9 place-items-center rounded-full bg-surface transition-colors group-hover/heart:bg-sunken">
        <HeartIcon isSaved={isSaved} />
      </span>
    </button>
  );
}

/** The same with its word, which stays: that it is pressed is said of it, and shown by the heart. */
export function SaveButton(props: HeartButtonProps) {
  const { isSaved, press } = useHeart(props);
  return (
    <button {...press} className={`${buttonClass()} aria-pressed:border-accent`}>
      <HeartIcon isSaved={isSaved} /> Save
    </button>
  );
}
