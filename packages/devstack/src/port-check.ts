import { portHolder } from './port-holder.ts';
import { isPortFree } from './ports.ts';
import { type Ports, portVariables } from './settings.ts';
import { UserError } from './user-error.ts';

const purposes: Record<keyof Ports, string> = {
  web: 'the web app',
  gateway: 'the API gateway',
  propertyApi: "property-api's health and metrics",
  scheduler: "scheduler's health and metrics",
  accountsApi: "accounts-api's health and metrics",
  analyticsIngestor: "analytics-ingestor's health and metrics",
  aiAdvisor: "ai-advisor's health and metrics",
  postgres: 'the embedded Postgres',
  redis: 'the embedded Redis',
  dynamodb: 'the embedded DynamoDB',
  s3: 'the embedded S3',
  mailSmtp: "the embedded mail inbox's SMTP",
  mail: "the embedded mail inbox's page",
};

/**
 * Checks the ports before anything is started, all at once.
 * @throws UserError that names every port taken, who holds it, and the variable that moves it.
 */
export async function checkPorts(ports: Ports, needed: (keyof Ports)[]): Promise<void> {
  const problems: string[] = [];
  for (const name of needed) {
    const port = ports[name];
    const twin = needed.find((other) => other !== name && ports[other] === port);
    if (twin !== undefined) problems.push(`Port ${port} is wanted by ${purposes[name]} and by ${purposes[twin]}.`);
    else if (!(await isPortFree(port))) problems.push(await describe(name, port));
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

async function describe(name: keyof Ports, port: number): Promise<string> {
  const holder = (await portHolder(port)) ?? 'another program';
  const { variable } = portVariables[name];
  return `Port ${port}, for ${purposes[name]}, is taken by ${holder}. Stop that, or choose another port: ${variable}=${port + 10} npm start`;
}
