import { fieldErrors } from '../api/field-errors.ts';
import { formFailure } from '../api/form-failure.ts';
import { formatBytes } from './document-check.ts';
import { DocumentRow, RemoveButton, RetryButton, StopButton } from './document-row.tsx';
import type { Upload } from './use-uploads.ts';

interface UploadRowProps {
  upload: Upload;
  onRetry: () => void;
  onGiveUp: () => void;
}

/** A file on its way, or stuck on it. */
export function UploadRow({ upload: { file, share, failure }, onRetry, onGiveUp }: UploadRowProps) {
  if (failure) {
    return (
      <DocumentRow
        name={file.name}
        contentType={file.type}
        complaint={complaintOf(failure)}
        actions={
          <>
            <RetryButton name={file.name} onClick={onRetry} />
            <RemoveButton name={file.name} onClick={onGiveUp} />
          </>
        }
      >
        {formatBytes(file.size)}
      </DocumentRow>
    );
  }
  const percent = Math.round(share * 100);
  return (
    <DocumentRow name={file.name} contentType={file.type} actions={<StopButton name={file.name} onClick={onGiveUp} />}>
      <span className="flex items-center gap-3">
        <progress
          value={share}
          aria-label={`Sending ${file.name}`}
          className="h-1.5 w-40 overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        />
        {percent} %
      </span>
    </DocumentRow>
  );
}

function complaintOf(failure: Error): string {
  const [said] = Object.values(fieldErrors(failure));
  return said ? `It ${said}` : `It was not sent. ${formFailure(failure)}`;
}
