import { errorMessage } from '../api/error-message.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface LoadFailureProps {
  title: string;
  error: Error | null;
  /** Where there is more to say than the error does by itself. */
  said?: string;
  /** There is nothing else on the page. */
  isPage?: boolean;
  onRetry: () => unknown;
}

/** What is not here, why, and another try. */
export function LoadFailure({ title, error, said, isPage, onRetry }: LoadFailureProps) {
  return (
    <Notice
      role="alert"
      title={title}
      isPage={isPage}
      action={
        <Button look="primary" onClick={() => onRetry()}>
          Try again
        </Button>
      }
    >
      {said ?? (error && errorMessage(error))}
    </Notice>
  );
}
