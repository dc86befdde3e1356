import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobsDone } from '#testing';
import { BackOfficePages } from './back-office-pages.js';

describe('The dashboard of the Back Office', () => {
  let pages: BackOfficePages;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
  });
  afterAll(() => pages.app.stop());

  /** The last row of a table: that of today. */
  const todayIn = (text: string, caption: string): string[] => {
    const [, table = ''] = new RegExp(`<caption>${caption}</caption>(.*?)</table>`, 's').exec(text) ?? [];
    const row = table.split('<tr>').at(-1) ?? '';
    return [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell]) => cell!);
  };

  it('shows administrators what became of codes, and how many accounts have a second factor', async () => {
    const { client } = await pages.protectedReader();
    const { text: first } = await client.get('/back-office?days=7');
    expect([first.includes('Figures are being counted'), first.includes('<svg')]).toEqual([true, false]);
    await jobsDone(pages.app.dataSource);
    const { text } = await client.get('/back-office?days=7');
    const at = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
    expect(text).toContain(`As of ${at.format(pages.app.clock.now())} UTC.`);
    const today = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(pages.app.clock.now());
    expect(todayIn(text, 'Codes')).toEqual([today, '1', '1', '0', '0']);
    expect(todayIn(text, 'Accounts with a second factor')).toEqual([today, '0%', '0 of 0', '100%', '1 of 1']);
    expect(text.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(2);
    const lines = [...text.matchAll(/<polyline [^>]*points="([^"]*)"/g)].map(([, points]) => points!.split(' '));
    expect(lines.map((points) => points.length)).toEqual([7, 7, 7, 7, 7, 7]);
    // today all users are protected: the line of users ends at the top right corner
    expect(lines[1]?.at(-1)).toBe('100.00,0.00');
  });

  it.each([
    ['7', 7],
    ['30', 30],
    ['90', 90],
    ['8', 30],
    ['x', 30],
  ])('shows as many days as were asked for: %s', async (days, expected) => {
    const { client } = await pages.reader('administrator');
    const { text } = await client.get(`/back-office?days=${days}`);
    expect(text.split('<tbody>')[1]?.split('</tbody>')[0]?.match(/<tr>/g)).toHaveLength(expected);
  });

  it.each(['back-office', 'warehouse'])('shows %s the own account alone', async (role) => {
    const { user, client } = await pages.reader(role);
    const { text } = await client.get('/back-office');
    expect([text.includes(user.username), text.includes('<svg'), text.includes('<table')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
