import type { AppError } from '@viewora/contracts/errors';
import type { ListingDetail } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { FormTextArea } from '../ui/form-text-area.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { ReportReasons } from './report-reasons.tsx';

const schema = propertyApi.report.input.pick({ reason: true, text: true });

interface ReportDialogProps {
  listing: Pick<ListingDetail, 'id' | 'title'>;
  onClose: () => void;
}

/** What is wrong with a listing, to the people who can take it down. */
export function ReportDialog({ listing, onClose }: ReportDialogProps) {
  const [isSent, setIsSent] = useState(false);
  return (
    <Dialog
      title={isSent ? 'Thank you' : 'Report this listing'}
      lead={isSent ? 'An administrator looks at it. The listing stays where it is until then.' : listing.title}
      onClose={onClose}
    >
      {isSent ? (
        <DoneButton onClose={onClose} />
      ) : (
        <Form
          schema={schema}
          send={({ reason, text }) => call(propertyApi.report, { id: listing.id, reason, ...(text && { text }) })}
          onSent={() => setIsSent(true)}
          explain={explain}
          footer={
            <SubmitButton pending="Sending …" className="w-full">
              Send the report
            </SubmitButton>
          }
        >
          <ReportReasons />
          <FormTextArea name="text" label="More about it (optional)" rows={3} />
        </Form>
      )}
      <LiveRegion message={isSent ? 'The report has been sent' : ''} />
    </Dialog>
  );
}

function DoneButton({ onClose }: { onClose: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  // What had the focus is gone with the form.
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} look="primary" className="w-full" onClick={onClose}>
      Done
    </Button>
  );
}

function explain({ code }: AppError) {
  return code === 'not_found' ? 'This home is no longer listed, so there is nothing left to report.' : undefined;
}
