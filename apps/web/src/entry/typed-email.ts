let typed = '';

/** The address that was typed last, so that nobody types it again on the next of these pages. It goes with the tab's page. */
export const typedEmail = {
  get: () => typed,
  set: (email: string) => {
    typed = email;
  },
};
