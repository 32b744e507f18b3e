import { memo } from 'react';
import { type DrawnFacts, drawingAlt, homePlan } from './home-plan.ts';
import { HouseDrawing } from './house-drawing.tsx';
import { FlatDrawing, PlotDrawing, ShopDrawing } from './other-drawings.tsx';
import { Cat, Fence, Sky, Trees } from './scenery.tsx';

const drawings = { house: HouseDrawing, flat: FlatDrawing, plot: PlotDrawing, commercial: ShopDrawing };

/** The picture of a home without photographs: 4:3, plainly drawn, the same each time. */
export const HomeDrawing = memo(function HomeDrawing({
  facts,
  className = '',
}: {
  facts: DrawnFacts;
  className?: string;
}) {
  const plan = homePlan(facts);
  const Subject = drawings[plan.type];
  return (
    <svg
      viewBox="0 0 400 300"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={drawingAlt(facts)}
      className={`drawing ${className}`}
    >
      <Sky plan={plan} />
      <Trees trees={plan.type === 'plot' ? plan.trees.slice(0, 1) : plan.trees} />
      <Subject plan={plan} />
      {plan.hasFence && plan.type === 'house' && <Fence from={8} to={plan.isFlipped ? 96 : 74} />}
      {plan.visitor === 'cat' && plan.type !== 'plot' && <Cat x={plan.isFlipped ? 62 : 318} />}
    </svg>
  );
});
