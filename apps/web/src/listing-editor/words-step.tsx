import { FormField } from '../ui/form-field.tsx';
import { FormTextArea } from '../ui/form-text-area.tsx';
import type { StepProps } from './editor.tsx';

export function WordsStep({ form, listing, onChange }: StepProps) {
  return (
    <>
      <FormField
        name="title"
        label="Title"
        maxLength={200}
        placeholder={listing?.title}
        value={form.title}
        onChange={(event) => onChange({ title: event.target.value })}
        hint="Left empty, it is made of the facts."
      />
      <FormTextArea
        name="description"
        label="Description"
        maxLength={20_000}
        rows={6}
        placeholder={listing?.description}
        value={form.description}
        onChange={(event) => onChange({ description: event.target.value })}
        hint="What the facts do not say: the light, the street, what is new. Left empty, it is made of the facts."
      />
      <FormTextArea
        name="nearbyPlaces"
        label="Nearby"
        rows={3}
        value={form.nearbyPlaces}
        onChange={(event) => onChange({ nearbyPlaces: event.target.value })}
        hint="One a line, up to 20: schools, stations, shops."
      />
      <FormField
        name="sellingReason"
        label="Reason for selling"
        maxLength={500}
        value={form.sellingReason}
        onChange={(event) => onChange({ sellingReason: event.target.value })}
        hint="Everybody sees it. It may stay empty."
      />
    </>
  );
}
