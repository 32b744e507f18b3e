import type { Map as MapLibre } from 'maplibre-gl';
import { type Box, overlap } from './label-layout.ts';
import type { Pin, PinnedHome } from './pins.ts';

export interface PinEvents {
  onPick: (id: string) => void;
  onHover: (home: PinnedHome | null) => void;
}

interface Standing {
  element: HTMLButtonElement;
  pin: Pin;
  x: number;
  y: number;
}

/**
 * Prices and clusters as buttons over the map. Plain elements, not React's: they move with every frame of a pan.
 * One stop in the tab order; the arrow keys go from pin to pin as they lie.
 */
export class PinLayer {
  private readonly root = document.createElement('div');
  private readonly standing = new Map<string, Standing>();
  private readonly place = () => this.placeAll();
  private readonly thin = () => this.thinOut();
  private readonly map: MapLibre;
  private readonly events: PinEvents;

  constructor(map: MapLibre, events: PinEvents) {
    this.map = map;
    this.events = events;
    this.root.className = 'pointer-events-none absolute inset-0 overflow-hidden';
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Homes on the map: arrow keys move between them');
    this.root.addEventListener('keydown', (event) => this.onKey(event));
    map.getCanvasContainer().append(this.root);
    map.on('move', this.place);
    map.on('resize', this.place);
    map.on('moveend', this.thin);
  }

  show(pins: readonly Pin[]): void {
    const wanted = new Map(pins.map((pin) => [pin.key, pin]));
    for (const [key, { element }] of this.standing) {
      if (wanted.has(key)) continue;
      element.remove();
      this.standing.delete(key);
    }
    for (const pin of pins) {
      const before = this.standing.get(pin.key);
      const element = before?.element ?? this.build(pin.key);
      dress(element, pin);
      this.standing.set(pin.key, { element, pin, x: before?.x ?? 0, y: before?.y ?? 0 });
    }
    this.placeAll();
    this.thinOut();
    this.keepOneTabStop();
  }

  /** What labels must not cover. */
  boxes(): Box[] {
    return [...this.standing.values()].map(boxOf);
  }

  remove(): void {
    this.map.off('move', this.place);
    this.map.off('resize', this.place);
    this.map.off('moveend', this.thin);
    this.root.remove();
  }

  private build(key: string): HTMLButtonElement {
    const element = document.createElement('button');
    element.type = 'button';
    element.tabIndex = -1;
    element.addEventListener('click', () => this.onClick(key));
    element.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && this.hover(key));
    element.addEventListener('pointerleave', () => this.events.onHover(null));
    element.addEventListener('focus', () => this.hover(key));
    element.addEventListener('blur', () => this.events.onHover(null));
    this.root.append(element);
    return element;
  }

  private hover(key: string): void {
    const pin = this.standing.get(key)?.pin;
    if (pin?.kind === 'listing') this.events.onHover(pin.home);
  }

  private onClick(key: string): void {
    const pin = this.standing.get(key)?.pin;
    if (!pin) return;
    if (pin.kind === 'listing') this.events.onPick(pin.home.id);
    else this.map.easeTo({ center: [pin.lon, pin.lat], zoom: Math.min(18, this.map.getZoom() + 2), duration: 200 });
  }

  private placeAll(): void {
    for (const standing of this.standing.values()) {
      const { x, y } = this.map.project([standing.pin.lon, standing.pin.lat]);
      standing.x = x;
      standing.y = y;
      standing.element.style.translate = `calc(${x.toFixed(1)}px - 50%) calc(${y.toFixed(1)}px - 50%)`;
    }
  }

  /** Prices that would cover a more important one become dots. */
  private thinOut(): void {
    const taken: Box[] = [];
    for (const standing of [...this.standing.values()].sort((a, b) => importance(b.pin) - importance(a.pin))) {
      const box = boxOf(standing);
      const isCovered = taken.some((other) => overlap(box, other));
      const isMini = isCovered && importance(standing.pin) === 0;
      standing.element.dataset.mini = String(isMini);
      standing.element.style.zIndex = String(isMini ? 0 : importance(standing.pin) + 1);
      if (!isCovered) taken.push(box);
    }
  }

  private keepOneTabStop(): void {
    const all = [...this.standing.values()];
    if (all.some(({ element }) => element.tabIndex === 0)) return;
    const first = all.sort((a, b) => a.y - b.y || a.x - b.x)[0];
    if (first) first.element.tabIndex = 0;
  }

  private onKey(event: KeyboardEvent): void {
    const direction = directions[event.key];
    const from = [...this.standing.values()].find(({ element }) => element === document.activeElement);
    if (!direction || !from) return;
    // The map would pan on the same keys.
    event.preventDefault();
    event.stopPropagation();
    const next = nearestTowards(from, [...this.standing.values()], direction);
    if (!next) return;
    from.element.tabIndex = -1;
    next.element.tabIndex = 0;
    next.element.focus();
  }
}

function importance(pin: Pin): number {
  if (pin.kind === 'cluster') return 1;
  if (pin.isLifted) return 3;
  return pin.isSelected ? 2 : 0;
}

function boxOf({ pin, x, y }: Standing): Box {
  const half = pin.kind === 'cluster' ? 11 + pin.size * 4 : pin.text.length * 3.6 + 9;
  const height = pin.kind === 'cluster' ? half : 13;
  return { left: x - half, right: x + half, top: y - height, bottom: y + height };
}

const directions: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The closest pin ahead; what lies to the side counts as further away. */
function nearestTowards(
  from: Standing,
  all: readonly Standing[],
  direction: { x: number; y: number },
): Standing | null {
  let best: Standing | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const to of all) {
    const ahead = (to.x - from.x) * direction.x + (to.y - from.y) * direction.y;
    const aside = Math.abs((to.x - from.x) * direction.y) + Math.abs((to.y - from.y) * direction.x);
    const distance = ahead + 2 * aside;
    if (to === from || ahead <= 1 || distance >= least) continue;
    least = distance;
    best = to;
  }
  return best;
}

function dress(element: HTMLButtonElement, pin: Pin): void {
  element.className = `${pin.kind === 'cluster' ? 'cluster' : 'pin'} pointer-events-auto absolute top-0 left-0`;
  if (element.textContent !== pin.text) element.textContent = pin.text;
  element.setAttribute('aria-label', pin.label);
  element.dataset.kind = pin.kind;
  if (pin.kind === 'cluster') {
    element.dataset.size = String(pin.size);
    return;
  }
  element.dataset.id = pin.home.id;
  element.dataset.selected = String(pin.isSelected);
  element.dataset.lifted = String(pin.isLifted);
  element.setAttribute('aria-pressed', String(pin.isSelected));
}
