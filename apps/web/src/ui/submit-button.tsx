import { type ReactNode, use } from 'react';
import { Button } from './button.tsx';
import { FormContext } from './form.tsx';

interface SubmitButtonProps {
  children: ReactNode;
  /** What it says while the form is on its way. */
  pending: string;
  className?: string;
}

/** Sends its form. Not disabled meanwhile, for then the focus would be lost; the form itself goes out only once. */
export function SubmitButton({ children, pending, className }: SubmitButtonProps) {
  const { isPending } = use(FormContext);
  return (
    <Button
      look="primary"
      type="submit"
      aria-disabled={isPending}
      className={`aria-disabled:opacity-70 ${className ?? ''}`}
    >
      {isPending ? pending : children}
    </Button>
  );
}
