import type { Page } from 'playwright-core';

export interface Typed {
  name: string;
  email: string;
  password: string;
  /** As the choice reads. */
  role: 'Buy' | 'Sell' | 'Work as a broker';
}

export async function fillSignIn(page: Page, { email, password }: Pick<Typed, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function fillSignUp(page: Page, { name, email, password, role }: Typed): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('radio', { name: role, exact: true }).check();
  await page.getByRole('button', { name: 'Create account' }).click();
}

export async function fillCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByLabel('Code').press('Enter');
}
