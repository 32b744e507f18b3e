const list = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/**
 * The words that a model may use of itself, folded: they state, and join what tokens stand for. Every other word must be a seller's,
 * a place's name, or part of a comparison that is proven, so that nobody has to foresee what can be invented. What speaks of
 * several homes at once ("both", "they", "the same") is not among them: whose a figure is could not be told.
 */
export const plainWords = list(
  'a an the and or but so as at by for from here how in into is it its of on one so than that there this to what when where whereas',
  'which while who whose why with yet i me my you your yours we s about almost around exactly just nearly roughly',
  'after again also although among another before between even first here last moreover next now other second then third though',
  'are be can comes come does do gives give goes had has have having lies lie made makes make means mean seems seem shows show stands',
  'stand starts start was were would ask asks asked asking cost costs price priced prices figure figures sum offers offer sale',
  'area areas bath baths bathroom bathrooms bed beds bedroom bedrooms home homes listing listings market place places property properties',
  'alternative answer budget choice comparable comparables confidence count estimate fit fits fitting found limit list match matches',
  'matching median meet meets middle option options question range result results search searched total typical upper lower value wish',
  'wishes within',
);

/** Words that may stand in a sentence beside a figure, by the last part of its token. */
export const wordsOfFigures: Readonly<Record<string, ReadonlySet<string>>> = {
  year: list('built from of'),
  renovated: list('renovated last'),
  parking: list('parking park room cars'),
  furnishing: list('furnished furnishing'),
  facing: list('faces facing face'),
  nearby: list('nearby near close'),
  listed: list('listed on market since'),
  views: list('viewed views looked week'),
  sold: list('sold sell'),
};
