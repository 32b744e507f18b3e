import { useQuery } from '@tanstack/react-query';
import type { Place } from '@viewora/contracts/property';
import type { Understanding } from '@viewora/contracts/understanding';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { listingQuery } from '../api/property-queries.ts';
import { FilterBar } from '../filters/filter-bar.tsx';
import { FilterButton } from '../filters/filter-button.tsx';
import { fromResults } from '../listing/trail.ts';
import { Spotlight } from '../map/spotlight.ts';
import { fitBbox, viewportBbox } from '../map/viewport.ts';
import { SearchBox } from '../places/search-box.tsx';
import { isAnsweredBy, searchOf } from '../question/question.ts';
import { ResultsPane } from '../results/results-pane.tsx';
import { AdvisorPanel, preloadListingPage } from '../routes.ts';
import { HeaderTools } from '../session/header-tools.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { useElementSize } from '../ui/use-element-size.ts';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { AskButton, AskLink, useAskKey } from './ask-button.tsx';
import { BottomSheet } from './bottom-sheet.tsx';
import { headingText } from './heading-text.ts';
import { peekPx } from './home-view.ts';
import { MapPane } from './map-pane.tsx';
import { MapPreview } from './map-preview.tsx';
import { PlaceLinks } from './place-links.tsx';
import { ResultsHeading } from './results-heading.tsx';
import { type MapView, newConversation } from './search-state.ts';
import { headingRowLook } from './sheet-look.ts';
import { SortSelect } from './sort-select.tsx';
import { SplitPanes } from './split-panes.tsx';
import { useHomeView } from './use-home-view.ts';
import { useResults } from './use-results.ts';
import { useSearchState } from './use-search-state.ts';

/** Most searches find something. */
const ResultsEmpty = lazy(() => import('../results/results-empty.tsx').then((m) => ({ default: m.ResultsEmpty })));
const QuestionNote = lazy(() => import('../question/question-note.tsx').then((m) => ({ default: m.QuestionNote })));

const unknownCurrency = 'INR';
const preloadAfterMs = 2_500;
const skipTargets = [
  { id: 'results', label: 'Skip to the homes' },
  { id: 'map', label: 'Skip to the map' },
];

/** The map and the homes on it: the first thing a visitor sees. */
export function SearchPage() {
  const [state, updates] = useSearchState();
  const navigate = useNavigate();
  const isWide = useMediaQuery(wideQuery);
  const [mapRef, size] = useElementSize();
  const [spotlight] = useState(() => new Spotlight());
  const [pickedPlace, setPickedPlace] = useState('');
  const [question, setQuestion] = useState<Understanding | null>(null);
  const answered = question && isAnsweredBy(question, state.filter) ? question : null;
  const covered = isWide ? 0 : peekPx;
  const home = useHomeView(size, state.view === null, covered, state.filter.place);
  const view = state.view ?? home.view;
  const results = useResults(state, view, size, covered);
  const picked = useQuery({ ...listingQuery(state.selected ?? ''), enabled: state.selected !== null });
  const currency = results.facets?.currency ?? state.filter.currency ?? unknownCurrency;
  const { total, placeName, homes } = results;
  const hasHomes = total !== null;
  const heading = headingText({ total, placeName, hasArea: state.area !== null });
  useEffect(() => {
    // Once the homes are here, the page of one comes too: on a phone no pointer announces the tap.
    if (!hasHomes) return;
    const timer = setTimeout(preloadListingPage, preloadAfterMs);
    return () => clearTimeout(timer);
  }, [hasHomes]);
  useEffect(() => {
    document.title = heading ? `${heading} – Viewora` : 'Viewora';
  }, [heading]);

  function showPlace({ name, bbox, location }: Place): void {
    const target: MapView | null = bbox && size ? fitBbox(bbox, size) : location && { ...location, zoom: 13 };
    setPickedPlace(target ? name : '');
    setQuestion(null);
    // A place without a location cannot be shown, but its homes can still be found by its name.
    if (target)
      updates.update({
        view: target,
        held: null,
        area: null,
        selected: null,
        filter: { ...state.filter, q: undefined, place: undefined },
      });
    else updates.refine({ place: name });
  }

  function answer(understanding: Understanding): void {
    setPickedPlace('');
    setQuestion(understanding);
    updates.update(searchOf(understanding, size));
  }

  function lookForWords(q: string | undefined): void {
    setPickedPlace('');
    // What the question had asked for goes with it.
    if (answered) updates.update({ filter: q === undefined ? {} : { q }, selected: null });
    else if (q !== state.filter.q) updates.refine({ q });
  }

  const open = useCallback(
    (id: string) => updates.update({ selected: id, ...(view && { view }) }, 'movement'),
    [updates, view],
  );

  const askButton = useRef<HTMLButtonElement>(null);
  const showAdvisor = (conversation: string) => updates.update({ advisor: conversation });

  const isAdvisorOpen = state.advisor !== null;
  const toggleAdvisor = () => (isAdvisorOpen ? closeAdvisor() : showAdvisor(newConversation));
  useAskKey(toggleAdvisor);

  function closeAdvisor(): void {
    updates.update({ advisor: null });
    askButton.current?.focus();
  }

  const searchBox = (
    <SearchBox
      value={answered?.text ?? state.filter.q ?? pickedPlace}
      onPlace={showPlace}
      onWords={lookForWords}
      onQuestion={answer}
      onListing={(id) => navigate(`/homes/${id}`)}
      {...(isWide && { placeholder: 'Place, words or a question' })}
    />
  );
  const sortSelect = (
    <SortSelect
      sort={state.sort}
      hasWords={state.filter.q !== undefined}
      onChange={(sort) => updates.update({ sort })}
    />
  );
  const headingRow = (
    <div className={headingRowLook}>
      <ResultsHeading
        total={total}
        placeName={placeName}
        hasArea={state.area !== null}
        hasFailed={homes.isError && !total}
      />
      <PlaceLinks place={state.filter.place} city={results.city} />
      {isWide && sortSelect}
    </div>
  );
  const note = answered && (
    <Suspense>
      <QuestionNote
        understanding={answered}
        onWords={() => lookForWords(answered.text)}
        onClose={() => setQuestion(null)}
      />
    </Suspense>
  );
  const list = (
    <ResultsPane
      results={results}
      selected={state.selected}
      spotlight={spotlight}
      onOpen={open}
      empty={
        view &&
        size && (
          <Suspense>
            <ResultsEmpty
              search={results.search}
              currency={currency}
              viewport={viewportBbox(view, size, covered)}
              onDrop={updates.refine}
              onDropArea={() => updates.update({ area: null })}
              onGoHome={() => updates.update({ view: null, held: null, area: null, filter: {}, selected: null })}
            />
          </Suspense>
        )
      }
    />
  );
  const pickedHome = state.selected !== null ? (picked.data ?? null) : null;
  const map = (
    <>
      <MapPane
        state={state}
        updates={updates}
        view={view}
        size={size}
        results={results}
        selected={pickedHome}
        spotlight={spotlight}
      />
      {isWide
        ? // Beside an open conversation there is room for one of the two.
          !(pickedHome && isAdvisorOpen) && (
            <AskButton button={askButton} isOpen={isAdvisorOpen} onToggle={toggleAdvisor} />
          )
        : !pickedHome && <AskLink />}
      {pickedHome && (
        <MapPreview
          listing={pickedHome}
          trail={fromResults}
          onClose={() => updates.update({ selected: null }, 'movement')}
        />
      )}
    </>
  );
  const panel = useMemo(
    () => ({ filter: state.filter, facets: results.facets, currency, onChange: updates.refine }),
    [state.filter, results.facets, currency, updates.refine],
  );

  if (!isWide && state.advisor !== null) return <Navigate to={advisorAddress(state.advisor)} replace />;
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <header className="relative flex flex-wrap items-center gap-x-2 gap-y-2.5 border-b border-hairline px-3 md:gap-x-3 py-2.5 md:px-5">
        <Wordmark />
        <div className="flex min-w-0 flex-1 md:max-w-md xl:max-w-72">{searchBox}</div>
        {isWide ? (
          <div className="order-last w-full xl:order-none xl:w-auto xl:flex-1">
            <FilterBar
              panel={panel}
              hasArea={state.area !== null}
              onClearArea={() => updates.update({ area: null })}
              onClearAll={() => updates.update({ filter: {}, area: null, selected: null })}
            />
          </div>
        ) : (
          <FilterButton
            search={results.search}
            currency={currency}
            onApply={(filter, sort) => updates.update({ filter, sort, selected: null })}
          />
        )}
        <HeaderTools />
      </header>
      {isWide ? (
        <div className="relative flex min-h-0 flex-1">
          <SplitPanes
            mapRef={mapRef}
            list={
              <div className="flex min-h-0 flex-1 flex-col pt-4">
                {headingRow}
                {note}
                {list}
              </div>
            }
            map={map}
          />
          {state.advisor !== null && (
            <Suspense>
              <AdvisorPanel
                open={state.advisor}
                spotlight={spotlight}
                selected={state.selected}
                onOpen={showAdvisor}
                onClose={closeAdvisor}
              />
            </Suspense>
          )}
        </div>
      ) : (
        <BottomSheet mapRef={mapRef} header={headingRow} map={map} news={answered}>
          {note}
          {list}
        </BottomSheet>
      )}
      <LiveRegion message={homes.isFetching ? '' : homes.isError ? 'The homes could not be loaded' : heading} />
    </>
  );
}

/** On a phone the advisor is a page. */
function advisorAddress(conversation: string): string {
  return conversation === newConversation ? '/advisor' : `/advisor/${conversation}`;
}
