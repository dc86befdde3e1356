/** The texts of lists, of all areas. */
export const lists = {
  pages: 'Pages of the list',
  range: (from: number, to: number, total: number, hasMore: boolean) =>
    `${from} to ${to} of ${hasMore ? 'more than ' : ''}${total}`,
  none: 'Nothing was found.',
  previous: 'Previous',
  next: 'Next',
  search: 'Search',
  filter: 'Filter',
  reset: 'Show all',
  all: 'All',
  yes: 'Yes',
  no: 'No',
};
