import type { ComponentType, RefObject } from 'react';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';
import type { FilterPanelProps } from './filter-panel.ts';
import type { SectionKey } from './filter-sections.ts';
import { PricePanel } from './price-panel.tsx';
import { BathsPanel, BedsPanel } from './rooms-panels.tsx';
import { AreaPanel, ListedPanel, YearPanel } from './size-age-panels.tsx';
import { TypePanel } from './type-panel.tsx';

export const panels: Record<SectionKey, ComponentType<FilterPanelProps>> = {
  type: TypePanel,
  price: PricePanel,
  beds: BedsPanel,
  baths: BathsPanel,
  area: AreaPanel,
  year: YearPanel,
  listed: ListedPanel,
};

interface FilterPopoverProps {
  section: SectionKey;
  name: string;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  panel: FilterPanelProps;
}

export function FilterPopover({ section, name, anchor, onClose, panel }: FilterPopoverProps) {
  const Panel = panels[section];
  return (
    <AnchoredPanel anchor={anchor} label={name} onClose={onClose}>
      <Panel {...panel} />
    </AnchoredPanel>
  );
}
