import { advisorApi } from '@viewora/contracts/advisor';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { type ConversationName, keepName } from './conversations.ts';

const schema = advisorApi.renameConversation.input.pick({ title: true });

interface ConversationTitleDialogProps {
  conversation: ConversationName;
  onClose: () => void;
}

export function ConversationTitleDialog({ conversation: { id, title }, onClose }: ConversationTitleDialogProps) {
  return (
    <Dialog title="Rename the conversation" onClose={onClose}>
      <Form
        schema={schema}
        send={(typed) => call(advisorApi.renameConversation, { id, ...typed })}
        onSent={(renamed) => {
          keepName({ id, title: renamed.title ?? title });
          onClose();
        }}
        footer={
          <DialogButtons>
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton pending="Saving …">Save</SubmitButton>
          </DialogButtons>
        }
      >
        <FormField name="title" label="Name" defaultValue={title} autoComplete="off" maxLength={200} />
      </Form>
    </Dialog>
  );
}
