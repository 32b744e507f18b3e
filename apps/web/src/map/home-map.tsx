import { Component, lazy, type ReactNode, Suspense } from 'react';
import type { MapCanvasProps } from './map-canvas.tsx';

const LazyCanvas = lazy(() => import('./map-canvas.tsx').then(({ MapCanvas }) => ({ default: MapCanvas })));

/** The map, once its library is here. Where it cannot be drawn at all, the list still works, and the map says so. */
export function HomeMap(props: MapCanvasProps) {
  return (
    <MapFailure>
      <Suspense fallback={<div className="absolute inset-0 bg-[var(--map-land)]" />}>
        <LazyCanvas {...props} />
      </Suspense>
    </MapFailure>
  );
}

class MapFailure extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <p
        role="status"
        className="absolute inset-0 grid place-items-center bg-[var(--map-land)] p-6 text-center text-muted"
      >
        This browser cannot draw the map. The list has the same homes.
      </p>
    );
  }
}
