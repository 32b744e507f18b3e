// Loaded into a gateway before its own code: replies live for ten minutes there, so that only an event can end them sooner.
import { propertyApi } from '@viewora/contracts/property';

propertyApi.search.http.cacheSeconds = 600;
