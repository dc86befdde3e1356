/** The routes of pages that every area has: those for everybody, and those for who has a session. */
export function areaRoutes(base: string): { readonly open: readonly string[]; readonly own: readonly string[] } {
  const routes = (...list: string[]): string[] => list.map((route) => route.replace(' ', ` ${base}`));
  return {
    open: routes(
      ...['GET /sign-in', 'POST /sign-in', 'POST /sign-out', 'GET /forgotten-password', 'POST /forgotten-password'],
      ...['GET /new-password', 'POST /new-password'],
    ),
    own: routes(
      'GET ',
      'GET /sign-in/code',
      'POST /sign-in/code',
      'GET /mfa',
      'GET /mfa/:type',
      'POST /mfa/:type/activate',
      'POST /mfa/:type/verify',
      'GET /mfa/:type/deactivate',
      'POST /mfa/:type/deactivate',
      'POST /mfa/:type/send',
      'GET /sessions',
      'POST /sessions/end',
      'POST /sessions/end-others',
    ),
  };
}
