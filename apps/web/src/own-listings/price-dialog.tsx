import { useMutation } from '@tanstack/react-query';
import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { Dialog } from 'radix-ui';
import { type FormEvent, useRef, useState } from 'react';
import { call } from '../api/api-client.ts';
import { fieldErrors } from '../api/field-errors.ts';
import { listingChanged, showInLists } from '../api/own-listing-queries.ts';
import { formatPrice, parsePrice } from '../format/money.ts';
import { failureText } from '../selling/failure-text.ts';
import { PriceHint } from '../selling/price-hint.tsx';
import { Button } from '../ui/button.tsx';
import { FormContext } from '../ui/form.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { FormField } from '../ui/form-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';

interface PriceDialogProps {
  listing: OwnListingItem;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** A new price for what is on the market. It goes to the history, so it is set at once and as a whole. */
export function PriceDialog({ listing, onClose, onDone }: PriceDialogProps) {
  const { id, title, currency, priceMinor: before } = listing;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(before === null ? '' : formatPrice(before, currency));
  const [complaint, setComplaint] = useState<string>();
  const priceMinor = parsePrice(text, currency);
  const setting = useMutation({
    mutationFn: (price: number) => call(propertyApi.changePrice, { id, priceMinor: price }),
    onSuccess: async (changed) => {
      showInLists(id, () => changed);
      onDone(`The price of “${changed.title}” is ${formatPrice(changed.priceMinor ?? 0, currency)} now.`);
      onClose();
      await listingChanged(changed);
    },
    onError: (error) => refuse(fieldErrors(error).priceMinor),
  });

  function refuse(said: string | undefined): void {
    setComplaint(said);
    field.current?.focus();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (setting.isPending) return;
    if (priceMinor === null) refuse('must be a price, such as 450k or 85 lakh');
    else if (priceMinor === before) refuse('is the same as before');
    else setting.mutate(priceMinor);
  }

  const { error } = setting;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="animate-rise fixed inset-x-5 top-1/2 z-50 mx-auto max-w-md -translate-y-1/2 rounded-card border border-hairline bg-surface p-6 shadow-lift"
        >
          <Dialog.Title className="text-lg font-semibold text-balance">Change the price of “{title}”</Dialog.Title>
          <Dialog.Description className="mt-2 text-base text-muted">
            {before === null ? 'It has none yet.' : `It is ${formatPrice(before, currency)} now.`} Everybody sees the
            new price at once, and the old one in the history.
          </Dialog.Description>
          <FormContext value={{ fields: { price: complaint }, isPending: setting.isPending }}>
            <form noValidate onSubmit={submit} className="mt-4 flex flex-col gap-4">
              <FormField
                ref={field}
                name="price"
                label="New price"
                inputMode="text"
                autoComplete="off"
                value={text}
                onFocus={(event) => event.target.select()}
                onChange={(event) => {
                  setText(event.target.value);
                  setComplaint(undefined);
                }}
                hint={<PriceHint priceMinor={priceMinor} currency={currency} beforeMinor={before} />}
              />
              {error && !complaint && <FormFailure error={error} said={failureText(error)} />}
              <div className="mt-2 flex gap-3 *:flex-1 md:justify-end md:*:flex-none">
                <Dialog.Close asChild>
                  <Button>Cancel</Button>
                </Dialog.Close>
                <SubmitButton pending="Setting it …">Set the price</SubmitButton>
              </div>
            </form>
          </FormContext>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
