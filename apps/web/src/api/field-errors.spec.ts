import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { fieldErrors, issueErrors } from './field-errors.ts';

const complaints = (values: object) => {
  const parsed = accountsApi.register.input.safeParse(values);
  return parsed.success ? {} : issueErrors(parsed.error);
};

test('an empty form says of each field what is missing', () => {
  expect(complaints({ email: '', password: '', name: ' ' })).toEqual({
    email: 'must look like name@example.com',
    password: 'must have at least 10 characters',
    name: 'is missing',
    role: 'is missing',
  });
});

test('the contract’s own words are passed on', () => {
  const values = { email: 'a@b.test', password: 'long enough \0', name: 'Asha\u0007', role: 'buyer' };
  expect(complaints(values)).toEqual({
    password: 'must not contain a NUL character',
    name: 'must not contain control characters',
  });
});

test('of several complaints about one field the first is shown', () => {
  const errors = [
    { path: 'password', message: 'is too easy to guess' },
    { path: 'password', message: 'second' },
    { path: 'name', message: 'is required' },
  ];
  expect(fieldErrors(new AppError('invalid_input', '', { errors }))).toEqual({
    password: 'is too easy to guess',
    name: 'is required',
  });
});

test('what is no refusal of fields has none', () => {
  expect(fieldErrors(new AppError('unavailable', ''))).toEqual({});
  expect(fieldErrors(new TypeError())).toEqual({});
});
