import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import { analyticsApi } from '@viewora/contracts/analytics';
import { propertyApi } from '@viewora/contracts/property';
import type { AnyService, EventDefinition, HttpRoute, Operation } from '@viewora/contracts/service';

/** The services whose operations have a door here. */
export const services: readonly AnyService[] = [propertyApi, accountsApi, analyticsApi, advisorApi];

/** The apps behind the door, and the service each of them is. */
export const servedBy: Record<string, string> = {
  'property-api': propertyApi.serviceName,
  'accounts-api': accountsApi.serviceName,
  'analytics-ingestor': analyticsApi.serviceName,
  'ai-advisor': advisorApi.serviceName,
};

/** All operations with an HTTP route. */
export const publicOperations = services
  .flatMap(({ operations }) => Object.values(operations))
  .filter((operation): operation is Operation & { http: HttpRoute } => isRouted(operation));

function isRouted(operation: Operation | EventDefinition): boolean {
  return operation.kind !== 'event' && operation.http !== undefined && operation.access !== 'internal';
}
